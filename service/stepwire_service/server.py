"""Composition root: builds catalog, sessions and fronts from settings; starts them in order and stops them in reverse.

Knows every other part by its constructor and none by its insides.
"""

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from dataclasses import asdict
from typing import Any

import stepwire
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.hosts import Host, Hosts, HostStatus
from stepwire_bridge.lobby import GameStatus, Lobby
from stepwire_bridge.udp_games import UdpGames
from stepwire_service import addresses, web
from stepwire_service.catalog import Catalog, GameSource, GymSource, GymVecSource, OnDemand, by_game
from stepwire_service.declaring import declared_games
from stepwire_service.fronts import gymie
from stepwire_service.fronts.messages import CONTRACT_VERSION, write_limits
from stepwire_service.fronts.rpc import EnvFront, Listener
from stepwire_service.hosting import hosts, url_of, wanted_games
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
        gymie_address: Where agents connect that speak Gymie's protocol; "" for nowhere.
    """

    def __init__(self, settings: Settings, place: Place | None = None) -> None:
        self._settings = settings
        self._place = place
        self._tokens = read_tokens(settings.token_file)
        addresses.check_exposure(settings, self._tokens)
        self._wanted = wanted_games(settings)
        hosted = [wanted.declaration for wanted in self._wanted if wanted.declaration is not None]
        self._declared = declared_games(settings, hosted, is_alone=place is None)
        self._parts = AsyncExitStack()
        self._started = time.monotonic()
        self._lobby = Lobby(processes=len(place.endpoints) if place else 1)
        self._udp_lobby = Lobby()
        self._games = self._new_games()
        self._hosts: Hosts | None = None
        self._first_host = asyncio.Lock()
        self._started_hosts: list[Host] = []
        self._on_demand = OnDemand(self._lobby, settings, self._running_hosts, self._games.declare)
        game_source = GameSource(self._lobby, self._on_demand, self._host_statuses)
        self._catalog = Catalog(
            {
                "game": game_source,
                "udp": GameSource(self._udp_lobby, prefix="udp"),
                "gym": GymSource(settings),
                "gymvec": GymVecSource(settings),
            }
        )
        self._sessions = Sessions(self._catalog, settings)
        self.address = self.games_address = self.web_address = self.gymie_address = ""

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
        if not self._wanted:
            return
        count, seconds = sum(wanted.instances for wanted in self._wanted), self._settings.make_deadline
        connected = asyncio.create_task(self._lobby.until_connected(count))
        failures = [host.failed for host in self._started_hosts]
        ends: list[asyncio.Future[Any]] = [connected, *failures]
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not connected.done():
            connected.cancel()
            why = "; ".join(failure.result() for failure in failures if failure.done()) or "the log says more"
            raise ConfigError(f"games {' '.join(self._settings.games)}: not all of them have started; {why}.")

    async def game_ids(self) -> list[str]:
        """The ids of the games that are connected."""
        return [f"game:{game.spec.name}" for game in self._lobby.describe()]

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
            "games": self._games_shown(),
        }

    def info(self) -> pb.GetServerInfoResponse:
        """What GetServerInfo answers."""
        response = pb.GetServerInfoResponse(version=stepwire.__version__, contract_version=CONTRACT_VERSION)
        write_limits(response.limits, self._settings)
        response.load.sessions = len(self._sessions)
        response.load.envs = self._sessions.envs
        response.load.games = sum(game.connections for game in [*self._lobby.describe(), *self._udp_lobby.describe()])
        response.load.draining = self._sessions.draining
        response.endpoints.extend(self._place.endpoints if self._place else ())
        return response

    def _games_shown(self) -> list[dict[str, Any]]:
        connected = {game.spec.name: game for game in self._lobby.describe()}
        hosts = by_game(self._host_statuses())
        names = sorted({*connected, *hosts})
        shown = [_shown(f"game:{name}", connected.get(name), hosts.get(name, ())) for name in names]
        return shown + [_shown(f"udp:{game.spec.name}", game, ()) for game in self._udp_lobby.describe()]

    async def _status_page(self) -> dict[str, Any]:
        return self.status()

    # ── starting, from the inside out ──

    async def _start(self) -> None:
        await self._start_rpc()  # stopped last, after the sessions have ended their streams with a reason
        await self._start_games()
        await self._parts.enter_async_context(self._sessions)
        if self._settings.gymie_address:
            await self._start_gymie()
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

    async def _start_gymie(self) -> None:
        settings = self._settings
        terms = gymie.Terms(self._sessions, self._catalog, settings, stepwire.__version__, self._tokens, self._origins)
        with addresses.naming("gymie_address", settings.gymie_address):
            listening = await gymie.listen(settings.gymie_address, terms, shared=self._place is not None)
        self._parts.push_async_callback(listening.close)
        self.gymie_address = listening.address

    def _new_games(self) -> Games:
        settings = self._settings
        self._origins = set(settings.allowed_origins)
        return Games(
            self._lobby,
            terms=Terms(max_message_bytes=settings.max_message_bytes, tokens=frozenset(self._tokens)),
            allowed_origins=self._origins,
            max_games=settings.max_games,
            declared=self._declared,
            default_game=settings.default_game,
        )

    async def _start_games(self) -> None:
        games = self._games
        self._parts.push_async_callback(games.close)
        host, port = addresses.split(self._settings.games_address)
        with addresses.naming("games_address", self._settings.games_address):
            await games.start(host, port, shared=self._place is not None)
        self.games_address = addresses.join(host, games.port)
        for url in self._settings.dial_games:
            games.dial(url)
        for declaration in self._declared.values():
            if declaration.url:
                games.dial(declaration.url, declaration)
        await self._start_udp_games()
        self._parts.push_async_callback(self._close_hosts)
        if self._wanted:
            await self._start_hosts()
        if self._settings.web_address:
            await self._start_web()
            self._origins |= addresses.origins(self.web_address)

    async def _start_udp_games(self) -> None:
        wanted = [declaration for declaration in self._declared.values() if declaration.prefix == "udp"]
        udp_games = UdpGames(Games(self._udp_lobby, max_games=self._settings.max_games))
        self._parts.push_async_callback(udp_games.close)
        for declaration in wanted:
            with addresses.naming("games_file", f"[{declaration.name}]"):
                await udp_games.start(declaration)

    # ── hosts ──

    async def _start_hosts(self) -> None:
        """Start the setting's games."""
        running = await self._running_hosts()
        for wanted in self._wanted:
            if wanted.declaration is not None:
                self._games.declare(wanted.declaration)
            self._started_hosts += [running.start(game) for game in wanted.games]

    async def _running_hosts(self) -> Hosts:
        """The hosts of this server, from when the first is wanted.

        Where the games port is shared, they dial one that leads here for sure.
        """
        async with self._first_host:
            if self._hosts is None:
                own = addresses.join(LOOPBACK, await self._games.start(LOOPBACK, 0)) if self._place else None
                self._hosts = hosts(url_of(own or self.games_address), self._settings, self._tokens)
                self._games.watch = self._hosts
        return self._hosts

    def _host_statuses(self) -> list[HostStatus]:
        return self._hosts.statuses() if self._hosts else []

    async def _close_hosts(self) -> None:
        await self._on_demand.close()
        if self._hosts is not None:
            await self._hosts.close()

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


def _shown(env_id: str, game: GameStatus | None, hosts: tuple[HostStatus, ...]) -> dict[str, Any]:
    """What /status says of a game that is connected, or is only being started."""
    return {
        "env_id": env_id,
        "connections": game.connections if game else 0,
        "instances": game.instances if game else 0,
        "free": game.free if game else 0,
        "hosts": [{key: value for key, value in asdict(host).items() if key != "game"} for host in hosts],
    }
