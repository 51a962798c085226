"""`demo`: a seeded desk to look around in; without a terminal it prints its day."""

import click

from tui.commands.options import desk_options


@click.command(name="demo")
@desk_options
def demo_command() -> None:
    raise SystemExit(0)
