"""The least a program can do to measure the faces of a clip: decode a frame, find the face, go on.

Arguments: FILE MODEL. Prints one JSON object: frames, seconds (imports and loading not counted), resident_mb.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ["https_proxy"] = "http://127.0.0.1:9"  # MediaPipe's usage metrics stay on this computer

import cv2
import mediapipe
from mediapipe.tasks import python
from mediapipe.tasks.python import vision


def resident_mb() -> float:
    """Memory this process holds, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


options = vision.FaceLandmarkerOptions(
    base_options=python.BaseOptions(model_asset_path=sys.argv[2]),
    running_mode=vision.RunningMode.VIDEO,
    output_face_blendshapes=True,
    output_facial_transformation_matrixes=True,
)
with vision.FaceLandmarker.create_from_options(options) as landmarker:
    reader = cv2.VideoCapture(sys.argv[1])
    frames, begun = 0, time.perf_counter()
    while True:
        found, bgr = reader.read()
        if not found:
            break
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        landmarker.detect_for_video(image, frames * 33)
        frames += 1
    seconds = time.perf_counter() - begun
    print(json.dumps({"frames": frames, "seconds": seconds, "resident_mb": resident_mb()}))
