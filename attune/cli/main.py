"""The ``attune`` command: without arguments the window, with them the same engine without one."""

from collections.abc import Callable
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from attune.app.services import Services
from attune.cli.bench import Part
from attune.cli.bench import bench as run_bench
from attune.cli.clips_commands import clips_commands
from attune.cli.formats import Format, writer_for
from attune.cli.history_commands import history_commands
from attune.cli.terminal import FINE, Commands
from attune.resources import Words

MakeServices = Callable[[], Services]


def build(
    make_services: MakeServices,
    open_window: Callable[[MakeServices], int],
) -> typer.Typer:
    """Put the commands together. The window's parts come as functions, since only the window loads Qt."""
    words = Words()
    app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None, help=words("commands.help"))

    @app.callback(invoke_without_command=True)
    def attune(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", help=words("commands.version.help"))] = False,
    ) -> int:
        if version:
            typer.echo(words("commands.version.line", version=installed_version("attune")))
        elif context.invoked_subcommand is None:
            return open_window(make_services)
        return FINE

    _add_analyze(app, words)
    _add_doctor(app, words)
    _add_bench(app, words)
    app.add_typer(clips_commands(words), name="clips")
    app.add_typer(history_commands(words), name="history")
    return app


def _add_analyze(app: typer.Typer, words: Words) -> None:
    @app.command(help=words("commands.analyze.help"))
    def analyze(
        files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=words("commands.analyze.files"))],
        how: Annotated[Format | None, typer.Option("--format", help=words("commands.analyze.format"))] = None,
        every_frame: Annotated[
            bool, typer.Option("--every-frame", help=words("commands.analyze.every_frame"))
        ] = False,
        workers: Annotated[
            int | None, typer.Option(min=1, max=64, metavar="N", help=words("commands.analyze.workers"))
        ] = None,
        model: Annotated[Path | None, typer.Option(help=words("commands.model"))] = None,
    ) -> int:
        from attune.cli.analyze import analyze as run  # noqa: PLC0415 - the window starts without it

        chosen = how or (Format.CSV if every_frame else Format.TEXT)
        if every_frame and chosen is Format.TEXT:
            raise typer.BadParameter(words("commands.analyze.frames_need_a_table"))
        several = len(files) > 1 or files[0].is_dir()
        write = writer_for(chosen, every_frame=every_frame, several=several, words=words)
        return run(files, write, workers=workers, model=model, words=words)


def _add_doctor(app: typer.Typer, words: Words) -> None:
    @app.command(help=words("commands.doctor.help"))
    def doctor(
        model: Annotated[Path | None, typer.Option(help=words("commands.model"))] = None,
        download_model: Annotated[
            bool, typer.Option("--download-model", help=words("commands.doctor.download_model"))
        ] = False,
    ) -> int:
        from attune.cli.doctor import doctor as run  # noqa: PLC0415 - the window starts without it

        return run(model=model, download=download_model, words=words)


def _add_bench(app: typer.Typer, words: Words) -> None:
    @app.command(help=words("commands.bench.help"))
    def bench(
        parts: Annotated[
            list[Part] | None, typer.Argument(metavar="[PART…]", help=words("commands.bench.parts"))
        ] = None,
        model: Annotated[Path | None, typer.Option(help=words("commands.model"))] = None,
        quality: Annotated[
            Path | None, typer.Option(metavar="FOLDER", help=words("commands.quality.help"))
        ] = None,
    ) -> int:
        if quality is not None:
            from attune.cli.quality import quality as run_quality  # noqa: PLC0415 - loads numpy

            return run_quality(quality, words=words)
        return run_bench(parts or (), model=model, words=words)
