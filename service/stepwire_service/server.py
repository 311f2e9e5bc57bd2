"""Composition root: builds catalog, sessions and fronts from settings; starts them in order and stops them in reverse.

Knows every other part by its constructor and none by its insides.
"""

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import stepwire
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.dialects.wemi import Declaration, declarations
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.lobby import GameStatus, Lobby
from stepwire_service import addresses, web
from stepwire_service.catalog import Catalog, GameSource, GymSource, GymVecSource
from stepwire_service.fronts.messages import CONTRACT_VERSION, write_limits
from stepwire_service.fronts.rpc import EnvFront, Listener
from stepwire_service.hosting import hosted_games, hosts
from stepwire_service.sessions import Sessions
from stepwire_service.settings import ConfigError, Settings
from stepwire_service.sharing import Place
from stepwire_service.tokens import read_tokens

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"


class Server:
    """A whole service in the running event loop: an async context manager, started inside and stopped on leaving.

    Args:
        settings: Its own; of several processes see `stepwire_service.sharing.share`.
        place: Which one of several processes it is; None where there is but one.

    Attributes:
        address: Where gRPC listens, with the port that was picked where the settings say 0.
        games_address: Where games dial in.
        web_address: Where the web port listens; "" for nowhere.
    """

    def __init__(self, settings: Settings, place: Place | None = None) -> None:
        self._settings = settings
        self._place = place
        self._tokens = read_tokens(settings.token_file)
        addresses.check_exposure(settings, self._tokens)
        self._hosted = hosted_games(settings.games)
        self._parts = AsyncExitStack()
        self._started = time.monotonic()
        self._lobby = Lobby(processes=len(place.endpoints) if place else 1)
        self._catalog = Catalog(
            {"game": GameSource(self._lobby), "gym": GymSource(settings), "gymvec": GymVecSource(settings)}
        )
        self._sessions = Sessions(self._catalog, settings)
        self.address = self.games_address = self.web_address = ""

    async def __aenter__(self) -> "Server":
        """Start listening.

        Raises:
            ConfigError: An address that cannot be listened on.
        """
        try:
            await self._start()
        except BaseException:
            await self._parts.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._parts.aclose()

    async def drain(self) -> None:
        """Say that the server is about to stop, take no new sessions, and wait for the running ones: `drain_time`."""
        logger.info("draining: sessions have %g s", self._settings.drain_time)
        await self._rpc.say_leaving()
        await self._sessions.drain(self._settings.drain_time)

    async def games_ready(self) -> None:
        """Wait until every game of the setting `games` has said hello.

        Raises:
            ConfigError: They have not within `make_deadline`.
        """
        wanted = sum(game.instances for game in self._hosted)
        try:
            async with asyncio.timeout(self._settings.make_deadline):
                await self._lobby.until_connected(wanted)
        except TimeoutError as error:
            names = " ".join(self._settings.games)
            raise ConfigError(f"games {names}: not all of them have started; the log says more.") from error

    def status(self) -> dict[str, Any]:
        """What /status shows."""
        return {
            "version": stepwire.__version__,
            "contract_version": CONTRACT_VERSION,
            "uptime_seconds": round(time.monotonic() - self._started, 3),
            "draining": self._sessions.draining,
            "sessions": len(self._sessions),
            "max_sessions": self._settings.max_sessions,
            "envs": self._sessions.envs,
            "games": [_shown(game) for game in self._lobby.describe()],
        }

    def info(self) -> pb.GetServerInfoResponse:
        """What GetServerInfo answers."""
        response = pb.GetServerInfoResponse(version=stepwire.__version__, contract_version=CONTRACT_VERSION)
        write_limits(response.limits, self._settings)
        response.load.sessions = len(self._sessions)
        response.load.envs = self._sessions.envs
        response.load.games = sum(game.connections for game in self._lobby.describe())
        response.load.draining = self._sessions.draining
        response.endpoints.extend(self._place.endpoints if self._place else ())
        return response

    async def _status_page(self) -> dict[str, Any]:
        return self.status()

    # ── starting, from the inside out ──

    async def _start(self) -> None:
        await self._start_rpc()  # stopped last, after the sessions have ended their streams with a reason
        await self._start_games()
        await self._parts.enter_async_context(self._sessions)
        await self._rpc.say_ready()
        logger.info("listening: gRPC on %s, games on %s", self.address, self.games_address)

    async def _start_rpc(self) -> None:
        place, limit = self._place, self._settings.max_message_bytes
        endpoint = place.endpoint if place else ""
        front = EnvFront(self._sessions, self._catalog, self._settings, self._tokens, self.info, endpoint)
        own = place.own if place else None
        self._rpc = Listener(self._settings.address, front, max_message_bytes=limit, own=own)
        self.address = self._rpc.address
        await self._rpc.start()
        self._parts.push_async_callback(self._rpc.stop)

    async def _start_games(self) -> None:
        origins = set(self._settings.allowed_origins)
        games = Games(
            self._lobby,
            terms=Terms(max_message_bytes=self._settings.max_message_bytes, tokens=frozenset(self._tokens)),
            allowed_origins=origins,
            max_games=self._settings.max_games,
            wemi=_wemi_games(self._settings.wemi_file),
            wemi_default=self._settings.wemi_default,
        )
        self._parts.push_async_callback(games.close)
        host, port = addresses.split(self._settings.games_address)
        with addresses.naming("games_address", self._settings.games_address):
            await games.start(host, port, shared=self._place is not None)
        self.games_address = addresses.join(host, games.port)
        for url in self._settings.dial_games:
            games.dial(url)
        if self._hosted:
            await self._start_hosts(games)
        if self._settings.web_address:
            await self._start_web()
            origins |= addresses.origins(self.web_address)

    async def _start_hosts(self, games: Games) -> None:
        """Start the setting's games; where the games port is shared, they dial one that leads here for sure."""
        own = addresses.join(LOOPBACK, await games.start(LOOPBACK, 0)) if self._place else self.games_address
        running = hosts(own, self._tokens)
        self._parts.push_async_callback(running.close)
        for game in self._hosted:
            running.start(game)

    async def _start_web(self) -> None:
        with addresses.naming("web_address", self._settings.web_address):
            listening = await web.listen(
                self._settings.web_address,
                games_url=f"ws://{self.games_address}",
                serving=lambda: not self._sessions.draining,
                status=self._status_page,
            )
        self._parts.push_async_callback(listening.close)
        self.web_address = listening.address


def _wemi_games(file: Path | None) -> dict[str, Declaration]:
    if file is None:
        return {}
    try:
        return declarations(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"wemi_file {file}: {error}") from error


def _shown(game: GameStatus) -> dict[str, Any]:
    return {
        "env_id": f"game:{game.spec.name}",
        "connections": game.connections,
        "instances": game.instances,
        "free": game.free,
    }
