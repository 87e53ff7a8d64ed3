"""The commands of ``attune clips``; what they do is in ``clips.py`` and beside it, loaded when asked for."""

from pathlib import Path
from typing import Annotated, Any

import typer

from attune.app.edits import COLUMNS
from attune.app.importing_parts import Kind
from attune.cli.formats import Format, ReportFormat
from attune.resources import Words


def clips_commands(words: Words) -> typer.Typer:
    """All of them as one group."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help=words("clips.help"))
    how = typer.Option("--format", help=words("clips.format"))
    named = typer.Argument(metavar="SET", help=words("clips.set"))
    yes = typer.Option("--yes", help=words("clips.yes"))
    _add_looking(group, words, how, named)
    _add_import(group, words, yes)
    _add_changing(group, words, named, yes)
    _add_analyse(group, words, how, named)
    return group


def _add_looking(group: typer.Typer, words: Words, how: Any, named: Any) -> None:  # noqa: ANN401 - typer's own
    @group.command("list", help=words("clips.list.help"))
    def list_sets(form: Annotated[Format, how] = Format.TEXT) -> int:
        from attune.cli.clips import list_sets as run  # noqa: PLC0415 - the window starts without it

        return run(form, words)

    @group.command("show", help=words("clips.show.help"))
    def show(name: Annotated[str, named], form: Annotated[Format, how] = Format.TEXT) -> int:
        from attune.cli.clips import show_set as run  # noqa: PLC0415 - as above

        return run(name, form, words)

    source_of = typer.Argument(metavar="SET", help=words("clips.validate.set"))

    @group.command("validate", help=words("clips.validate.help"))
    def validate(name: Annotated[str, source_of], form: Annotated[Format, how] = Format.TEXT) -> int:
        from attune.cli.clips import validate as run  # noqa: PLC0415 - as above

        return run(name, form, words)


def _add_import(group: typer.Typer, words: Words, yes: Any) -> None:  # noqa: ANN401 - typer's own
    def option(flag: str, metavar: str | None = None) -> Any:  # noqa: ANN401 - typer's own
        return typer.Option(f"--{flag}", metavar=metavar, help=words(f"clips.import.{flag}"))

    source_of = typer.Argument(metavar="SOURCE", help=words("clips.import.source"))
    how = typer.Option("--format", help=words("commands.history.report.format"))
    kind_of = typer.Option("--as", help=words("clips.import.kind"))

    @group.command("import", help=words("clips.import.help"))
    def import_clips(
        source: Annotated[Path, source_of],
        *,
        kind: Annotated[Kind, kind_of] = Kind.AUTO,
        corpus: Annotated[str, option("corpus", "TITLE")] = "",
        pattern: Annotated[str, option("pattern", "REGEX")] = "",
        code: Annotated[list[str] | None, option("code", "COLUMN:CODE=MEANING")] = None,
        table: Annotated[Path | None, option("table", "FILE")] = None,
        column: Annotated[list[str] | None, option("column", "HEADING=COLUMN")] = None,
        label: Annotated[list[str] | None, option("label", "WORD=EMOTION")] = None,
        name: Annotated[str, option("name", "TEXT")] = "",
        licence: Annotated[str, option("licence", "TEXT")] = "",
        attribution: Annotated[str, option("attribution", "TEXT")] = "",
        drawn: Annotated[bool, option("drawn")] = False,
        look: Annotated[bool, option("look")] = False,
        agreed: Annotated[bool, yes] = False,
        form: Annotated[ReportFormat, how] = ReportFormat.TEXT,
    ) -> int:
        from attune.cli import clips_import as run  # noqa: PLC0415 - as above

        asked = run.Asked(
            source=source,
            kind=kind,
            corpus=corpus,
            pattern=pattern,
            codes=tuple(code or ()),
            table=table,
            columns=tuple(column or ()),
            labels=tuple(label or ()),
            name=name,
            licence=licence,
            attribution=attribution,
            drawn=drawn,
            look=look,
            agreed=agreed,
        )
        return run.import_clips(asked, form, words)


def _add_changing(group: typer.Typer, words: Words, named: Any, yes: Any) -> None:  # noqa: ANN401 - typer's own
    clips_of = typer.Argument(metavar="CLIP…", help=words("clips.edit.clips"))
    set_of = typer.Option(
        "--set", metavar="COLUMN=VALUE", help=words("clips.edit.set", columns=", ".join(COLUMNS))
    )
    target_of = typer.Argument(metavar="[TARGET]", help=words("clips.pack.target"))
    how = typer.Option("--format", help=words("commands.history.report.format"))

    @group.command("edit", help=words("clips.edit.help"))
    def edit(
        name: Annotated[str, named],
        clips: Annotated[list[str], clips_of],
        *,
        values: Annotated[list[str] | None, set_of] = None,
        by: Annotated[str, typer.Option("--by", metavar="WHO", help=words("clips.edit.by"))] = "expert",
        take_out: Annotated[bool, typer.Option("--take-out", help=words("clips.edit.take_out"))] = False,
        sure: Annotated[bool, yes] = False,
        form: Annotated[ReportFormat, how] = ReportFormat.TEXT,
    ) -> int:
        from attune.cli.clips_change import edit_clips as run  # noqa: PLC0415 - as above

        if take_out is bool(values):
            raise typer.BadParameter(words("clips.edit.nothing"))
        return run(name, clips, tuple(values or ()), form, by=by, words=words, sure=sure)

    @group.command("pack", help=words("clips.pack.help"))
    def pack(
        name: Annotated[str, named],
        target: Annotated[Path | None, target_of] = None,
        form: Annotated[ReportFormat, how] = ReportFormat.TEXT,
    ) -> int:
        from attune.cli.clips_change import pack as run  # noqa: PLC0415 - as above

        return run(name, target, form, words)

    @group.command("remove", help=words("clips.remove.help"))
    def remove(
        name: Annotated[str, named],
        sure: Annotated[bool, yes] = False,
        form: Annotated[ReportFormat, how] = ReportFormat.TEXT,
    ) -> int:
        from attune.cli.clips_change import remove as run  # noqa: PLC0415 - as above

        return run(name, form, words, sure=sure)


def _add_analyse(group: typer.Typer, words: Words, how: Any, named: Any) -> None:  # noqa: ANN401 - typer's own
    @group.command("analyse", help=words("clips.analyse.help"))
    def analyse(
        name: Annotated[str, named],
        form: Annotated[Format, how] = Format.TEXT,
        workers: Annotated[
            int | None, typer.Option(min=1, max=64, metavar="N", help=words("commands.analyze.workers"))
        ] = None,
        model: Annotated[Path | None, typer.Option(help=words("commands.model"))] = None,
    ) -> int:
        from attune.cli.analyze import analyze_set as run  # noqa: PLC0415 - as above
        from attune.cli.formats import writer_for  # noqa: PLC0415 - as above

        write = writer_for(form, every_frame=False, several=True, words=words)
        return run(name, write, workers=workers, model=model, words=words)
