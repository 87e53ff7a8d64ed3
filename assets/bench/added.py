"""What Attune adds to a bare landmarker: both on the same frames in turns, and the reading of the track.

Arguments: FILE MODEL FRAMES. Prints one JSON object with ms a frame: bare_ms, added_ms (median of the
differences; a frame that another program disturbs counts like any other), read_ms (the whole track, shared
out over its frames). Two neighbours count together, since only every second face is looked at for its
appearance.
"""

import json
import os
import statistics
import sys
import time
from itertools import islice, pairwise
from pathlib import Path

os.environ["https_proxy"] = "http://127.0.0.1:1"  # MediaPipe's usage metrics stay on this computer

import mediapipe
from mediapipe.tasks import python
from mediapipe.tasks.python import vision

from attune.app.measured import interpret
from attune.media.open import open_media
from attune.perception.expression import load_expression_model
from attune.perception.track import TrackBuilder
from attune.perception.tracker import FaceTracker

file, model, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
options = vision.FaceLandmarkerOptions(
    base_options=python.BaseOptions(model_asset_path=str(model)),
    running_mode=vision.RunningMode.VIDEO,
    output_face_blendshapes=True,
    output_facial_transformation_matrixes=True,
)
bare_s, ours_s, track = [], [], TrackBuilder()
with (
    vision.FaceLandmarker.create_from_options(options) as landmarker,
    FaceTracker(model) as tracker,
    open_media(file) as source,
):
    info = source.info
    for frame in islice(source.frames(), count):
        begun = time.perf_counter()
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=frame.rgb)
        landmarker.detect_for_video(image, frame.time_ns // 1_000_000)
        between = time.perf_counter()
        track.add(frame.time_ns, tracker.measure(frame.rgb, frame.time_ns))
        bare_s.append(between - begun)
        ours_s.append(time.perf_counter() - between)
expressions = load_expression_model()
begun = time.perf_counter()
interpret(info, track.finish(width=info.width, height=info.height), expressions, estimated=False)
read_s = time.perf_counter() - begun
differences = [ours - bare for ours, bare in zip(ours_s, bare_s, strict=True)]
added_s = statistics.median((one + next_one) / 2 for one, next_one in pairwise(differences))
found = {
    "bare_ms": 1000 * statistics.median(bare_s),
    "added_ms": 1000 * added_s,
    "read_ms": 1000 * read_s / len(bare_s),
}
print(json.dumps(found))
