"""`stepwire health`: the question of health checks and scripts."""

from typing import Annotated

import typer

from stepwire_service.cli import console
from stepwire_service.cli.exits import CommandError


def health(
    address: Annotated[
        str | None,
        typer.Argument(metavar="[ADDRESS]", help="Without it STEPWIRE_ADDRESS, else localhost:50051."),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="How long to wait for the answer.")] = 5.0,
) -> None:
    """Ask whether a server takes sessions.

    The exit code is 0 when it does, and 1 when it is about to stop or nobody answers. Needs no token.

    For example:

        stepwire health

        stepwire health env:50051 --timeout 2
    """
    from stepwire_service.cli import inquiry

    answers = inquiry.health(address, timeout)
    for endpoint, serving in answers.items():
        console.out().print(f"{endpoint} {'is serving' if serving else 'is not serving'}")
    if not all(answers.values()):
        raise CommandError("not every server takes sessions: one is about to stop.")
