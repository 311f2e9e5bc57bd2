"""What went wrong in WeScale, in its guide and as it was built, each with a test that it does not any more."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from websockets.asyncio.client import connect

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.compat.env import BackendEnv, Patience
from stepwire_bridge.compat.portal import portal
from stepwire_bridge.compat.wescale import MyGameEnv
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.faults import EpisodeOver, GameFailed, GameSilent, InvalidAction, NoGameWaiting
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from tests.bridge.compat.guided import free_port
from tests.bridge.compat.talking import talking
from tests.bridge.grid import Grid, node

SEEN = {"player_pos": [1, 2], "enemy_pos": [3, 4]}
FREE = "ws://127.0.0.1:0"


def patient(message: dict[str, Any]) -> list[str]:
    """A game that stays where it is, and has nothing to say to a render."""
    if message["type"] == "render":
        return []
    return [json.dumps({"observation": SEEN, "reward": 1, "terminated": False, "truncated": False})]


# ── the guide ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_where_both_halves_dial_the_same_address_they_meet() -> None:
    uri = f"ws://127.0.0.1:{free_port()}"
    env = MyGameEnv(uri)
    with node("dial.js", uri):
        assert data_equivalence(tuple(env.reset()), Grid().reset(), exact=True)
    env.close()


def test_the_halves_have_one_vocabulary_and_a_persons_actions_do_not_disturb_it() -> None:
    def typed(message: dict[str, Any]) -> list[str]:
        press, (answer,) = json.dumps({"type": "action", "action": 3}), patient(message)
        return [press, json.dumps({"type": "observation"} | json.loads(answer)), press]

    env = MyGameEnv(FREE, listen=True)
    with talking(f"ws://127.0.0.1:{env.listen()}", typed):
        env.reset()
        assert [env.step(2)[1] for _ in range(30)] == [1] * 30
    env.close()


def test_a_call_gives_a_tuple_and_no_coroutine() -> None:
    env = MyGameEnv(FREE, listen=True)
    with talking(f"ws://127.0.0.1:{env.listen()}", patient):
        assert isinstance(env.reset(), tuple)
        assert isinstance(env.step(0), tuple)
        wrapped = gymnasium.wrappers.TimeLimit(env, 2)
        wrapped.reset()
        assert [wrapped.step(0)[3] for _ in range(2)] == [False, True]
    env.close()


def test_a_sampled_action_is_a_number_to_the_game() -> None:
    env = MyGameEnv(FREE, listen=True)
    with talking(f"ws://127.0.0.1:{env.listen()}", patient) as game:
        env.reset()
        for _ in range(5):
            action = env.action_space.sample()
            assert type(action) is np.int64
            env.step(action)
            assert game.heard[-1] == {"type": "step", "action": int(action)}
    env.close()


def test_every_call_after_the_first_works_and_so_does_connecting_twice() -> None:
    async def main() -> list[Any]:
        env = MyGameEnv(uri)
        await env.connect()
        await env.connect()
        rewards = []
        for _ in range(3):
            await env.reset()
            rewards.append((await env.step(1))[1])
        await env.close()
        return rewards

    with node("listen.js", "0") as said:
        uri = said.removeprefix("listening at ")
        assert asyncio.run(main()) == [1, 1, 1]


def test_a_game_that_says_nothing_is_a_fault_in_time() -> None:
    env = MyGameEnv(FREE, listen=True, patience=Patience(reset=0.1))
    with talking(f"ws://127.0.0.1:{env.listen()}", lambda _: []), pytest.raises(GameSilent, match=r"reset within 0\.1"):
        env.reset()
    env.close()


def test_nobody_there_is_a_fault_in_time() -> None:
    env = MyGameEnv(FREE, listen=True, wait=0.05)
    with pytest.raises(NoGameWaiting):
        env.connect()
    env.close()


def test_observations_are_arrays_of_the_space_and_what_does_not_fit_is_refused() -> None:
    env = MyGameEnv(FREE, listen=True)
    with talking(f"ws://127.0.0.1:{env.listen()}", patient):
        observation, _ = env.reset()
        assert observation in env.observation_space
        assert observation["player_pos"].dtype == np.int32
    env.close()


def test_the_game_draws_when_it_is_asked_to_and_not_at_each_step() -> None:
    env = MyGameEnv(FREE, "human", listen=True)
    with talking(f"ws://127.0.0.1:{env.listen()}", patient) as game:
        env.reset()
        for _ in range(5):
            env.step(0)
        env.render()
        env.step(0)
        assert [message["type"] for message in game.heard] == ["reset", *["step"] * 5, "render", "step"]
    env.close()


# ── as it was built ──────────────────────────────────────────────────────────────────────────────────────────────────

STATE = {"dieBool": False, "stepCount": 0, "mySnake": {"size": 42.8, "score": 200}}

SLITHER = """
[slither]
dialect = "wescale-http"
url = "{url}"
paths = {{ reset = "/reset", step = "/step/{{0}}/{{1}}" }}
observation_space = {{ type = "Box", shape = [2] }}
action_space = {{ type = "Box", low = -100000, high = 100000, shape = [2], dtype = "int32" }}
observation = ["mySnake.size", "mySnake.score"]
terminated = "dieBool"
reward = "mySnake.score"
reward_is = "difference"
"""


class Server:
    """An HTTP game whose state is a test's to change."""

    url: str

    def __init__(self) -> None:
        self.state: Any = dict(STATE)
        self.asked: list[str] = []
        self.connections = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while head := (await reader.read(2**16)).decode():
            self.asked.append(head.split()[1])
            status, body = "200 OK", json.dumps(self.state)
            if self.state is None:
                status, body = "500 Internal Server Error", "<!DOCTYPE html><pre>TypeError"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        writer.close()


async def _listening(game: Server) -> asyncio.Server:
    server = await asyncio.start_server(game.talk, "127.0.0.1", 0)
    game.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    return server


@asynccontextmanager
async def slither() -> AsyncIterator[tuple[Server, Lobby]]:
    game, lobby = Server(), Lobby()
    server, games = await _listening(game), Games(lobby)
    (declaration,) = declarations(SLITHER.format(url=game.url)).values()
    games.dial(declaration.url, declaration)
    yield game, lobby
    await games.close()
    server.close()
    await server.wait_closed()


async def reset(backend: RemoteBackend) -> Any:
    return await backend.reset(seeds=None, options=None, mask=None, timeout=5)


async def test_all_steps_go_over_one_connection() -> None:
    async with slither() as (game, lobby):
        backend = await RemoteBackend.open(lobby, "slither", timeout=5)
        await reset(backend)
        for x in range(20):
            await backend.step(np.int32([1000 * x, -800]), timeout=5)
        assert (game.connections, game.asked[:3]) == (1, ["/reset", "/step/0/-800", "/step/1000/-800"])
        await backend.close()


async def test_death_costs_what_the_score_says_and_no_more_is_paid_at_each_step() -> None:
    async with slither() as (game, lobby):
        backend = await RemoteBackend.open(lobby, "slither", timeout=5)
        await reset(backend)
        rewards = []
        for score, dead in ((200, False), (210, False), (110, True)):
            game.state = STATE | {"mySnake": {"size": 1, "score": score}, "dieBool": dead}
            rewards.append((await backend.step(np.int32([1, 1]), timeout=5)).reward)
        assert rewards == [0, 10, -100]
        await backend.close()


async def test_an_error_of_the_game_is_a_fault_that_a_reset_makes_good() -> None:
    async with slither() as (game, lobby):
        backend = await RemoteBackend.open(lobby, "slither", timeout=5)
        game.state = None
        with pytest.raises(GameFailed, match=r"/reset gave status 500: <!DOCTYPE html><pre>TypeError"):
            await reset(backend)
        game.state = STATE
        assert (await reset(backend)).observation.tolist() == [np.float32(42.8), 200]
        await backend.close()


async def test_a_second_trainer_waits_for_a_game_that_is_one_and_does_not_share_it() -> None:
    async with slither() as (_, lobby):
        first = await RemoteBackend.open(lobby, "slither", timeout=5)
        with pytest.raises(NoGameWaiting, match="1 wanted, 0 free"):
            await RemoteBackend.open(lobby, "slither", timeout=0.05)
        await first.close()
        await (await RemoteBackend.open(lobby, "slither", timeout=5)).close()


async def test_a_game_that_is_not_there_is_said_to_be_not_there() -> None:
    lobby = Lobby()
    games = Games(lobby)
    (declaration,) = declarations(SLITHER.format(url=f"http://127.0.0.1:{free_port()}")).values()
    games.dial(declaration.url, declaration)
    with pytest.raises(NoGameWaiting, match="no game 'slither' is connected"):
        await RemoteBackend.open(lobby, "slither", timeout=0.05)
    await games.close()


def test_what_is_no_action_never_reaches_the_game_nor_does_a_step_after_the_end() -> None:
    async def opening() -> RemoteBackend:
        backend, loop = slither(), asyncio.get_running_loop()
        game, lobby = await backend.__aenter__()
        opened.extend((game, backend, loop))
        return await RemoteBackend.open(lobby, "slither", timeout=5)

    opened: list[Any] = []
    env = BackendEnv(opening())
    game, entered, _ = opened
    env.reset()
    for wrong in (["abc", 1], [float("nan"), 1], [200_000, 1]):
        with pytest.raises(InvalidAction):
            env.step(wrong)
    game.state = STATE | {"dieBool": True}
    env.step(np.int32([5, 5]))
    with pytest.raises(EpisodeOver):
        env.step(np.int32([5, 5]))
    assert game.asked == ["/reset", "/step/5/5"]
    env.close()
    portal().run(entered.__aexit__(None, None, None))


async def test_malformed_text_ends_that_connection_and_nothing_else() -> None:
    (declaration,) = declarations(
        'bit = {dialect = "wescale", observation_space = {type = "Discrete", n = 2},'
        ' action_space = {type = "Discrete", n = 2}}'
    ).values()
    lobby = Lobby()
    games = Games(lobby, declared={"bit": declaration})
    address = f"ws://127.0.0.1:{await games.start('127.0.0.1', 0)}/wescale/bit"
    async with connect(address) as good, connect(address) as bad:
        await bad.send("canvasResize{")
        await bad.wait_closed()
        assert bad.close_code == 1002
        backend = await RemoteBackend.open(lobby, "bit", timeout=5)
        resetting = asyncio.create_task(reset(backend))
        assert await good.recv() == '{"type":"reset"}'
        await good.send('{"observation": 1}')
        assert (await resetting).observation == 1
        await backend.close()
        await games.close()
