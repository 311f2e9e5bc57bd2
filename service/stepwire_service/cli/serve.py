"""`stepwire serve`: a server in the foreground, until SIGTERM or Ctrl-C.

Reads the settings, says what listens where, and waits for signals; all else is the server's.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwire_service import pinning
from stepwire_service.cli import console
from stepwire_service.cli.flags import with_settings
from stepwire_service.cli.signals import signals
from stepwire_service.settings import Settings, as_toml, load

if TYPE_CHECKING:
    from stepwire_service.service import Service


@with_settings
def serve(
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML file with settings; without it ./stepwire.toml if any.")
    ] = None,
    print_config: Annotated[
        bool, typer.Option("--print-config", help="Show each setting and where it came from, and serve nothing.")
    ] = False,
    **flags: Any,
) -> None:
    """Serve environments and games to trainers.

    Goes on until SIGTERM or Ctrl-C. A flag wins over a variable such as STEPWIRE_STEP_DEADLINE,
    which wins over the file, which wins over the default.

    For example:

        stepwire serve --games snake=16

        stepwire serve --games ./my-game.js=4 --web-address ""

        stepwire serve --address 0.0.0.0:50051 --token-file tokens.txt

        stepwire serve --workers 4 --pin

        stepwire serve --print-config > stepwire.toml
    """
    loaded = load(flags, os.environ, config)
    if print_config:
        sys.stdout.write(as_toml(loaded))
        return
    run(loaded.settings, ready=_ready)


Ready = Callable[["Service", Settings], Awaitable[None]]


def run(settings: Settings, ready: Ready) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Args:
        settings: The server's.
        ready: Called when everything listens, to say what to try next; cancelled by the first signal.

    Raises:
        ConfigError: Settings that cannot be, an address that cannot be listened on, and what `ready` raises.
    """
    if settings.pin and settings.workers == 1:  # workers pin themselves
        pinning.pin(0)
    asyncio.run(_serve(settings, ready))


async def _serve(settings: Settings, ready: Ready) -> None:
    from stepwire_service import logs
    from stepwire_service.service import service

    logs.configure(settings.log_level, settings.log_format)
    arrived = signals()
    async with service(settings) as server:
        if settings.log_format == "text":
            console.out().print(_welcome(server))
        first = await _first(arrived, ready, server, settings)
        await _drained(server, arrived)
    if first == signal.SIGINT:
        raise KeyboardInterrupt


async def _first(arrived: "asyncio.Queue[int]", ready: Ready, server: "Service", settings: Settings) -> int:
    """The first signal; meanwhile whoever is to say what to try next says it, where people read."""
    telling = asyncio.ensure_future(_told(ready, server, settings))
    signalled = asyncio.create_task(arrived.get())
    try:
        await asyncio.wait((telling, signalled), return_when=asyncio.FIRST_COMPLETED)
        if telling.done():
            telling.result()
        return await signalled
    finally:
        telling.cancel()
        signalled.cancel()


async def _told(ready: Ready, server: "Service", settings: Settings) -> None:
    if settings.log_format == "text":
        await ready(server, settings)


async def _ready(server: "Service", settings: Settings) -> None:
    console.out().print(f"Try, in another terminal: stepwire {_first_command(settings)} --address {server.address}")


async def _drained(server: "Service", arrived: "asyncio.Queue[int]") -> None:
    """Wait until the sessions have ended, their time is up, or a second signal says not to wait."""
    draining = asyncio.create_task(server.drain())
    impatient = asyncio.create_task(arrived.get())
    await asyncio.wait((draining, impatient), return_when=asyncio.FIRST_COMPLETED)
    for task in (draining, impatient):
        task.cancel()
    await asyncio.gather(draining, impatient, return_exceptions=True)


def _welcome(server: "Service") -> str:
    """What listens where."""
    places = {
        "trainers": server.address,
        "games": f"ws://{server.games_address}" if server.games_address else "",
        "people": f"http://{server.web_address}" if server.web_address else "",
        "agents": f"ws://{server.gymie_address}/gym" if server.gymie_address else "",
    }
    listening = [f"  {who:<9} {where}" for who, where in places.items() if where]
    return "\n".join(["stepwire is listening. Ctrl-C stops it.", *listening])


def _first_command(settings: Settings) -> str:
    """Something to see: the first game, whose name is known only where it is a bundled one."""
    if not settings.games:
        return "play gym:CartPole-v1"
    game = settings.games[0].rpartition("=")[0]
    return f"play game:{game}" if game.isidentifier() else "envs game:"
