"""Draws a person: the same person, pose, view and size give the same picture on the same machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import moderngl
import numpy as np
from numpy.typing import NDArray

from attune.people.camera import FRONT, Camera, View, place
from attune.people.lighting import Backdrop
from attune.people.occlusion import COVERED, DepthView, Shown, bake, seen_from
from attune.people.parts import Face, Floats, Material, Posed, StrandKind, Strands, Surface
from attune.people.scene import Ribbons, Scene, SurfaceMesh
from attune.people.stage import FACTS_UNIT, Stage, put
from attune.people.target import Target, possible_size

# Views within such an angle (radians) share one order of the strands.
SECTOR = np.pi / 9

_STILL = np.eye(4, dtype=np.float32)


class Drawable(Protocol):
    """What is asked of a person to be drawn; a figure has all of it."""

    @property
    def surfaces(self) -> Mapping[str, Surface]:
        """By name."""

    @property
    def strands(self) -> Mapping[StrandKind, Strands]:
        """By kind."""

    def pose(self, face: Face) -> Posed:
        """How the person stands in one frame."""


class Renderer:
    """Pictures of one person at a time; every call in the thread that the context belongs to."""

    def __init__(
        self,
        context: moderngl.Context,
        *,
        size: tuple[int, int] = (512, 512),
        samples: int = 0,
        backdrop: Backdrop = Backdrop.MIST,
    ) -> None:
        self._context = context
        self._fine = samples > 1
        self._stage = Stage(context, backdrop, fine=self._fine)
        self._target = Target(context, size, fine=self._fine)
        self._depths = DepthView(context)
        self._scene: Scene | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height that are drawn, in pixels: what was asked for, within what is possible."""
        return self._target.size

    def resize(self, size: tuple[int, int]) -> None:
        """Draw pictures of width and height from now on, within what is possible."""
        if possible_size(self._context, size) != self.size:
            self._target.release()
            self._target = Target(self._context, size, fine=self._fine)

    def load(self, figure: Drawable) -> None:
        """Take this person's meshes and hair, and find out how light reaches them at rest."""
        if self._scene:
            self._scene.release()
        stage = self._stage
        self._scene = Scene(
            {
                surface.name: SurfaceMesh(
                    self._context, surface, shaded=stage.surfaces[surface.material], depth=stage.depth
                )
                for surface in figure.surfaces.values()
            },
            {
                kind: Ribbons(self._context, strands, shaded=stage.strand, depth=stage.strand_depth)
                for kind, strands in figure.strands.items()
            },
        )
        posed = figure.pose(AT_REST)
        self._scene.move(posed)
        self._scene.shine_on(bake(self._depths, posed, self._scene, self._draw_depths))

    def draw(self, posed: Posed, view: View | None = None) -> None:
        """Draw one frame of the person that was loaded."""
        scene, stage, context = self._loaded(), self._stage, self._context
        camera = place(view or FRONT, self._target.inner)
        scene.move(posed)
        put(stage.depth, "camera", stage.shadow.matrix)
        stage.shadow.draw(list(scene.of(*COVERED)))
        hair = scene.ribbons.get(StrandKind.HAIR)
        sector = self._order(hair, camera, posed.head) if hair else None
        stage.look(camera)
        stage.meet(head=posed.head, lids=posed.lids, mouth=posed.mouth)
        stage.light()
        context.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        self._target.collect()
        for mesh in scene.of(Material.SKIN):
            mesh.draw()
        context.enable_only(moderngl.NOTHING)
        self._target.shade(FACTS_UNIT)
        stage.shade_skin()
        context.enable_only(moderngl.DEPTH_TEST)
        self._target.draw()
        for mesh in scene.of(Material.CLOTH, Material.MOUTH, Material.EYE):
            mesh.draw()
        self._draw_see_through(scene, posed.head, sector)
        context.enable_only(moderngl.NOTHING)
        self._target.finish(FACTS_UNIT)
        stage.finish()

    def pixels(self) -> NDArray[np.uint8]:
        """The picture drawn last: (h, w, 3) RGB, top row first."""
        return self._target.pixels()

    def close(self) -> None:
        """Give back everything that OpenGL keeps, but not the context."""
        if self._scene:
            self._scene.release()
            self._scene = None
        self._depths.release()
        self._target.release()
        self._stage.release()

    def _loaded(self) -> Scene:
        if self._scene is None:
            raise RuntimeError("load a person first")
        return self._scene

    def _draw_see_through(self, scene: Scene, head: Floats, sector: tuple[int, int] | None) -> None:
        """What lets things behind it show: the wet eye, then hairs, the farthest kind first."""
        context = self._context
        context.enable(moderngl.BLEND)
        self._target.hide_behind(hides=False)
        context.blend_func = moderngl.ONE, moderngl.ONE
        for mesh in scene.of(Material.CORNEA):
            mesh.draw()
        context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
        for kind in (StrandKind.BEARD, StrandKind.BROW, StrandKind.LASH, StrandKind.HAIR):
            if kind in scene.ribbons:
                rigid = kind is StrandKind.HAIR
                self._stage.comb(kind, head if rigid else _STILL)
                scene.ribbons[kind].draw(sector if rigid else None)
        self._target.hide_behind(hides=True)

    def _order(self, hair: Ribbons, camera: Camera, head: Floats) -> tuple[int, int]:
        """The sector of the head that the camera stands in; the order of strands there."""
        x, y, z = head[:3, :3].T @ camera.eye - head[:3, :3].T @ head[:3, 3] - np.array([0, 7.2, 0.5])
        turn, rise = np.arctan2(x, z), np.arctan2(y, np.hypot(x, z))
        sector = round(turn / SECTOR), round(rise / SECTOR)
        if not hair.knows_order(sector):
            turn, rise = (part * SECTOR for part in sector)
            way = np.array([np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)])
            hair.put_in_order(sector, *seen_from(self._depths, hair.strands.points, way, self._draw_depths))
        return sector

    def _draw_depths(self, matrix: Floats, shown: Shown) -> None:
        scene, stage = self._loaded(), self._stage
        if shown is Shown.ALL:
            put(stage.depth, "camera", matrix)
            self._context.enable(moderngl.CULL_FACE)
            for mesh in scene.of(*COVERED):
                mesh.draw_depth()
            self._context.disable(moderngl.CULL_FACE)
        if StrandKind.HAIR in scene.ribbons:
            put(stage.strand_depth, "camera", matrix)
            put(stage.strand_depth, "towards", matrix[2, :3])
            put(stage.strand_depth, "wider", scene.ribbons[StrandKind.HAIR].thinned)
            scene.ribbons[StrandKind.HAIR].draw_depth()


AT_REST = Face(
    shapes=np.zeros(52, np.float32),
    gaze=np.zeros(2, np.float32),
    head=np.zeros(3, np.float32),
    shift=np.zeros(3, np.float32),
)
