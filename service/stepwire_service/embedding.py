"""A whole service inside a Python process, for notebooks, tests and the demo.

    with embedded(games=("snake=16",)) as address:
        env = stepwire.RemoteEnv("game:snake", address=address)

It runs in a thread of its own with an event loop of its own, so that it goes on while the caller computes, and opens
the environments that the caller has registered. Processes that are forked while it runs reach no server at all, which
is a limit of gRPC's: start them with "spawn", as in `AsyncVectorEnv(..., context="spawn")`, or use `stepwire serve`.

With `workers=2` or more it runs in so many processes instead. These know only the environments that importing Gymnasium
registers, and those of the modules that `gym_allow` lists.
"""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from stepwire_service import pinning
from stepwire_service.server import Server
from stepwire_service.service import Service, service
from stepwire_service.settings import Settings

ANYWHERE = "127.0.0.1:0"


@contextmanager
def embedded(**settings: Any) -> Iterator[str]:
    """Run a service, and give its gRPC address once all the games it was told to start are connected.

    Args:
        **settings: See `Settings`. Unlike there, all ports are picked freely and there is no web port by default.

    Yields:
        host:port, for `address=...` of the client.

    Raises:
        ConfigError: Settings that cannot be, or games that do not start.
    """
    with _threaded(settings) as service:
        yield service.address


@contextmanager
def running(**settings: Any) -> Iterator[Server]:
    """As `embedded`, but gives the server, with the addresses of all its ports. Call none of its coroutines.

    Raises:
        TypeError: Several workers are no server in this process.
    """
    with _threaded(settings) as service:
        if not isinstance(service, Server):
            raise TypeError("several workers are no server in this process: use embedded().")
        yield service


@contextmanager
def _threaded(settings: dict[str, Any]) -> Iterator[Service]:
    quiet = {"log_level": "WARNING"}  # of workers: what they log cannot go through the caller's own logging
    wanted = Settings(**{"address": ANYWHERE, "games_address": ANYWHERE, "web_address": "", **quiet, **settings})
    started: Future[tuple[Service, asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=_run, args=(wanted, started), name="stepwire-embedded", daemon=True)
    thread.start()
    running, loop, stop = started.result()
    try:
        yield running
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def _run(settings: Settings, started: "Future[Any]") -> None:
    try:
        if settings.pin and settings.workers == 1:  # workers pin themselves
            pinning.pin(0)
        asyncio.run(_serve(settings, started))
    except BaseException as error:
        if started.done():
            raise
        started.set_exception(error)


async def _serve(settings: Settings, started: "Future[Any]") -> None:
    stop = asyncio.Event()
    async with service(settings) as running:
        await running.games_ready()
        started.set_result((running, asyncio.get_running_loop(), stop))
        await stop.wait()
