"""The key light's shadow of what moves: skin and cloth, from the light's own view."""

from __future__ import annotations

import moderngl

from attune.people.camera import MIDDLE, RADIUS, look_along
from attune.people.lighting import KEY
from attune.people.scene import SurfaceMesh

PIXELS = 768


class ShadowMap:
    """Depths as the key light sees them, compared when looked up."""

    def __init__(self, context: moderngl.Context) -> None:
        self.matrix = look_along(KEY, MIDDLE, RADIUS)
        self._context = context
        self._depths = context.depth_texture((PIXELS, PIXELS))
        self._depths.compare_func = "<="
        self._depths.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._depths.repeat_x = self._depths.repeat_y = False
        self._target = context.framebuffer(depth_attachment=self._depths)

    def draw(self, meshes: list[SurfaceMesh]) -> None:
        """Take the depths anew; the program for depths must have the matrix."""
        self._target.use()
        self._target.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        for mesh in meshes:
            mesh.draw_depth()

    def use(self, unit: int) -> None:
        """Give it to the shaders."""
        self._depths.use(unit)

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        self._target.release()
        self._depths.release()
