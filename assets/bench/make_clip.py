"""Write a 1280 by 720 clip at 30 frames a second out of others: arguments TARGET SECONDS PEOPLE CLIP….

With two PEOPLE those of one half of the clips sit beside those of the other.
"""

import sys
from pathlib import Path

import cv2
import numpy as np

WIDTH, HEIGHT, RATE = 1280, 720, 30

target, seconds, people, clips = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (WIDTH, HEIGHT))
if not writer.isOpened():
    sys.exit(f"cannot write {target}")
written, wanted = 0, seconds * RATE
share = len(clips) // people
side = min(HEIGHT, WIDTH // people)
while written < wanted:
    for together in zip(*(clips[part * share : (part + 1) * share] for part in range(people)), strict=True):
        readers = [cv2.VideoCapture(clip) for clip in together]
        while written < wanted:
            read = [reader.read() for reader in readers]
            if not all(found for found, _picture in read):
                break
            canvas = np.full((HEIGHT, WIDTH, 3), 96, np.uint8)
            for place, (_found, picture) in enumerate(read):
                begin = (WIDTH - people * side) // 2 + place * side
                canvas[HEIGHT - side :, begin : begin + side] = cv2.resize(picture, (side, side))
            writer.write(canvas)
            written += 1
        for reader in readers:
            reader.release()
writer.release()
