"""The commands of ``attune history``; what they do is in ``history.py``, loaded when one is asked for."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from attune.app.export import Way
from attune.cli.formats import Format, ReportFormat
from attune.resources import Words


def history_commands(words: Words) -> typer.Typer:
    """All of them as one group."""
    group = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help=words("commands.history.help"))
    profile = typer.Option("--profile", metavar="NAME", help=words("commands.history.profile"))
    how = typer.Option("--format", help=words("commands.history.format"))
    yes = typer.Option("--yes", help=words("commands.history.delete.yes"))
    _add_looking(group, words, profile, how)
    _add_taking(group, words, profile)
    _add_backups(group, words, profile, yes)
    _add_deleting(group, words, profile, yes)
    return group


def _add_looking(group: typer.Typer, words: Words, profile: Any, how: Any) -> None:  # noqa: ANN401 - typer's own
    @group.command("list", help=words("commands.history.list.help"))
    def list_sessions(
        name: Annotated[str | None, profile] = None, form: Annotated[Format, how] = Format.TEXT
    ) -> int:
        from attune.cli.history import list_sessions as run  # noqa: PLC0415 - the window starts without it

        return run(name, form, words)

    @group.command("show", help=words("commands.history.show.help"))
    def show(
        session: Annotated[
            int, typer.Argument(metavar="SESSION", help=words("commands.history.show.session"))
        ],
        name: Annotated[str | None, profile] = None,
        form: Annotated[Format, how] = Format.TEXT,
    ) -> int:
        from attune.cli.history import show_session as run  # noqa: PLC0415 - as above

        return run(name, session, form, words)

    @group.command("stats", help=words("commands.history.stats.help"))
    def stats(name: Annotated[str | None, profile] = None, form: Annotated[Format, how] = Format.TEXT) -> int:
        from attune.cli.history import stats as run  # noqa: PLC0415 - as above

        return run(name, form, words)

    form_of = typer.Option("--format", help=words("commands.history.report.format"))

    @group.command("report", help=words("commands.history.report.help"))
    def report(
        name: Annotated[str | None, profile] = None,
        form: Annotated[ReportFormat, form_of] = ReportFormat.TEXT,
    ) -> int:
        from attune.cli.history_report import report as run  # noqa: PLC0415 - as above

        return run(name, form, words)


def _add_taking(group: typer.Typer, words: Words, profile: Any) -> None:  # noqa: ANN401 - typer's own
    target_of = typer.Argument(metavar="TARGET", help=words("commands.history.export.target"))
    source_of = typer.Argument(metavar="SOURCE", exists=True, help=words("commands.history.import.source"))
    way_of = typer.Option("--format", help=words("commands.history.export.format"))

    @group.command("export", help=words("commands.history.export.help"))
    def export(
        target: Annotated[Path, target_of],
        way: Annotated[Way, way_of] = Way.JSON,
        name: Annotated[str | None, profile] = None,
    ) -> int:
        from attune.cli.history import export as run  # noqa: PLC0415 - the window starts without it

        return run(name, target, way, words)

    @group.command("import", help=words("commands.history.import.help"))
    def import_history(
        source: Annotated[Path, source_of], name: Annotated[str | None, profile] = None
    ) -> int:
        from attune.cli.history import take_in_history as run  # noqa: PLC0415 - as above

        return run(name, source, words)


def _add_backups(group: typer.Typer, words: Words, profile: Any, yes: Any) -> None:  # noqa: ANN401 - typer's own
    target_of = typer.Argument(metavar="[TARGET]", help=words("commands.history.back_up.target"))
    source_of = typer.Argument(metavar="[BACKUP]", exists=True, help=words("commands.history.restore.source"))

    @group.command("backup", help=words("commands.history.back_up.help"))
    def back_up(
        target: Annotated[Path | None, target_of] = None, name: Annotated[str | None, profile] = None
    ) -> int:
        from attune.cli.history import back_up as run  # noqa: PLC0415 - the window starts without it

        return run(name, target, words)

    @group.command("restore", help=words("commands.history.restore.help"))
    def restore(
        source: Annotated[Path | None, source_of] = None,
        name: Annotated[str | None, profile] = None,
        sure: Annotated[bool, yes] = False,
    ) -> int:
        from attune.cli.history import restore as run  # noqa: PLC0415 - as above

        return run(name, source, words, sure=sure)


def _add_deleting(group: typer.Typer, words: Words, profile: Any, yes: Any) -> None:  # noqa: ANN401 - typer's own
    def option(flag: str, metavar: str | None = None, **more: Any) -> Any:  # noqa: ANN401 - typer's own
        key = flag.removeprefix("--").replace("-", "_")
        return typer.Option(flag, metavar=metavar, help=words(f"commands.history.delete.{key}"), **more)

    @group.command("delete", help=words("commands.history.delete.help"))
    def delete(
        *,
        session: Annotated[int | None, option("--session", "SESSION")] = None,
        day: Annotated[datetime | None, option("--day", "DAY", formats=["%Y-%m-%d"])] = None,
        whole_profile: Annotated[bool, option("--whole-profile")] = False,
        everything: Annotated[bool, option("--everything")] = False,
        name: Annotated[str | None, profile] = None,
        sure: Annotated[bool, yes] = False,
    ) -> int:
        from attune.cli import history as run  # noqa: PLC0415 - the window starts without it

        if sum((session is not None, day is not None, whole_profile, everything)) != 1:
            raise typer.BadParameter(words("commands.history.delete.one_of_these"))
        if session is not None:
            return run.delete_session(name, session, words, sure=sure)
        if day is not None:
            return run.delete_day(name, day.date(), words, sure=sure)
        if everything:
            return run.delete_everything(words, sure=sure)
        if name is None:
            raise typer.BadParameter(words("commands.history.delete.name_it"))
        return run.delete_profile(name, words, sure=sure)
