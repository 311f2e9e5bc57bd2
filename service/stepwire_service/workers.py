"""Several server processes behind one address: starts them, watches them, and speaks for all of them.

    trainers ──► shared port ──┬──► worker 0, on a port of its own besides ──► its sessions, its games
                 (the kernel)  └──► worker 1, on a port of its own besides ──► its sessions, its games

This process takes no connection but those of the web port, and loads no gRPC: workers are fresh processes, since gRPC
survives no fork. Knows addresses and processes; sessions and games are the workers'.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import stepwire
from stepwire_service import addresses, sharing, web
from stepwire_service.doors import Link, Port
from stepwire_service.keeper import Keeper, WorkerGone
from stepwire_service.settings import Settings
from stepwire_service.sharing import Place
from stepwire_service.worker import Briefing

logger = logging.getLogger(__name__)


class Workers:
    """As `stepwire_service.server.Server`, but in processes of their own: `settings.workers` of them.

    Attributes:
        address: Where gRPC listens, with the port that was picked where the settings say 0.
        games_address: Where games dial in.
        web_address: Where the web port listens; "" for nowhere.
        gymie_address: Where agents connect that speak Gymie's protocol; "" for nowhere.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keepers: list[Keeper] = []
        self._own: list[str] = []
        self._link: Link | None = None
        self._parts = AsyncExitStack()
        self._started = time.monotonic()
        self._draining = False
        self.address = self.games_address = self.web_address = self.gymie_address = ""

    async def __aenter__(self) -> "Workers":
        """Start all workers, and wait until they listen.

        Raises:
            ConfigError: An address that cannot be listened on, or settings that cannot be.
        """
        try:
            await self._start()
        except BaseException:
            await self._parts.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._draining = True
        await self._parts.aclose()

    async def drain(self) -> None:
        """Let every worker say that it is about to stop, and wait for the end of their sessions: `drain_time`."""
        logger.info("draining: sessions have %g s", self._settings.drain_time)
        self._draining = True
        await asyncio.gather(*(keeper.drain() for keeper in self._keepers))

    async def games_ready(self) -> None:
        """Wait until every game of the setting `games` has said hello to its worker.

        Raises:
            ConfigError: They have not within `make_deadline`.
        """
        await asyncio.gather(*(keeper.ask("games") for keeper in self._keepers))

    async def status(self) -> Mapping[str, Any]:
        """What /status shows: the sums, and each worker's own under "workers"; null for one that is not up."""
        each = await asyncio.gather(*map(_status, self._keepers))
        up = [status for status in each if status is not None]
        return {
            "version": stepwire.__version__,
            "uptime_seconds": round(time.monotonic() - self._started, 3),
            "draining": self._draining,
            **{name: sum(status[name] for status in up) for name in ("sessions", "max_sessions", "envs")},
            "games": _summed(game for status in up for game in status["games"]),
            "workers": each,
        }

    async def game_ids(self) -> list[str]:
        """The ids of the games that are connected to any of the workers."""
        return [game["env_id"] for game in (await self.status())["games"] if game["connections"]]

    # ── starting ──

    async def _start(self) -> None:
        self._take_addresses()
        if self._settings.web_address:
            await self._start_web()
        settings = self._shared_settings()
        endpoints = tuple(map(sharing.told, self._own))
        for index, own in enumerate(self._own):
            briefing = Briefing(sharing.share(settings, index), Place(index, own, endpoints))
            self._keepers.append(Keeper(briefing, self._relink))
        self._parts.push_async_callback(self._close_workers)
        await self._start_workers()
        logger.info(
            "listening: gRPC on %s with %d workers, games on %s", self.address, len(self._own), self.games_address
        )

    def _take_addresses(self) -> None:
        settings = self._settings
        own = [sharing.own_address(settings, index) for index in range(settings.workers)]
        if settings.address.startswith("unix:"):
            self._link = Link("address", settings.address)
            self._parts.callback(self._link.close)
            self.address, self._own = settings.address, own
        else:
            self.address = self._hold("address", settings.address)
            self._own = [self._hold("worker_ports", address) for address in own]
        self.games_address = self._hold("games_address", settings.games_address)
        if settings.gymie_address:
            self.gymie_address = self._hold("gymie_address", settings.gymie_address)

    def _hold(self, setting: str, address: str) -> str:
        port = Port(setting, address)
        self._parts.callback(port.close)
        return port.address

    async def _start_web(self) -> None:
        with addresses.naming("web_address", self._settings.web_address):
            listening = await web.listen(
                self._settings.web_address,
                games_url=f"ws://{self.games_address}",
                serving=lambda: not self._draining and any(keeper.up for keeper in self._keepers),
                status=self.status,
            )
        self._parts.push_async_callback(listening.close)
        self.web_address = listening.address

    def _shared_settings(self) -> Settings:
        """The settings with the addresses that were picked, and our own web pages among those that games may be on."""
        origins = addresses.origins(self.web_address) if self.web_address else ()
        return replace(
            self._settings,
            address=self.address,
            games_address=self.games_address,
            gymie_address=self.gymie_address,
            allowed_origins=(*self._settings.allowed_origins, *origins),
        )

    async def _start_workers(self) -> None:
        """All at once; where one cannot be started, none is."""
        starting = [asyncio.create_task(keeper.start()) for keeper in self._keepers]
        try:
            await asyncio.gather(*starting)
        finally:
            for task in starting:
                task.cancel()
            await asyncio.gather(*starting, return_exceptions=True)

    async def _close_workers(self) -> None:
        await asyncio.gather(*(keeper.close() for keeper in self._keepers))

    def _relink(self) -> None:
        """Let a shared Unix path lead to a worker that is up."""
        up = [own for own, keeper in zip(self._own, self._keepers, strict=True) if keeper.up]
        if self._link is not None and up:
            self._link.lead_to(up[0])


async def _status(keeper: Keeper) -> Any:
    try:
        return await keeper.ask("status")
    except WorkerGone:
        return None


def _summed(games: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The games of all workers by id, with the sum of everything that is a number, and all their hosts."""
    sums: dict[str, Counter[str]] = {}
    hosts: dict[str, list[Any]] = {}
    for game in games:
        env_id = game["env_id"]
        figures = {name: value for name, value in game.items() if name not in ("env_id", "hosts")}
        sums.setdefault(env_id, Counter()).update(figures)
        hosts.setdefault(env_id, []).extend(game["hosts"])
    return [{"env_id": env_id, **sums[env_id], "hosts": hosts[env_id]} for env_id in sorted(sums)]
