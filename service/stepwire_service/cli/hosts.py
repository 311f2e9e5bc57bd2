"""`stepwire host --url`: hosts without a server, in the foreground, for one that runs elsewhere."""

import asyncio
import logging
import re

from stepwire_service import logs
from stepwire_service.cli import console
from stepwire_service.cli.exits import USAGE, CommandError
from stepwire_service.cli.signals import first_signal, signals
from stepwire_service.hosting import hosts, wanted_games
from stepwire_service.settings import Settings
from stepwire_service.tokens import read_tokens

logger = logging.getLogger(__name__)


def run_hosts(settings: Settings, url: str, resolve_every: float | None) -> None:
    """Run the setting's games until Ctrl-C or SIGTERM.

    Raises:
        ConfigError: A game that there is not, or settings that cannot be.
        CommandError: The URL is none of a WebSocket, or a game cannot start.
    """
    if not re.match("wss?://.", url):
        raise CommandError(f"--url is {url!r}, expected ws://HOST:PORT or wss://…", code=USAGE)
    asyncio.run(_run(settings, url, resolve_every))


async def _run(settings: Settings, url: str, resolve_every: float | None) -> None:
    logs.configure(settings.log_level, settings.log_format)
    wanted = wanted_games(settings)
    options = [] if resolve_every is None else ["--resolve-every", str(resolve_every)]
    running = hosts(url, settings, read_tokens(settings.token_file), options)
    arrived = signals()
    try:
        started = [running.start(game) for one in wanted for game in one.games]
        if settings.log_format == "text":
            console.out().print(_welcome(settings, url, len(started)))
        await first_signal(arrived, [host.failed for host in started])
    finally:
        await running.close()


def _welcome(settings: Settings, url: str, processes: int) -> str:
    games = " ".join(settings.games)
    return f"stepwire hosts {games} in {processes} processes, for the server at {url}. Ctrl-C stops them."
