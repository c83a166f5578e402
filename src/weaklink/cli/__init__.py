"""The command line: `weaklink` and its commands."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import typer

from weaklink import __version__
from weaklink.cli import (
    ask,
    assess,
    device_pairing,
    keeping,
    knowledge,
    language,
    plan_command,
    simulate,
    story_course,
    study,
    transcripts,
    up,
    who,
)
from weaklink.cli.options import with_command
from weaklink.quantities import WeaklinkError
from weaklink.redaction import keep_quiet, tell

NAME = "weaklink"
UsageError: Any = (
    typer.BadParameter.__base__
)  # of every option that is wrong; typer has no public name for it
app = typer.Typer(
    name=NAME,
    help="Finds the likely weak link behind a runner's pain, shows why, and gives the training for it.\n\n"
    "Without a command it serves the pages: `weaklink --port 8080` means `weaklink up --port 8080`.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("up")(up.up)
app.command("assess")(assess.assess_case)
app.command("plan")(plan_command.plan_case)
app.command("ask")(ask.ask)
app.command("course")(story_course.course_of_story)
app.command("interview")(transcripts.interview_case)
app.command("sim")(simulate.sim)
app.command("check")(knowledge.check)
app.command("who")(who.who)
app.command("new")(knowledge.new)
app.command("book")(knowledge.book)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("export")(keeping.export)
app.command("import")(keeping.import_data)
app.command("erase")(keeping.erase)
app.command("pair")(device_pairing.pair)
app.command("devices")(device_pairing.devices)
app.add_typer(study.app, name="study")
app.add_typer(language.app, name="language")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version.")
) -> None:
    """Serve the pages when no command is named."""
    if version:
        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        up.up()


def main() -> None:
    """Run the command line. What a user can mend ends in one line: status 2, or 1 where a store fails."""
    keep_quiet()
    try:
        status = app(with_command(sys.argv[1:]), prog_name=NAME, standalone_mode=False)
    except WeaklinkError as error:
        _refuse(str(error), getattr(error, "exit_status", 2))
    except UsageError as error:
        of = getattr(error, "ctx", None)
        _refuse(f"{error.format_message()}; see: {of.command_path if of else NAME} --help")
    except typer.Abort:
        print("Aborted.", file=sys.stderr)
        raise SystemExit(1) from None
    except Exception as error:
        tell(error, "running a command; this is a fault of weaklink")
        raise SystemExit(1) from None
    raise SystemExit(status if isinstance(status, int) else 0)


def _refuse(reason: str, status: int = 2) -> NoReturn:
    print(f"weaklink: {' '.join(reason.split())}", file=sys.stderr)
    raise SystemExit(status) from None
