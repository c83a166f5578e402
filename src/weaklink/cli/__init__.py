"""The command line: `weaklink` and its commands."""

from __future__ import annotations

import sys

import typer

from weaklink import __version__
from weaklink.cli import ask, assess, keeping, knowledge, pairing, plan, simulate, study, up
from weaklink.quantities import WeaklinkError

app = typer.Typer(
    name="weaklink",
    help="Finds the likely weak link behind a runner's pain, shows why, and gives the training for it.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("up")(up.up)
app.command("assess")(assess.assess_case)
app.command("plan")(plan.plan_case)
app.command("ask")(ask.ask)
app.command("sim")(simulate.sim)
app.command("check")(knowledge.check)
app.command("new")(knowledge.new)
app.command("book")(knowledge.book)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("export")(keeping.export)
app.command("import")(keeping.import_data)
app.command("erase")(keeping.erase)
app.command("pair")(pairing.pair)
app.command("devices")(pairing.devices)
app.add_typer(study.app, name="study")


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
    """Run the command line. What a user can mend ends in one line and exit status 2."""
    try:
        app()
    except WeaklinkError as error:
        print(f"weaklink: {' '.join(str(error).split())}", file=sys.stderr)
        raise SystemExit(2) from None
