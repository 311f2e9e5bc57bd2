"""`stepwire serve`: a server in the foreground, until SIGTERM or Ctrl-C.

Reads the settings, says what listens where, and waits for signals; all else is the server's.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwire_service import pinning
from stepwire_service.cli import console
from stepwire_service.cli.flags import with_settings
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
    if loaded.settings.pin and loaded.settings.workers == 1:  # workers pin themselves
        pinning.pin(0)
    asyncio.run(_serve(loaded.settings))


async def _serve(settings: Settings) -> None:
    from stepwire_service import logs
    from stepwire_service.service import service

    logs.configure(settings.log_level, settings.log_format)
    signals = _signals()
    async with service(settings) as server:
        if settings.log_format == "text":
            console.out().print(_welcome(server, settings))
        first = await signals.get()
        await _drained(server, signals)
    if first == signal.SIGINT:
        raise KeyboardInterrupt


def _signals() -> "asyncio.Queue[int]":
    """The signals to stop, as they arrive. Also where the event loop itself knows no signals."""
    arrived: asyncio.Queue[int] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda n, _: loop.call_soon_threadsafe(arrived.put_nowait, n))
    return arrived


async def _drained(server: "Service", signals: "asyncio.Queue[int]") -> None:
    """Wait until the sessions have ended, their time is up, or a second signal says not to wait."""
    draining = asyncio.create_task(server.drain())
    impatient = asyncio.create_task(signals.get())
    await asyncio.wait((draining, impatient), return_when=asyncio.FIRST_COMPLETED)
    for task in (draining, impatient):
        task.cancel()
    await asyncio.gather(draining, impatient, return_exceptions=True)


def _welcome(server: "Service", settings: Settings) -> str:
    """What listens where, and what to try next."""
    places = {
        "trainers": server.address,
        "games": f"ws://{server.games_address}" if server.games_address else "",
        "people": f"http://{server.web_address}" if server.web_address else "",
    }
    listening = [f"  {who:<9} {where}" for who, where in places.items() if where]
    next_thing = f"Try, in another terminal: stepwire {_first_command(settings)} --address {server.address}"
    return "\n".join(["stepwire is listening. Ctrl-C stops it.", *listening, next_thing])


def _first_command(settings: Settings) -> str:
    """Something to see: the first game, whose name is known only where it is a bundled one."""
    if not settings.games:
        return "play gym:CartPole-v1"
    game = settings.games[0].rpartition("=")[0]
    return f"play game:{game}" if game.isidentifier() else "envs game:"
