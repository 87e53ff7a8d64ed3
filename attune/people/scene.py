"""A person's meshes and hairs as OpenGL keeps them: what stands still is sent once, the rest every frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import moderngl
import numpy as np

from attune.people.parts import Floats, Ints, Material, Posed, StrandKind, Strands, Surface

MOST_FOR_DEPTH = 20_000  # points of hairs

# What a strand has of its width where it comes out of the skin, and keeps at its end.
ROOT, TIP = 0.45, 0.25


class SurfaceMesh:
    """One surface, drawn shaded or into a depth map."""

    def __init__(
        self,
        context: moderngl.Context,
        surface: Surface,
        *,
        shaded: moderngl.Program,
        depth: moderngl.Program,
    ) -> None:
        self.surface = surface
        count = len(surface.albedo)
        self._positions = context.buffer(reserve=count * 12, dynamic=True)
        self._normals = context.buffer(reserve=count * 12, dynamic=True)
        self._light = context.buffer(reserve=count * 8)
        self._finish = context.buffer(reserve=count * 12)
        look = np.concatenate([surface.albedo, surface.rest], axis=1, dtype=np.float32)
        self._look = context.buffer(np.ascontiguousarray(look))
        self._corners = context.buffer(triangles(surface.quads))
        self._shaded = context.vertex_array(
            shaded,
            [
                (self._positions, "3f", "position"),
                (self._normals, "3f", "normal"),
                (self._look, "3f 3f", "albedo", "rest"),
                (self._finish, "3f", "finish"),
                (self._light, "2f", "light"),
            ],
            self._corners,
            skip_errors=True,
        )
        self._depth = context.vertex_array(depth, [(self._positions, "3f", "position")], self._corners)
        everywhere = np.ones(count, np.float32)
        self.light(everywhere, everywhere)
        self.shine(0 * everywhere)

    def move(self, positions: Floats, normals: Floats) -> None:
        """Where its points (n, 3) are now, and the unit normals there."""
        self._positions.write(np.ascontiguousarray(positions, np.float32))
        self._normals.write(np.ascontiguousarray(normals, np.float32))

    def light(self, room: Floats, key: Floats) -> None:
        """Shares (n,) in [0, 1] of the room's light and of the key light that reach its points."""
        self._light.write(np.stack([room * self.surface.occlusion, key], axis=1, dtype=np.float32))

    def shine(self, thinness: Floats) -> None:
        """How much (n,) in [0, 1] light from behind comes through."""
        surface = self.surface
        self._finish.write(np.stack([surface.rough, surface.gloss, thinness], axis=1, dtype=np.float32))

    def draw(self) -> None:
        """Draw it with its material."""
        self._shaded.render()

    def draw_depth(self) -> None:
        """Draw its distance only."""
        self._depth.render()

    def release(self) -> None:
        """Give back what OpenGL keeps of it."""
        for part in (self._shaded, self._depth, self._positions, self._normals, self._light):
            part.release()
        for buffer in (self._look, self._finish, self._corners):
            buffer.release()


class Ribbons:
    """Hairs of one kind as ribbons that face the camera."""

    def __init__(
        self,
        context: moderngl.Context,
        strands: Strands,
        *,
        shaded: moderngl.Program,
        depth: moderngl.Program,
        number: moderngl.Program,
    ) -> None:
        count, points, _ = strands.points.shape
        self.strands = strands
        self._context = context
        self._program = shaded
        self._path = np.empty((count, points, 2, 6), np.float32)
        self._moving = context.buffer(reserve=self._path.nbytes, dynamic=True)
        self._fixed = context.buffer(_fixed(strands))
        self._light = context.buffer(np.ones((count * points * 2, 2), np.float32))
        self._corners = context.buffer(self._segments(*_parts(count, points)))
        # Depths are taken often, and few hairs that are wide hide as much as many that are thin.
        self.thinned = 1 + count * points // MOST_FOR_DEPTH
        few, parts = _parts(count // self.thinned, points)
        self._few_corners = context.buffer(self._segments(few * self.thinned, parts))
        self._shaded = self._array(shaded, self._corners)
        self._depth = self._array(depth, self._few_corners)
        self._number = self._array(number, self._corners)
        self._ordered: dict[tuple[int, int], tuple[moderngl.Buffer, moderngl.VertexArray]] = {}
        self.move(strands.points)

    def move(self, points: Floats) -> None:
        """Where the points (m, k, 3) of the strands are now."""
        self._path[..., :3] = points[:, :, None]
        self._path[:, 1:-1, :, 3:] = (points[:, 2:] - points[:, :-2])[:, :, None]
        self._path[:, 0, :, 3:] = (points[:, 1] - points[:, 0])[:, None]
        self._path[:, -1, :, 3:] = (points[:, -1] - points[:, -2])[:, None]
        self._moving.write(self._path)

    def light(self, room: Floats, key: Floats) -> None:
        """Shares (m, k) in [0, 1] of the room's light and of the key light that reach the points."""
        both = np.stack([room, key], axis=-1, dtype=np.float32)
        self._light.write(np.ascontiguousarray(np.repeat(both[:, :, None], 2, axis=2)))

    def knows_order(self, sector: tuple[int, int]) -> bool:
        """Whether :meth:`put_in_order` was called for it."""
        return sector in self._ordered

    def put_in_order(self, sector: tuple[int, int], strands: Ints, parts: Ints) -> None:
        """Which parts of which strands (n,) to draw, one after the other, for a camera in a sector."""
        corners = self._context.buffer(self._segments(strands, parts))
        self._ordered[sector] = corners, self._array(self._program, corners)

    def draw(self, sector: tuple[int, int] | None = None) -> None:
        """Draw them, in the order of a sector where there is one."""
        array = self._shaded if sector is None else self._ordered[sector][1]
        array.render()

    def draw_depth(self) -> None:
        """Draw the distance of one in :attr:`thinned` only."""
        self._depth.render()

    def draw_numbers(self) -> None:
        """Draw the number of each part: strand by strand, part by part."""
        self._number.render()

    def release(self) -> None:
        """Give back what OpenGL keeps of them."""
        for buffer, array in self._ordered.values():
            array.release()
            buffer.release()
        for drawn in (self._shaded, self._depth, self._number):
            drawn.release()
        for kept in (self._moving, self._fixed, self._light, self._corners, self._few_corners):
            kept.release()

    def _array(self, program: moderngl.Program, corners: moderngl.Buffer) -> moderngl.VertexArray:
        content = [
            (self._moving, "3f 3f", "position", "tangent"),
            (self._fixed, "3f 4f", "colour", "ribbon"),
            (self._light, "2f", "light"),
        ]
        return self._context.vertex_array(program, content, corners, skip_errors=True)

    def _segments(self, strands: Ints, parts: Ints) -> Ints:
        first = strands * (2 * self.strands.points.shape[1]) + 2 * parts
        return np.asarray(first[:, None] + np.array([0, 1, 2, 2, 1, 3]), np.int32)


def _parts(count: int, points: int) -> tuple[Ints, Ints]:
    """Each part of each strand: its strand and its number."""
    strands, parts = np.divmod(np.arange(count * (points - 1), dtype=np.int32), np.int32(points - 1))
    return strands, parts


def _fixed(strands: Strands) -> Floats:
    """(m, k, 2, 7): colour, side, half width, a number by chance and share of the length."""
    count, points, _ = strands.points.shape
    along = np.linspace(0.0, 1.0, points, dtype=np.float32)
    fixed = np.empty((count, points, 2, 7), np.float32)
    fixed[..., :3] = np.broadcast_to(strands.colour, (count, 3))[:, None, None]
    fixed[..., 3] = -1.0, 1.0
    half = np.outer(strands.width / 2, 1 - (1 - TIP) * along**3)
    fixed[..., 4] = np.expand_dims(half, 2)
    fixed[..., 5] = np.random.default_rng(0).random((count, 1, 1))
    fixed[..., 6] = along[:, None]
    return fixed


def triangles(quads: Ints) -> Ints:
    """(2 f, 3) out of (f, 4)."""
    return np.ascontiguousarray(quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3), np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Baked:
    """Shares in [0, 1] of the room's light and of the key light, and thinness: (n,) each by surface name.

    hair: the first two, (m, k) each, for the hair of the head, None for who has none.
    """

    room: dict[str, Floats]
    key: dict[str, Floats]
    thin: dict[str, Floats]
    hair: tuple[Floats, Floats] | None


class Scene:
    """One person: surfaces by name, ribbons by kind."""

    def __init__(self, surfaces: dict[str, SurfaceMesh], ribbons: dict[StrandKind, Ribbons]) -> None:
        self.surfaces = surfaces
        self.ribbons = ribbons

    def of(self, *materials: Material) -> Iterable[SurfaceMesh]:
        """The surfaces of some materials."""
        return [mesh for mesh in self.surfaces.values() if mesh.surface.material in materials]

    def move(self, posed: Posed) -> None:
        """Take the places of one frame."""
        for name, mesh in self.surfaces.items():
            mesh.move(posed.positions[name], posed.normals[name])
        for kind, points in posed.strands.items():
            self.ribbons[kind].move(points)

    def shine_on(self, baked: Baked) -> None:
        """Take how light reaches the resting person."""
        for name, room in baked.room.items():
            self.surfaces[name].light(room, baked.key[name])
            self.surfaces[name].shine(baked.thin[name])
        if baked.hair:
            self.ribbons[StrandKind.HAIR].light(*baked.hair)

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        for mesh in self.surfaces.values():
            mesh.release()
        for ribbons in self.ribbons.values():
            ribbons.release()
