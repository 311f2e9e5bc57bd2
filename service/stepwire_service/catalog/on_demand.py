"""Games that a client names by their folder, "game:./path/to/game": their hosts are started when they are wanted.

Knows which folders a client may name, how many instances are wanted and who still holds some; the hosts themselves, and
what a description means, are others'.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.declared import Declaration
from stepwire_bridge.faults import AtCapacity, Fault, GameFailed, InvalidOptions, NoGameWaiting, UnknownEnv
from stepwire_bridge.hosts import Host, Hosts
from stepwire_bridge.lobby import Lobby
from stepwire_service import descriptions, hosting
from stepwire_service.assets import MissingAsset
from stepwire_service.descriptions import BadDescription, Described
from stepwire_service.settings import ConfigError, Settings

logger = logging.getLogger(__name__)

LONGEST_NAME: Final = 200
"""Of a game, as its hello may say it."""


class OnDemand:
    """The games that clients have named by their folders, each with its hosts.

    Args:
        lobby: Where their instances will be.
        settings: Which folders may be named, how many processes there may be, and how long they live without a session.
        hosts: Gives the hosts of this server when the first is needed.
        declare: Tells the bridge of a game that speaks a protocol of its own.
    """

    def __init__(
        self,
        lobby: Lobby,
        settings: Settings,
        hosts: Callable[[], Awaitable[Hosts]],
        declare: Callable[[Declaration], None],
    ) -> None:
        self._lobby, self._settings = lobby, settings
        self._hosts, self._declare = hosts, declare
        self._games: dict[str, _Game] = {}
        self._stopping: set[asyncio.Task[None]] = set()

    @staticmethod
    def means(name: str) -> bool:
        """Whether a game's name is a path."""
        return name.startswith(("./", "../", "/")) or name in (".", "..")

    async def known_as(self, name: str) -> str:
        """The name by which the lobby knows a game, or will once it is started.

        Raises:
            UnknownEnv: There is no such game, or the settings do not allow it.
            InvalidOptions: Its description has problems.
        """
        game = await self._find(name)
        self._rest(game)
        return game.name

    async def lease(
        self, name: str, count: int, lease: Callable[[str], Awaitable[list[RemoteBackend]]]
    ) -> list[RemoteBackend]:
        """Start hosts as far as they are needed, and give the backends that `lease` gives for the lobby's name.

        The game counts as used until each of them is closed.

        Raises:
            GameFailed: The game does not start.
            AtCapacity: There would be more hosts than there may be games.
            Fault: See `known_as`, and what `lease` raises.
        """
        game = await self._find(name)
        game.enter()
        game.awaited += count
        try:
            await self._provide(game)
            backends = await _unless_it_fails(game, lease(game.name))
        except BaseException:
            self._leave(game.name)
            await self._drop_failed(game)
            raise
        finally:
            game.awaited -= count
        game.users += len(backends) - 1
        for backend in backends:
            backend.on_close = lambda: self._leave(game.name)
        return backends

    def _leave(self, name: str) -> None:
        """Somebody uses that game no more; when it was the last one, its hosts are stopped after a time."""
        game = self._games.get(name)
        if game is not None:
            game.users -= 1
            self._rest(game)

    async def close(self) -> None:
        """Forget all games; their hosts are stopped by whoever stops all hosts."""
        for game in self._games.values():
            game.wake()
        self._games.clear()
        await asyncio.gather(*self._stopping, return_exceptions=True)

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _find(self, name: str) -> "_Game":
        path = allowed(name, self._settings.game_folders)
        known = _named(path)
        if known not in self._games:
            described = await asyncio.to_thread(_described, path, name, self._settings.game_folders)
            self._games.setdefault(known, _Game(known, described))
        return self._games[known]

    # ── hosts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _provide(self, game: "_Game") -> None:
        """Start what is missing beside what is leased and awaited."""
        hosts = await self._hosts_for(game)
        missing = self._leased(game.name) + game.awaited - game.instances
        if missing > 0:
            wanted = hosting.described_game(game.described, missing, self._settings, game.name)
            self._check_room(len(hosts) + len(wanted.games))
            if wanted.declaration is not None:
                self._declare(wanted.declaration)
            game.hosts += [hosts.start(hosted) for hosted in wanted.games]
            logger.info("game:%s: started %d instances in %d processes", game.name, missing, len(wanted.games))
        self._rest(game)

    async def _hosts_for(self, game: "_Game") -> Hosts:
        try:
            return await self._hosts()
        except ConfigError as error:
            raise UnknownEnv(f"game:{game.name}", str(error)) from error

    def _check_room(self, count: int) -> None:
        if count > self._settings.max_games:
            raise AtCapacity("game connections", self._settings.max_games, "max_games")

    def _leased(self, name: str) -> int:
        return sum(status.instances - status.free for status in self._lobby.describe() if status.spec.name == name)

    def _rest(self, game: "_Game") -> None:
        """Stop a game's hosts some time from now, if nobody uses them then."""
        game.wake()
        if game.users == 0:
            later = asyncio.get_running_loop().call_later
            game.resting = later(self._settings.host_idle_time, self._stop, game)

    def _stop(self, game: "_Game") -> None:
        logger.info("game:%s: nobody has used it for %g s, and it is stopped", game.name, self._settings.host_idle_time)
        self._games.pop(game.name, None)
        task = asyncio.create_task(self._retire(game))
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)

    async def _drop_failed(self, game: "_Game") -> None:
        """Forget hosts that cannot start, and a game that has no others: its description may be mended."""
        failed = [host for host in game.hosts if host.failed.done()]
        if not failed:
            return
        game.hosts = [host for host in game.hosts if host not in failed]
        if not game.hosts and self._games.get(game.name) is game:
            game.wake()
            del self._games[game.name]
        await (await self._hosts()).stop(failed)

    async def _retire(self, game: "_Game") -> None:
        retired, game.hosts = game.hosts, []
        await (await self._hosts()).stop(retired)


class _Game:
    """A game that a client has named, and its hosts.

    Attributes:
        name: The lobby's.
        described: What it is.
        hosts: Those that were started and not stopped.
        users: Sessions that hold instances, or wait for some.
        awaited: Instances that are waited for.
        resting: What stops the hosts when nobody has used them for a time.
    """

    def __init__(self, name: str, described: Described) -> None:
        self.name, self.described = name, described
        self.hosts: list[Host] = []
        self.users = self.awaited = 0
        self.resting: asyncio.TimerHandle | None = None

    @property
    def instances(self) -> int:
        """In all hosts that run, or will again."""
        return sum(host.instances for host in self.hosts if not host.failed.done())

    def enter(self) -> None:
        """Somebody uses it."""
        self.users += 1
        self.wake()

    def wake(self) -> None:
        """Do not stop it for now."""
        if self.resting is not None:
            self.resting.cancel()
            self.resting = None

    def failure(self, why: str) -> Fault:
        """What to tell whoever waits for it when it does not start."""
        return GameFailed(self.name, "start", why or "its log says more")


async def _unless_it_fails(game: _Game, leased: Awaitable[list[RemoteBackend]]) -> list[RemoteBackend]:
    """What is leased, or a fault when a host says that it cannot start, or none has said hello in time."""
    leasing = asyncio.ensure_future(leased)
    try:
        ends: list[asyncio.Future[Any]] = [leasing, *(host.failed for host in game.hosts)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if not leasing.done():
            raise game.failure(next(host.failed.result() for host in game.hosts if host.failed.done()))
        return leasing.result()
    except NoGameWaiting as error:
        if error.free or game.name in error.connected.split(", "):
            raise
        raise game.failure(" ".join(host.last_words for host in game.hosts)) from error
    finally:
        leasing.cancel()


def allowed(name: str, folders: Sequence[Path]) -> Path:
    """The path that a client means, with its symbolic links followed.

    Raises:
        UnknownEnv: It is not below any of the folders, there is nothing, or it is a module.
    """
    env_id = f"game:{name}"
    if not name.isprintable():
        raise UnknownEnv(env_id, "A path has no control characters.")
    path = Path(os.path.realpath(name))
    if not is_below(path, folders):
        raise UnknownEnv(env_id, "The server's setting game_folders does not allow it.")
    if not path.exists():
        raise UnknownEnv(env_id, f"There is no file or folder {path}.")
    if path.is_file() and descriptions.source_of(path) is None:
        raise UnknownEnv(env_id, "A module is started by whoever runs the server: `stepwire host`.")
    if len(_named(path)) > LONGEST_NAME:
        raise UnknownEnv(env_id, f"A game's path has at most {LONGEST_NAME} characters.")
    return path


def is_below(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a real path is one of the folders or inside one."""
    return any(path.is_relative_to(os.path.realpath(folder)) for folder in folders)


def _named(path: Path) -> str:
    """What the lobby calls it: from the working directory where it is below that."""
    here = Path.cwd().resolve()
    if path == here:
        return "."
    return f"./{path.relative_to(here).as_posix()}" if path.is_relative_to(here) else path.as_posix()


def _described(path: Path, name: str, folders: Sequence[Path]) -> Described:
    try:
        described = descriptions.describe(path, trusted=False)
    except (BadDescription, MissingAsset) as error:
        raise InvalidOptions("env_id", f"game:{name}: {error}", "a game whose description has no problems") from error
    for place in (described.root, *described.mounts):
        if not is_below(place, folders):
            raise UnknownEnv(
                f"game:{name}", f"The server's setting game_folders does not allow {place}, which it needs."
            )
    if link := _link_outside(described.root, folders):
        raise UnknownEnv(f"game:{name}", f"The server's setting game_folders does not allow what {link} leads to.")
    if described.fields.get("driver") == "chromium" and described.source.suffix in (".js", ".mjs"):
        raise UnknownEnv(f"game:{name}", "Where a browser runs the game, its description must be TOML or JSON.")
    return described


def _link_outside(root: Path, folders: Sequence[Path]) -> Path | None:
    """A symbolic link by which the game would read what no client may name: Node follows those it finds."""
    for folder, subfolders, files in os.walk(root):
        for entry in (*subfolders, *files):
            path = Path(folder, entry)
            if path.is_symlink() and not is_below(Path(os.path.realpath(path)), folders):
                return path
    return None
