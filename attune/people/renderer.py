"""Draws a person: the same person, pose, view and size give the same picture on the same machine."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from attune.people.camera import FRONT, Camera, View, place
from attune.people.context import known_errors
from attune.people.figure import Figure
from attune.people.lighting import Backdrop
from attune.people.occlusion import COVERED, DepthView, Shown, bake
from attune.people.parts import Face, Floats, Material, Posed, StrandKind
from attune.people.scene import Ribbons, Scene, SurfaceMesh
from attune.people.stage import FACTS_UNIT, HEAD_MIDDLE, Stage, put
from attune.people.target import Target, possible_size
from attune.people.visibility import Sector, StrandView, sector_of

_STILL = np.eye(4, dtype=np.float32)


class Renderer:
    """Pictures of one person at a time; every call in the thread that the context belongs to.

    samples: 0 to be quick, or 4 to draw larger than the picture that is read, for finer edges. All raise
    NoOpenGLError opengl.lost when the graphics card gives up.
    """

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
        self._scene: Scene | None = None
        with known_errors(context):
            self._stage = Stage(context, backdrop, fine=self._fine)
            self._target = Target(context, size, fine=self._fine)
            self._depths = DepthView(context)
            self._strand_view = StrandView(context)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height that are drawn, in pixels: what was asked for, within what is possible."""
        return self._target.size

    def resize(self, size: tuple[int, int]) -> None:
        """Draw pictures of width and height from now on, within what is possible."""
        if possible_size(self._context, size) != self.size:
            with known_errors(self._context):
                self._leave_targets()
                self._target.release()
                self._target = Target(self._context, size, fine=self._fine)

    def load(self, figure: Figure) -> None:
        """Take this person's meshes and hair, and find out how light reaches them at rest."""
        with known_errors(self._context):
            self._send_away()
            self._scene = self._staged(figure)
            self._rest = figure.pose(AT_REST)
            self._scene.move(self._rest)
            self._scene.shine_on(bake(self._depths, self._rest, self._scene, self._draw_depths))

    def draw(self, posed: Posed, view: View | None = None) -> None:
        """Draw one frame of the person that was loaded."""
        with known_errors(self._context):
            scene, stage = self._loaded(), self._stage
            camera = place(view or FRONT, self._target.inner)
            sector = self._order(scene, camera, posed.head) if StrandKind.HAIR in scene.ribbons else None
            scene.move(posed)
            put(stage.depth, "camera", stage.shadow.matrix)
            stage.shadow.draw(list(scene.of(*COVERED)))
            stage.look(camera)
            stage.meet(head=posed.head, lids=posed.lids, mouth=posed.mouth)
            stage.light()
            self._draw_solid(scene)
            self._draw_see_through(scene, posed.head, sector)
            self._context.enable_only(moderngl.NOTHING)
            self._target.finish(FACTS_UNIT)
            stage.finish()

    def pixels(self) -> NDArray[np.uint8]:
        """The picture drawn last: (h, w, 3) RGB, top row first."""
        with known_errors(self._context):
            return self._target.pixels()

    def close(self) -> None:
        """Give back everything that OpenGL keeps, but not the context."""
        self._leave_targets()
        self._send_away()
        self._depths.release()
        self._strand_view.release()
        self._target.release()
        self._stage.release()

    def _send_away(self) -> None:
        if self._scene:
            self._scene.release()
            self._scene = None

    def _loaded(self) -> Scene:
        if self._scene is None:
            raise RuntimeError("load a person first")
        return self._scene

    def _leave_targets(self) -> None:
        """Draw nowhere: moderngl goes back to what it drew into last, even when that was released."""
        self._context.detect_framebuffer(0).use()

    def _staged(self, figure: Figure) -> Scene:
        context, stage = self._context, self._stage
        surfaces = {
            name: SurfaceMesh(context, surface, shaded=stage.surfaces[surface.material], depth=stage.depth)
            for name, surface in figure.surfaces.items()
        }
        ribbons = {
            kind: Ribbons(
                context, strands, shaded=stage.strand, depth=stage.strand_depth, number=stage.strand_number
            )
            for kind, strands in figure.strands.items()
        }
        return Scene(surfaces, ribbons)

    def _draw_solid(self, scene: Scene) -> None:
        """Skin, the backdrop around it, and what skin does not hide of the rest."""
        context, target = self._context, self._target
        context.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        target.collect()
        for mesh in scene.of(Material.SKIN):
            mesh.draw()
        context.enable_only(moderngl.NOTHING)
        target.shade(FACTS_UNIT)
        self._stage.shade_skin()
        context.enable_only(moderngl.DEPTH_TEST)
        target.draw()
        for mesh in scene.of(Material.CLOTH, Material.MOUTH, Material.EYE):
            mesh.draw()

    def _draw_see_through(self, scene: Scene, head: Floats, sector: Sector | None) -> None:
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

    def _order(self, scene: Scene, camera: Camera, head: Floats) -> Sector:
        """The sector of the head that the camera stands in; which hair is seen there is found out once."""
        hair, middle = scene.ribbons[StrandKind.HAIR], (head @ HEAD_MIDDLE)[:3]
        sector = sector_of(head[:3, :3].T @ (camera.eye - middle))
        if not hair.knows_order(sector):
            # At rest, so that no picture depends on the ones before it.
            scene.move(self._rest)
            hair.put_in_order(
                sector, *self._strand_view.seen(sector, hair.strands.points, self._draw_numbers)
            )
        return sector

    def _draw_depths(self, matrix: Floats, shown: Shown) -> None:
        """The depths of the person as they stand, through a matrix."""
        scene = self._loaded()
        self._context.enable_only(moderngl.DEPTH_TEST)
        if shown is Shown.ALL:
            self._draw_covered(scene, matrix)
        if StrandKind.HAIR in scene.ribbons:
            hair = scene.ribbons[StrandKind.HAIR]
            _aim(self._stage.strand_depth, matrix, wider=hair.thinned)
            hair.draw_depth()

    def _draw_numbers(self, matrix: Floats) -> None:
        """The numbers of the hair's parts that skin and cloth leave to be seen, through a matrix."""
        scene = self._loaded()
        self._context.enable_only(moderngl.DEPTH_TEST)
        self._draw_covered(scene, matrix)
        _aim(self._stage.strand_number, matrix, wider=1.0)
        scene.ribbons[StrandKind.HAIR].draw_numbers()

    def _draw_covered(self, scene: Scene, matrix: Floats) -> None:
        """The depths of skin and cloth, of what faces the camera."""
        self._context.enable(moderngl.CULL_FACE)
        put(self._stage.depth, "camera", matrix)
        for mesh in scene.of(*COVERED):
            mesh.draw_depth()
        self._context.disable(moderngl.CULL_FACE)


def _aim(shader: moderngl.Program, matrix: Floats, *, wider: float) -> None:
    """Draw hairs through a matrix, so many times as wide as they are."""
    put(shader, "camera", matrix)
    put(shader, "towards", matrix[2, :3])
    put(shader, "wider", wider)


AT_REST = Face(
    shapes=np.zeros(52, np.float32),
    gaze=np.zeros(2, np.float32),
    head=np.zeros(3, np.float32),
    shift=np.zeros(3, np.float32),
)
