"""A drawn person on one core in software: every frame beside the bare head, plainly lit, in turns.

Arguments: SIDE FRAMES. Prints one JSON object: data_ms to load the meshes, build_ms (median over the people)
until one can be drawn, frame_ms to pose, draw and read a picture of SIDE by SIDE pixels (the whole cast in
turns), of which pose_ms to pose, and bare_ms for the skin's triangles alone, lit by one light, and read.
"""

import os

# One core in all, and no graphics card: read when the driver starts.
os.environ.update(
    LP_NUM_THREADS="1", LIBGL_ALWAYS_SOFTWARE="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"
)
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import json
import statistics
import sys
import time
from contextlib import ExitStack, closing

import moderngl
import numpy as np

from attune.people.camera import FRONT, place
from attune.people.context import off_screen_context
from attune.people.figure import Figure
from attune.people.head import load_head
from attune.people.parts import Face
from attune.people.person import load_cast
from attune.people.renderer import AT_REST, Renderer
from attune.people.scene import triangles
from attune.people.shapes import shape_weights

PLAIN_VERTEX = """#version 330
in vec3 position;
in vec3 normal;
uniform mat4 camera;
out vec3 n;
void main() {
    gl_Position = camera * vec4(position, 1.);
    n = normal;
}"""
PLAIN_FRAGMENT = """#version 330
in vec3 n;
out vec4 pixel;
void main() {
    pixel = vec4(vec3(max(dot(normalize(n), vec3(-.53, .36, .77)), 0.)), 1.);
}"""


class BareHead:
    """The triangles of somebody's skin, moved, lit and read like ours, and nothing else."""

    def __init__(self, context: moderngl.Context, figure: Figure, side: int) -> None:
        points = figure.pose(AT_REST).positions["skin"]
        program = context.program(PLAIN_VERTEX, PLAIN_FRAGMENT)
        matrix = program["camera"]
        matrix.write(place(FRONT, (side, side)).matrix.T.tobytes())
        self._context = context
        self._buffers = [context.buffer(reserve=points.nbytes) for _ in range(2)]
        corners = context.buffer(triangles(figure.surfaces["skin"].quads))
        names = ("position", "normal")
        content = [(buffer, "3f", name) for buffer, name in zip(self._buffers, names, strict=True)]
        self._mesh = context.vertex_array(program, content, corners)
        self._target = context.simple_framebuffer((side, side))

    def draw(self, points: np.ndarray, normals: np.ndarray) -> None:
        """Draw and read one picture."""
        for buffer, values in zip(self._buffers, (points, normals), strict=True):
            buffer.write(np.ascontiguousarray(values, np.float32))
        self._target.use()
        self._target.clear()
        self._context.enable_only(moderngl.DEPTH_TEST)
        self._mesh.render()
        self._target.read()


def doing(share: float) -> Face:
    """A face on its way into surprise, the head turning a little."""
    shapes = shape_weights({"jawOpen": 0.6 * share, "browInnerUp": share, "eyeWideLeft": share})
    return Face(shapes=shapes, gaze=AT_REST.gaze, head=np.float32([0.1 * share, 0, 0]), shift=AT_REST.shift)


side, frames = int(sys.argv[1]), int(sys.argv[2])
begun = time.perf_counter()
head = load_head()
data_s = time.perf_counter() - begun
build_s, pose_s, frame_s, bare_s = [], [], [], []
with ExitStack() as stack:
    context = off_screen_context()
    stack.callback(context.release)
    renderer = stack.enter_context(closing(Renderer(context, size=(side, side))))
    for person in load_cast():
        begun = time.perf_counter()
        figure = Figure(head, person, level=1)
        renderer.load(figure)
        build_s.append(time.perf_counter() - begun)
        bare = BareHead(context, figure, side)
        renderer.draw(figure.pose(AT_REST))  # which hair is seen is found out with the first picture
        for number in range(frames):
            begun = time.perf_counter()
            posed = figure.pose(doing(number / frames))
            pose_s.append(time.perf_counter() - begun)
            renderer.draw(posed)
            renderer.pixels()
            between = time.perf_counter()
            bare.draw(posed.positions["skin"], posed.normals["skin"])
            frame_s.append(between - begun)
            bare_s.append(time.perf_counter() - between)
middle = {"build": build_s, "pose": pose_s, "frame": frame_s, "bare": bare_s}
found = {f"{name}_ms": 1000 * statistics.median(taken) for name, taken in middle.items()}
ratio = statistics.median(ours / plain for ours, plain in zip(frame_s, bare_s, strict=True))
print(json.dumps({**found, "data_ms": 1000 * data_s, "ratio": ratio}))
