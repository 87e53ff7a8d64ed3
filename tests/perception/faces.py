"""Faces made of numbers, where a real one is not the point."""

from dataclasses import replace

import numpy as np

from attune.perception.track import BLENDSHAPES, MEASURED, FaceMeasurement, FaceTrack


def track_of(found: list[FaceMeasurement | None], *, step_ns: int = 40_000_000) -> FaceTrack:
    """A track with exactly these rows, no debouncing."""
    count = len(found)
    arrays = {name: np.full((count, *shape), np.nan, dtype=np.float32) for name, shape in MEASURED.items()}
    for index, one in enumerate(found):
        if one is not None:
            for name, array in arrays.items():
                array[index] = getattr(one, name)
    return FaceTrack(np.arange(count) * step_ns, **arrays, width=512, height=512)


def changed(face: FaceMeasurement, **channels: float) -> FaceMeasurement:
    """The same face with some blendshapes set."""
    shapes = face.blendshapes.copy()
    for name, value in channels.items():
        shapes[BLENDSHAPES.index(name)] = value
    return replace(face, blendshapes=shapes)


def some_face(seed: int = 0) -> FaceMeasurement:
    """Numbers in the right ranges that are nobody's face."""
    chance = np.random.default_rng(seed)
    return FaceMeasurement(
        chance.random(52).astype(np.float32),
        chance.normal(0.5, 0.2, (478, 3)).astype(np.float32),
        np.eye(4, dtype=np.float32),
        chance.normal(size=MEASURED["appearance"]).astype(np.float16).astype(np.float32),
        chance.random(2).astype(np.float16).astype(np.float32),
    )


def turned(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> np.ndarray:
    """(4, 4) of a head leant by roll, then raised by pitch, then turned by yaw, in degrees."""
    y, p, r = np.radians([yaw, -pitch, roll])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3] = 1.3 * about_y @ about_x @ about_z  # MediaPipe's has a scale too
    return matrix
