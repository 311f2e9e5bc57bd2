"""Who may connect to the games port and what they are told, over real sockets."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.faults import GameGone, GameSilent
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.messages import Reset
from tests.bridge.toy import Foreign, Playing, ToyGame, joined
from tests.proxy import Proxy

Join = Callable[[ToyGame], Awaitable[Playing]]
PROTOCOL: Any = ["stepwire.v1"]

WEMI = declarations(
    """
    [flappy]
    dialect = "wemi"
    observation_space = {type = "Box", low = 0, high = 600, shape = [3]}
    action_space = {type = "Discrete", n = 2}
    reset_action = 3
    """
)


@asynccontextmanager
async def started(**kwargs: Any) -> AsyncIterator[tuple[Games, Lobby]]:
    lobby = Lobby()
    games = Games(lobby, **kwargs)
    await games.start("127.0.0.1", 0)
    try:
        yield games, lobby
    finally:
        await games.close()


async def refused(games: Games, path: str = "/", **kwargs: Any) -> tuple[int, str]:
    """What a connection that is not taken is told."""
    with pytest.raises(InvalidStatus) as raised:
        await connect(f"ws://127.0.0.1:{games.port}{path}", **kwargs)
    return raised.value.response.status_code, raised.value.response.body.decode()


# ── who may connect ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_game_that_dials_in_can_be_leased(lobby: Lobby, join: Join) -> None:
    await join(ToyGame(instances=3))
    assert sum(len(lease.instances) for lease in await lobby.lease("toy", 3, timeout=1)) == 3


async def test_games_on_a_shared_port_are_with_one_bridge_each_and_a_port_of_ones_own_reaches_that_one() -> None:
    async with started() as (one, lobby), started() as (other, other_lobby):
        shared = await one.start("127.0.0.1", 0, shared=True)
        assert await other.start("127.0.0.1", shared, shared=True) == shared
        for _ in range(8):
            await (await connect(f"ws://127.0.0.1:{shared}", subprotocols=PROTOCOL)).close()
        playing = await joined(one, ToyGame(instances=3))
        assert len(await lobby.lease("toy", 1, timeout=5)) == 1
        assert other_lobby.describe() == []
        await playing.leave()


async def test_a_web_page_of_an_unknown_origin_is_refused(games: Games) -> None:
    status, body = await refused(games, subprotocols=PROTOCOL, origin="https://evil.example")
    assert status == 403
    assert "https://evil.example" in body


async def test_a_web_page_of_an_allowed_origin_passes() -> None:
    origin: Any = "http://127.0.0.1:8080"
    origins: set[Any] = set()
    async with started(allowed_origins=origins) as (games, _):
        origins.add(origin)  # a web port that started later
        connection = await connect(f"ws://127.0.0.1:{games.port}", subprotocols=PROTOCOL, origin=origin)
        await connection.close()


async def test_a_connection_without_subprotocol_is_told_what_to_do(games: Games) -> None:
    status, body = await refused(games)
    assert status == 400
    assert "stepwire.v1" in body


async def test_a_browser_that_asks_for_a_page_is_told_what_this_is(games: Games) -> None:
    with pytest.raises(urllib.error.HTTPError) as raised:
        await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{games.port}/")
    assert raised.value.code == 426
    assert b"games connect" in raised.value.read()
    raised.value.close()


async def test_more_games_than_the_limit_are_refused() -> None:
    async with started(max_games=1) as (games, _):
        playing = await joined(games, toy := ToyGame())
        await toy.until_heard("welcome")
        status, body = await refused(games, subprotocols=PROTOCOL)
        assert (status, "max_games" in body) == (503, True)
        await playing.leave()


async def test_a_game_with_other_spaces_under_the_same_name_is_turned_away(games: Games, join: Join) -> None:
    await join(ToyGame())
    other = ToyGame(action_space={"type": "Discrete", "n": 9})
    playing = await joined(games, other)
    (fault,) = await other.until_heard("fault")
    assert fault["code"] == "BAD_HELLO"
    assert "action_space" in fault["message"]
    await playing.task


# ── WemiEnv games ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/wemi/flappy", "/"])
async def test_a_wemi_game_is_known_by_its_path_or_by_the_default(path: str) -> None:
    async with started(declared=WEMI, default_game="flappy") as (games, lobby):
        connection = await connect(f"ws://127.0.0.1:{games.port}{path}")
        await lobby.lease("flappy", 1, timeout=1)
        await connection.close()


@pytest.mark.parametrize("path", ["/wemi/chess", "/elsewhere", "/"])
async def test_an_undeclared_wemi_game_is_refused_and_told_which_are_declared_and_so_is_the_log(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with started(declared=WEMI) as (games, _):
        status, body = await refused(games, path)
        assert (status, "declared: /wemi/flappy" in body) == (400, True)
    assert f"nothing is declared at {path!r}, where a game dials (declared: /wemi/flappy)" in caplog.text


async def test_a_wemi_game_says_its_token_in_the_query() -> None:
    async with started(declared=WEMI, terms=Terms(tokens=frozenset({"right"}))) as (games, lobby):
        async with connect(f"ws://127.0.0.1:{games.port}/wemi/flappy?token=right"):
            await lobby.lease("flappy", 1, timeout=1)
        async with connect(f"ws://127.0.0.1:{games.port}/wemi/flappy?token=wrong") as connection:
            with pytest.raises(ConnectionClosed) as closed:
                await connection.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1008


# ── what ends a connection ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_message_over_the_limit_ends_the_game_and_names_the_limit() -> None:
    async with started(terms=Terms(max_message_bytes=2000)) as (games, lobby):
        playing = await joined(games, toy := ToyGame())
        (lease,) = await lobby.lease("toy", 1, timeout=1)
        toy.answer = lambda message: ["x" * 3000]
        asked = asyncio.create_task(lease.game.ask(Reset(lease.game.new_id(), [0], [None]), timeout=5))
        with pytest.raises(GameGone, match="max_message_bytes"):
            await asked
        await playing.task


async def test_a_half_open_idle_connection_is_noticed_in_time() -> None:
    async with started(terms=Terms(heartbeat_seconds=0.1, silence_seconds=1)) as (games, lobby):
        with Proxy(f"127.0.0.1:{games.port}") as proxy:
            connection = await connect(
                f"ws://{proxy.address}", subprotocols=PROTOCOL, ping_interval=None, close_timeout=0.1
            )
            task = asyncio.create_task((toy := ToyGame()).play(Foreign(connection)))
            await toy.until_heard("ping")
            over = asyncio.Event()
            (lease,) = await lobby.lease("toy", 1, timeout=1)
            lease.game.on_over = over.set
            proxy.freeze()
            started_at = time.monotonic()
            await over.wait()
            assert time.monotonic() - started_at < 10
            assert "nothing heard" in lease.game.over
            await connection.close()
            await task


async def test_a_game_whose_cable_is_pulled_in_mid_step_is_silent_at_the_deadline(games: Games, lobby: Lobby) -> None:
    with Proxy(f"127.0.0.1:{games.port}") as proxy:
        connection = await connect(
            f"ws://{proxy.address}", subprotocols=PROTOCOL, ping_interval=None, close_timeout=0.1
        )
        task = asyncio.create_task((toy := ToyGame()).play(Foreign(connection)))
        await toy.until_heard("welcome")
        (lease,) = await lobby.lease("toy", 1, timeout=1)
        proxy.freeze()
        started_at = time.monotonic()
        with pytest.raises(GameSilent):
            await lease.game.ask(Reset(lease.game.new_id(), [0], [None]), timeout=0.2)
        assert time.monotonic() - started_at < 5
        assert lobby.describe() == []
        await connection.close()
        await task


async def test_a_flood_by_one_game_leaves_the_others_alone(games: Games, lobby: Lobby, join: Join) -> None:
    await join(ToyGame())
    (lease,) = await lobby.lease("toy", 1, timeout=1)

    async def flood() -> None:
        connection = await connect(f"ws://127.0.0.1:{games.port}", subprotocols=PROTOCOL)
        hello = ToyGame(name="flooder").hello
        await connection.send(
            json.dumps(
                {
                    "type": "hello",
                    "protocol": 1,
                    "name": "flooder",
                    "observation_space": hello.observation_space,
                    "action_space": hello.action_space,
                }
            )
        )
        with pytest.raises(ConnectionClosed):
            for _ in range(10_000):
                await connection.send('{"type": "pong"}')
            await connection.recv()
            while True:
                await connection.recv()

    flooding = asyncio.create_task(flood())
    times = []
    for _ in range(200):
        before = time.monotonic()
        await lease.game.ask(Reset(lease.game.new_id(), [0], [None]), timeout=5)
        times.append(time.monotonic() - before)
    await flooding
    assert sorted(times)[-5] < 0.5
    assert [status.spec.name for status in lobby.describe()] == ["toy"]


async def test_closing_says_bye_to_every_game_and_may_be_done_twice() -> None:
    async with started() as (games, lobby):
        toys = [ToyGame(), ToyGame()]
        playing = [await joined(games, toy) for toy in toys]
        for toy in toys:
            await toy.until_heard("welcome")
        await games.close()
        await games.close()
        for toy, one in zip(toys, playing, strict=True):
            await one.task
            assert toy.heard[-1]["type"] == "bye"
        assert lobby.describe() == []


# ── games that listen ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_game_that_listens_is_dialled_and_dialled_again_after_it_left(lobby: Lobby) -> None:
    toys: list[ToyGame] = []

    async def play(connection: ServerConnection) -> None:
        toys.append(ToyGame())
        await toys[-1].play(Foreign(connection))

    games = Games(lobby, terms=Terms(tokens=frozenset({"not asked for where we dial"})))
    async with serve(play, "127.0.0.1", 0, subprotocols=PROTOCOL) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        games.dial(f"ws://127.0.0.1:{port}")
        (lease,) = await lobby.lease("toy", 1, timeout=5)
        lease.game.end("BYE", "once more")
        (again,) = await lobby.lease("toy", 1, timeout=5)
        assert again.game is not lease.game
        await games.close()


async def test_games_that_were_dialled_hear_bye_when_the_bridge_stops(lobby: Lobby) -> None:
    toy = ToyGame()
    games = Games(lobby)
    async with serve(lambda c: toy.play(Foreign(c)), "127.0.0.1", 0, subprotocols=PROTOCOL) as server:
        games.dial(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")
        await lobby.lease("toy", 1, timeout=5)
        await games.close()
        await toy.until_heard("bye")


async def test_a_dialled_game_that_says_no_hello_is_let_go_when_the_bridge_stops(lobby: Lobby) -> None:
    connected, left = asyncio.Event(), asyncio.Event()

    async def silent(connection: ServerConnection) -> None:
        connected.set()
        await connection.wait_closed()
        left.set()

    games = Games(lobby)
    async with serve(silent, "127.0.0.1", 0, subprotocols=PROTOCOL) as server:
        games.dial(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}")
        await connected.wait()
        await games.close()
        await asyncio.wait_for(left.wait(), 5)


async def test_dialling_goes_on_until_somebody_is_there(lobby: Lobby, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepwire_bridge.games.FIRST_PAUSE", 0.01)
    probe = await serve(lambda connection: asyncio.sleep(0), "127.0.0.1", 0)
    port = next(iter(probe.sockets)).getsockname()[1]
    probe.close()
    await probe.wait_closed()
    games = Games(lobby)
    games.dial(f"ws://127.0.0.1:{port}")
    await asyncio.sleep(0.05)
    async with serve(lambda c: ToyGame().play(Foreign(c)), "127.0.0.1", port, subprotocols=PROTOCOL):
        await lobby.lease("toy", 1, timeout=5)
        await games.close()


# ── hosts of our own ─────────────────────────────────────────────────────────────────────────────────────────────────


class Watching:
    """Hears what the bridge tells of hosts."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []

    def joined(self, key: str, game: str) -> None:
        self.heard.append(("joined", key, game))

    def silent(self, key: str) -> None:
        self.heard.append(("silent", key))


async def test_who_watches_hosts_hears_of_those_that_join_and_of_those_that_were_silent() -> None:
    async with started() as (games, lobby):
        games.watch = watching = Watching()
        connection = await connect(f"ws://127.0.0.1:{games.port}/?host=abc", subprotocols=PROTOCOL)
        await connection.send(Native().encode(ToyGame().hello) or "")
        (lease,) = await lobby.lease("toy", 1, timeout=5)
        assert watching.heard == [("joined", "abc", "toy")]
        with pytest.raises(GameSilent):
            await lease.game.ask(Reset(lease.game.new_id(), [0], [None]), timeout=0.05)
        assert watching.heard[1:] == [("silent", "abc")]
        await connection.close()


async def test_a_game_with_a_protocol_of_its_own_may_be_declared_later_and_have_a_path_for_its_name() -> None:
    async with started() as (games, lobby):
        declaration = replace(WEMI["flappy"], name="./games/my flappy")
        games.declare(declaration)
        connection = await connect(f"ws://127.0.0.1:{games.port}/wemi/.%2Fgames%2Fmy%20flappy")
        assert len(await lobby.lease("./games/my flappy", 1, timeout=5)) == 1
        await connection.close()
