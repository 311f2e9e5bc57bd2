"""The guide's MyGameEnv over real WebSockets and with the real grid: Gymnasium's calls, and the guide's own."""

import asyncio
import json
import warnings
from collections.abc import Iterable
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.error import ClosedEnvironmentError
from gymnasium.utils.env_checker import check_env, data_equivalence

from stepwire_bridge.compat.env import Patience
from stepwire_bridge.compat.wescale import Done, Given, MyGameEnv, guide_observations
from stepwire_bridge.faults import GameGone, NotReset
from tests.bridge.compat.talking import talking
from tests.bridge.grid import Grid, node

FREE = "ws://127.0.0.1:0"


def played(env: MyGameEnv, *, steps: int = 250) -> int:
    """Play against the same rules in Python; gives how many episodes ended."""
    local, ends = Grid(), 0
    assert data_equivalence(tuple(env.reset()), local.reset(), exact=True)
    for action in np.random.default_rng(1).integers(0, 4, steps):
        result = env.step(action)
        assert data_equivalence(tuple(result), local.step(action), exact=True)
        if result[2] or result[3]:
            ends += 1
            assert data_equivalence(tuple(env.reset()), local.reset(), exact=True)
    return ends


@pytest.mark.parametrize("typed", [(), ("--typed",)])
def test_it_dials_a_game_that_listens_and_equals_its_rules(typed: tuple[str, ...]) -> None:
    with node("listen.js", "0", *typed) as said:
        env = MyGameEnv(said.removeprefix("listening at "))
        assert played(env) > 2
        env.close()


@pytest.mark.parametrize("typed", [(), ("--typed",)])
def test_it_listens_for_a_game_that_dials_and_equals_its_rules(typed: tuple[str, ...]) -> None:
    env = MyGameEnv(FREE, listen=True)
    with node("dial.js", f"ws://127.0.0.1:{env.listen()}", *typed):
        assert played(env) > 2
    env.close()


def test_it_is_an_environment_as_gymnasium_wants_them() -> None:
    with node("listen.js", "0") as said:
        env = MyGameEnv(said.removeprefix("listening at "), render_mode="human")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*not having a spec")
            check_env(env)
        assert env.metadata == {"render_modes": ["human"], "render_fps": 30}
        env.close()


def test_gymnasium_makes_it_and_its_wrappers_take_it() -> None:
    with node("listen.js", "0") as said:
        uri = said.removeprefix("listening at ")
        env = gymnasium.wrappers.FlattenObservation(gymnasium.make("WeScale/MyGame-v0", ws_uri=uri))
        assert env.reset()[0].tolist() == [2, 2, 7, 7]
        assert env.step(env.action_space.sample())[1] == 1
        env.close()


def test_the_guides_own_program_runs_with_every_call_awaited(capfd: pytest.CaptureFixture[str]) -> None:
    async def main(uri: str) -> list[Any]:
        env = MyGameEnv(ws_uri=uri, render_mode="human")
        await env.connect()
        observation, info = await env.reset()
        rewards = []
        terminated = truncated = False
        while not (terminated or truncated):
            observation, reward, terminated, truncated, info = await env.step(1)
            await env.render()
            rewards.append(reward)
        await env.close()
        return [len(rewards), rewards[-1], observation["enemy_pos"].tolist(), info]

    with node("listen.js", "0") as said:
        count, last, enemy, info = asyncio.run(main(said.removeprefix("listening at ")))
    local, steps = Grid(), 1
    local.reset()
    while not (result := local.step(1))[2]:
        steps += 1
    assert (count, last, enemy, info) == (steps, -10, result[0]["enemy_pos"].tolist(), {})


def test_what_a_call_gives_is_a_tuple_and_can_be_awaited_more_than_once() -> None:
    given = Given((1, 2))

    async def awaited() -> Any:
        return await given, await given, await Done()

    assert asyncio.run(awaited()) == (given, given, None)
    first, second = given
    assert (first, second, isinstance(given, tuple)) == (1, 2, True)


def answering(*renders: str) -> Any:
    """A game that stays where it is, and answers a render with these texts."""
    state = {"player_pos": [1, 1], "enemy_pos": [2, 2]}
    count = [0]

    def answer(message: dict[str, Any]) -> Iterable[str]:
        match message["type"]:
            case "reset":
                return [json.dumps({"observation": state, "info": {"given": message}})]
            case "step":
                count[0] += 1
                said = {"observation": state, "reward": count[0], "terminated": False, "truncated": False}
                return [json.dumps(said)]
            case _:
                return renders

    return answer


def listening(**kwargs: Any) -> tuple[MyGameEnv, str]:
    env = MyGameEnv(FREE, listen=True, **kwargs)
    return env, f"ws://127.0.0.1:{env.listen()}"


def test_human_drawing_is_one_message_for_each_call_of_render_and_none_for_a_step() -> None:
    env, address = listening(render_mode="human")
    with talking(address, answering()) as game:
        env.reset()
        env.step(0)
        assert env.render() is None
        env.step(np.int64(3))
        assert [message["type"] for message in game.heard] == ["reset", "step", "render", "step"]
    env.close()


@pytest.mark.parametrize(
    "said",
    [
        '{"observation": {"player_pos": [3, 3], "enemy_pos": [3, 3]}}',
        '{"type": "render", "done": true}',
        '{"rendered": 1}',
        '{"type": "frame", "text": "x"}',
    ],
)
def test_an_answer_to_a_drawing_shifts_nothing(said: str) -> None:
    env, address = listening(render_mode="human")
    with talking(address, answering(said)):
        env.reset()
        for k in range(1, 50):
            env.render()
            assert env.step(0)[1] == k
    env.close()


def test_a_game_that_answers_a_drawing_with_all_of_its_state_is_told_apart_where_that_is_said() -> None:
    state = {"observation": {"player_pos": [9, 9], "enemy_pos": [9, 9]}, "reward": 99}
    env, address = listening(render_mode="human", answers_render=True)
    with talking(address, answering(json.dumps(state | {"terminated": True, "truncated": False}))):
        env.reset()
        for k in range(1, 50):
            env.render()
            assert env.step(0)[1:3] == (k, False)
    env.close()


def test_a_frame_is_asked_for_where_the_render_mode_is_one_of_pictures() -> None:
    local = Grid()
    with node("listen.js", "0", "--frames") as said:
        env = MyGameEnv(said.removeprefix("listening at "), render_mode="ansi")
        env.reset()
        local.reset()
        assert env.render() == local.render()
        assert env.metadata["render_modes"] == ["human", "ansi"]
        env.close()


def test_a_seed_goes_to_a_game_that_takes_one_and_to_no_other() -> None:
    for seeds, given in ((True, {"type": "reset", "seed": 5, "options": {"level": 2}}), (False, {"type": "reset"})):
        env, address = listening(seeds=seeds)
        with talking(address, answering()):
            assert env.reset(seed=5, options={"level": 2})[1]["given"] == given
        env.close()


def test_other_spaces_are_taken_as_well() -> None:
    spaces = {"observation_space": gymnasium.spaces.Dict(x=guide_observations()), "action_space": None}
    env, address = listening(**spaces)
    assert env.observation_space == spaces["observation_space"]
    assert env.action_space == gymnasium.spaces.Discrete(4)
    state = {"x": {"player_pos": [1, 1], "enemy_pos": [2, 2]}}
    with talking(address, lambda _: [json.dumps({"observation": state})]):
        assert env.reset()[0]["x"]["enemy_pos"].tolist() == [2, 2]
    env.close()


def test_a_game_that_leaves_is_gone_and_one_that_comes_back_is_played_on() -> None:
    env, address = listening(patience=Patience(reset=10))
    with talking(address, answering()):
        env.reset()
    with pytest.raises(GameGone):
        env.step(0)
    with talking(address, answering()):
        env.reset()
        assert env.step(0)[1] == 1
    env.close()


def test_a_render_before_anything_else_is_refused() -> None:
    env = MyGameEnv(FREE, render_mode="human")
    with pytest.raises(NotReset):
        env.render()
    env.close()


@pytest.mark.parametrize("wrong", [{"render_mode": "hologram"}, {"ws_uri": "http://localhost:3000"}])
def test_what_cannot_be_is_said_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"render_mode is one of|ws://"):
        MyGameEnv(**wrong)


def test_closing_twice_is_quiet_also_where_nothing_was_ever_connected() -> None:
    env = MyGameEnv(FREE)
    env.close()
    env.close()


def test_another_mode_than_the_environments_is_refused() -> None:
    env, _ = listening(render_mode="ansi")
    with pytest.raises(ValueError, match="mode is human or the environment's render_mode 'ansi', not 'rgb_array'"):
        env.render("rgb_array")
    env.close()


async def test_a_render_that_draws_nothing_can_be_awaited_too() -> None:
    env, _ = listening()
    await env.render()
    env.close()


@pytest.mark.parametrize("call", ["listen", "connect", "reset", "render"])
def test_a_closed_environment_is_connected_by_nothing(call: str) -> None:
    env, _ = listening(render_mode="human")
    env.close()
    with pytest.raises(ClosedEnvironmentError, match="make another one"):
        getattr(env, call)()
