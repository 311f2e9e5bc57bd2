"""One of several server processes: serves for the parent that started it, and no longer than that lives.

The parent writes a line with the briefing and then commands, the worker answers with JSON, a line each:

    ready     answered by itself, once it listens; or refused, with the reason
    status    what /status shows
    games     answered when every game of the settings has said hello
    drain     takes no new sessions, and stops when the last one has ended
    stop      stops; so does the end of the pipe

Knows pipes and signals; what is served is the server's.
"""

import asyncio
import base64
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from typing import TYPE_CHECKING, Any, Final

import msgspec

from stepwire_service import pinning
from stepwire_service.assets import MissingAsset
from stepwire_service.settings import ConfigError, Settings
from stepwire_service.sharing import Place

if TYPE_CHECKING:
    from stepwire_service.server import Server

STOP_SECONDS: Final = 5.0
"""How long a worker without a parent may take to stop before it is ended, whatever it does."""

REFUSED: Final = 2
"""The exit code of a worker whose settings cannot be."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a worker must know: its settings, and which one it is."""

    settings: Settings
    place: Place

    def line(self) -> bytes:
        """As a line of text that `read` reads."""
        return base64.b64encode(msgspec.msgpack.encode(self, enc_hook=str)) + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "Briefing":
        """The briefing in a line."""
        return msgspec.msgpack.decode(
            base64.b64decode(line), type=cls, dec_hook=lambda kind, value: kind(value)
        )  # a Path is the only thing that msgpack does not know


Say = Callable[[int, dict[str, Any]], None]
"""Answers the question of that number, with "answer" or "refused"."""


def main() -> int:
    """Run a worker on the pipes that are stdin and stdout. Returns the exit code."""
    commands, say = _pipes()
    briefing = Briefing.read(commands.readline())
    try:
        if briefing.settings.pin:
            pinning.pin(briefing.place.index)  # before numpy and gRPC start their threads
        asyncio.run(_serve(briefing, commands, say))
    except (ConfigError, MissingAsset) as error:
        say(0, {"refused": str(error)})
        return REFUSED
    return 0


def _pipes() -> tuple[FileIO, Say]:
    """Keep the parent's pipes to ourselves: what environments print goes to stderr, and they read nothing."""
    commands, answers = FileIO(os.dup(0), "r"), FileIO(os.dup(1), "w")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)

    def say(number: int, what: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):  # the parent is gone, and the pipe's end will say so
            answers.write(json.dumps({"number": number, **what}).encode() + b"\n")

    return commands, say


async def _serve(briefing: Briefing, pipe: FileIO, say: Say) -> None:
    from stepwire_service import logs
    from stepwire_service.server import Server

    settings, place = briefing.settings, briefing.place
    logs.configure(settings.log_level, settings.log_format, worker=place.index)
    commands = _commands(pipe)
    async with Server(settings, place) as server:
        say(0, {"answer": "ready"})
        await _obey(server, commands, say)


def _commands(pipe: FileIO) -> "asyncio.Queue[str]":
    """What the parent says, as it comes. SIGTERM and Ctrl-C say "drain"."""
    heard: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def hear(command: str) -> None:
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(heard.put_nowait, command)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: hear("drain"))
    threading.Thread(target=_listen, args=(pipe, hear), name="stepwire-leash", daemon=True).start()
    return heard


def _listen(pipe: FileIO, hear: Callable[[str], None]) -> None:
    """Hand on every line, and end this process some time after the last: nobody else would if an environment blocks it.

    A thread of its own, which also hears of the parent's end while the event loop is stuck.
    """
    while line := pipe.readline():
        hear(line.decode().strip())
    hear("stop")
    time.sleep(STOP_SECONDS)
    os._exit(1)


async def _obey(server: "Server", commands: "asyncio.Queue[str]", say: Say) -> None:
    under_way: dict[str, asyncio.Task[None]] = {}
    while (command := await commands.get()) != "stop":
        match command.split():
            case ["status", number]:
                say(int(number), {"answer": server.status()})
            case ["games", number]:
                under_way["games"] = asyncio.create_task(_await_games(server, int(number), say))
            case ["drain"] if "drain" not in under_way:
                under_way["drain"] = asyncio.create_task(_drain(server, commands))
    for task in under_way.values():
        task.cancel()
    await asyncio.gather(*under_way.values(), return_exceptions=True)


async def _await_games(server: "Server", number: int, say: Say) -> None:
    try:
        await server.games_ready()
    except ConfigError as error:
        say(number, {"refused": str(error)})
    else:
        say(number, {"answer": None})


async def _drain(server: "Server", commands: "asyncio.Queue[str]") -> None:
    await server.drain()
    commands.put_nowait("stop")


if __name__ == "__main__":
    sys.exit(main())
