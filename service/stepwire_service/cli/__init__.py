"""The command `stepwire`: one module for each command, joined here.

Commands import what they need when they run, so that `--help` does not wait for gRPC.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from stepwire_service.cli.demo import demo
from stepwire_service.cli.envs import envs
from stepwire_service.cli.exits import guarded
from stepwire_service.cli.gymie import gymie
from stepwire_service.cli.health import health
from stepwire_service.cli.host import host
from stepwire_service.cli.play import play
from stepwire_service.cli.serve import serve
from stepwire_service.cli.spaces import spaces
from stepwire_service.cli.version import print_version, version

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,  # no boxes in files and pipes
)
for _command in (serve, host, gymie, demo, envs, spaces, play, health, version):
    app.command()(_command)


@app.callback(
    epilog="Exit codes: 0 done · 1 failed · 2 wrong usage, wrong settings or something not installed · 130 Ctrl-C."
)
def stepwire(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="As `version`.")
    ] = False,
) -> None:
    """JavaScript mini-games and any other environment, served to reinforcement-learning trainers over gRPC.

    Try: stepwire demo
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command line, without the program's name. Returns the exit code; see `stepwire_service.cli.exits`."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # gRPC's own lines on stderr say nothing that our errors do not
    return guarded(lambda: get_command(app)(list(arguments), prog_name="stepwire"))
