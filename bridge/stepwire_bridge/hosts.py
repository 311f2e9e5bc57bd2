"""The hosts of one bridge: the programs on this machine that run games without a window and dial the bridge.

Starts them, finds them by what the bridge knows of them, says how they are, and stops them. What becomes of a single
one is `host`'s.
"""

import asyncio
import contextlib
from collections.abc import Sequence

from stepwire_bridge.host import Host, HostStatus
from stepwire_bridge.launching import HostedGame, Launch

__all__ = ["Host", "HostStatus", "HostedGame", "Hosts", "Launch"]


class Hosts:
    """The hosts of one bridge. `start` adds one, `close` stops them all."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._hosts: dict[str, Host] = {}
        self._running: dict[Host, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        """How many there are, those included that are about to be started again."""
        return len(self._running)

    def start(self, game: HostedGame) -> Host:
        """Start a host for a game and keep it running. Its instances are in the lobby as soon as it has said hello."""
        host = Host(game, self._launch)
        self._hosts[host.key] = host
        self._running[host] = task = asyncio.create_task(host.keep_running())
        task.add_done_callback(lambda _: self._running.pop(host, None))
        return host

    async def stop(self, hosts: Sequence[Host]) -> None:
        """Stop some of them; those that do not stop by themselves are killed. May be called twice."""
        tasks = [self._running[host] for host in hosts if host in self._running]
        for host in hosts:
            self._hosts.pop(host.key, None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop all of them. May be called twice."""
        await self.stop(list(self._running))

    def statuses(self) -> list[HostStatus]:
        """How those are that run or will again, by game and in the order in which they were started."""
        return sorted((host.status() for host in self._hosts.values()), key=lambda status: status.game)

    # ── what the bridge tells ────────────────────────────────────────────────────────────────────────────────────────

    def joined(self, key: str, game: str) -> None:
        """A connection of this host has said what its game is called."""
        with contextlib.suppress(KeyError):
            self._hosts[key].game = game

    def silent(self, key: str) -> None:
        """A connection of this host was closed because nothing was heard of it in time."""
        with contextlib.suppress(KeyError):
            self._hosts[key].suspect()
