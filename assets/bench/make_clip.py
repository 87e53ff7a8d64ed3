"""Write a 1280 by 720 clip at 30 frames a second out of others: arguments TARGET SECONDS CLIP…."""

import sys
from pathlib import Path

import cv2
import numpy as np

WIDTH, HEIGHT, RATE = 1280, 720, 30

target, seconds, clips = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (WIDTH, HEIGHT))
if not writer.isOpened():
    sys.exit(f"cannot write {target}")
written, wanted = 0, seconds * RATE
while written < wanted:
    for clip in clips:
        reader = cv2.VideoCapture(clip)
        while written < wanted:
            found, picture = reader.read()
            if not found:
                break
            canvas = np.full((HEIGHT, WIDTH, 3), 96, np.uint8)
            begin = (WIDTH - HEIGHT) // 2
            canvas[:, begin : begin + HEIGHT] = cv2.resize(picture, (HEIGHT, HEIGHT))
            writer.write(canvas)
            written += 1
        reader.release()
writer.release()
