"""The programs that draw a person, and the studio around them."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import ArrayLike

from attune.people.camera import Camera
from attune.people.grain import grain_texture
from attune.people.lighting import Backdrop
from attune.people.parts import Floats, Material, StrandKind
from attune.people.shaders import program
from attune.people.shadow import ShadowMap
from attune.people.target import FACTS

SHADOW_UNIT, GRAIN_UNIT, FACTS_UNIT = 0, 1, 2

HEAD_MIDDLE = np.array([0.0, 7.45, 0.45, 1.0], np.float32)
# Skin is shaded in one go, the others as they are drawn.
_DRAWN = [material for material in Material if material is not Material.SKIN]
_ROOTED = {StrandKind.HAIR: 0.04, StrandKind.BROW: 0.5, StrandKind.LASH: 0.0, StrandKind.BEARD: 0.3}
_SHINE = {StrandKind.HAIR: 1.0, StrandKind.BROW: 0.25, StrandKind.LASH: 0.15, StrandKind.BEARD: 0.4}


class Stage:
    """Everything that is there before a person comes in."""

    def __init__(self, context: moderngl.Context, backdrop: Backdrop, *, fine: bool) -> None:
        self.surfaces: dict[Material, moderngl.Program] = {
            material: program(context, "surface", material.value) for material in _DRAWN
        }
        self.surfaces[Material.SKIN] = program(context, "surface", "skin_facts")
        self.strand = program(context, "strand", "strand")
        self.depth = program(context, "depth", "depth")
        self.strand_depth = program(context, "strand_depth", "depth")
        self.strand_number = program(context, "strand_depth", "strand_number")
        self.shadow = ShadowMap(context)
        self._skin = program(context, "sheet", "skin")
        self._finish = program(context, "sheet", "shrink" if fine else "smooth")
        self._grain = grain_texture(context)
        self._corners = context.buffer(np.array([-1, -1, 1, -1, -1, 1, 1, 1], np.float32))
        self._sheets = {
            sheet: context.vertex_array(sheet, [(self._corners, "2f", "corner")], skip_errors=True)
            for sheet in (self._skin, self._finish)
        }
        self._shaded = [*self.surfaces.values(), self.strand, self._skin]
        for shaded in self._shaded:
            put(shaded, "light_matrix", self.shadow.matrix)
            put_unit(shaded, "shadow_map", SHADOW_UNIT)
            put_unit(shaded, "grain", GRAIN_UNIT)
        for unit, name in enumerate((*FACTS, "depth"), FACTS_UNIT):
            put_unit(self._skin, name, unit)
        put_unit(self._finish, "picture", FACTS_UNIT)
        for name, colour in zip(("near", "far"), backdrop.value, strict=True):
            put(self._skin, name, colour)

    def look(self, camera: Camera) -> None:
        """Look through a camera from now on."""
        for shaded in self._shaded:
            put(shaded, "camera", camera.matrix)
            put(shaded, "eye", camera.eye)
        put(self._skin, "camera_back", np.linalg.inv(camera.matrix))
        put(self.strand, "pixel_size", camera.pixel)

    def meet(self, *, head: Floats, lids: Floats, mouth: Floats) -> None:
        """Take where a person's head (4, 4), lids (2, 4) and mouth (3,) are in this frame."""
        for material in (Material.EYE, Material.CORNEA):
            put(self.surfaces[material], "lids", lids)
            put(self.surfaces[material], "upright", head[:2, 1])
        put(self.surfaces[Material.MOUTH], "mouth", mouth)
        put(self.strand, "middle", (head @ HEAD_MIDDLE)[:3])

    def comb(self, kind: StrandKind, model: Floats) -> None:
        """Get ready for hairs of a kind, which model (4, 4) moves."""
        put(self.strand, "model", model)
        put(self.strand, "shine", _SHINE[kind])
        put(self.strand, "rooted", _ROOTED[kind])

    def light(self) -> None:
        """Hand the shaders what they look up."""
        self.shadow.use(SHADOW_UNIT)
        self._grain.use(GRAIN_UNIT)

    def shade_skin(self) -> None:
        """Turn the collected facts into skin, and what is empty into the backdrop."""
        self._sheets[self._skin].render(moderngl.TRIANGLE_STRIP)

    def finish(self) -> None:
        """Soften the stairs along edges."""
        self._sheets[self._finish].render(moderngl.TRIANGLE_STRIP)

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        for sheet in self._sheets.values():
            sheet.release()
        self._corners.release()
        self._grain.release()
        self.shadow.release()
        for each in (*self._shaded, self.depth, self.strand_depth, self.strand_number, self._finish):
            each.release()


def put(shader: moderngl.Program, name: str, value: ArrayLike) -> None:
    """Set a uniform number, vector, array of vectors or (4, 4) matrix, if the compiler left it there."""
    member = shader.get(name, None)
    if isinstance(member, moderngl.Uniform):
        numbers = np.asarray(value, np.float32)
        # OpenGL takes a matrix column by column.
        member.write((numbers.T if numbers.shape == (4, 4) else numbers).tobytes())


def put_unit(shader: moderngl.Program, name: str, unit: int) -> None:
    """Say where a shader finds a texture, if the compiler left it there."""
    member = shader.get(name, None)
    if isinstance(member, moderngl.Uniform):
        member.value = unit
