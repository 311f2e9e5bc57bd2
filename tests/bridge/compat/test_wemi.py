"""WemiEnv's games in the trainer's own process, with Gymnasium's calls and with those of before."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from stepwire_bridge.compat import wemi
from stepwire_bridge.compat.wemi import ACTION_MEANINGS, OldStyle, WemiEnv, create_env
from stepwire_bridge.faults import EpisodeOver, InvalidAction, NoGameWaiting
from tests.bridge.compat.talking import Answer, said, talking

BOARD = [[0, 0, 2, 2], [0, 2, 4, 0], [0, 4, 0, 0], [0, 0, 0, 0]]
OBSERVATIONS: dict[str, Any] = {
    "Flappybird": [300, 400, 200],
    "BottleJump": [20],
    "Game2048": BOARD,
    "GreedySnake": [[0] * 22] * 28,
    "Timberman": [True, 1, 2] * 11 + [False],
}
PLANES = {"player": {"x": 375, "y": 0}, "plains": [], "status": False}


def constant(name: str) -> Answer:
    """A game whose every answer is the same."""
    obs = OBSERVATIONS.get(name)
    return lambda _: [said(obs, 1)] if obs else [said(None, 1, **PLANES)]


@pytest.fixture
def stay() -> Iterator[ExitStack]:
    with ExitStack() as stay:
        yield stay


def played(stay: ExitStack, name: str, answer: Answer | None = None) -> WemiEnv:
    """An environment and its game, until the test ends."""
    env = stay.enter_context(create_env(name, port=0))
    stay.enter_context(talking(env.address, answer or constant(name)))
    return env


@pytest.mark.parametrize("name", ACTION_MEANINGS)
def test_each_game_is_an_environment(stay: ExitStack, name: str) -> None:
    env = played(stay, name)
    observation, info = env.reset()
    assert (observation in env.observation_space, info) == (True, {})
    observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
    assert observation in env.observation_space
    assert (reward, terminated, truncated, info) == (1.0, False, False, {})


def test_it_is_an_environment_as_gymnasium_wants_them(stay: ExitStack) -> None:
    check_env(played(stay, "Game2048"), skip_render_check=True)


def test_an_episode_ends_when_the_game_says_so(stay: ExitStack) -> None:
    env = played(stay, "Flappybird", lambda message: [said([1, 2, 3], -10, not message["restart"])])
    env.reset()
    assert env.step(1)[1:4] == (-10.0, True, False)
    with pytest.raises(EpisodeOver):
        env.step(1)
    with pytest.raises(InvalidAction):
        env.reset() and env.step(2)


def test_a_name_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no game 'Pong'; there are Flappybird, BottleJump, Game2048, PlaneWar"):
        create_env("Pong")


def test_several_games_share_a_port_and_a_game_without_a_path_is_the_firsts(stay: ExitStack) -> None:
    bird = stay.enter_context(create_env("Flappybird", port=0))
    merge = stay.enter_context(create_env("Game2048", port=bird.port))
    stay.enter_context(talking(merge.address, constant("Game2048")))
    stay.enter_context(talking(f"ws://127.0.0.1:{bird.port}", constant("Flappybird")))
    assert merge.reset()[0].tolist() == np.ravel(BOARD).tolist()
    assert bird.reset()[0].tolist() == [300, 400, 200]


def test_waiting_for_a_game_ends_where_it_is_told_to() -> None:
    with create_env("Game2048", port=0, wait=0.05) as env, pytest.raises(NoGameWaiting, match="Game2048"):
        env.reset()


def test_gymnasium_makes_each_game_by_its_id(stay: ExitStack) -> None:
    env = gymnasium.make(f"{wemi.__name__}:WemiEnv/Game2048-v0", port=0)
    unwrapped = env.unwrapped
    assert isinstance(unwrapped, WemiEnv)
    stay.callback(env.close)
    stay.enter_context(talking(unwrapped.address, constant("Game2048")))
    assert env.reset(seed=1)[0].tolist() == np.ravel(BOARD).tolist()
    assert {f"WemiEnv/{name}-v0" for name in ACTION_MEANINGS} <= set(gymnasium.registry)


def test_what_actions_mean_is_said_of_every_game(stay: ExitStack) -> None:
    assert all(ACTION_MEANINGS.values())
    assert played(stay, "Game2048").action_meanings == "0 left, 1 right, 2 up, 3 down"


# ── the calls of before ──────────────────────────────────────────────────────────────────────────────────────────────


def old(stay: ExitStack, name: str) -> OldStyle:
    env = stay.enter_context(create_env(name, port=0, old_api=True))
    stay.enter_context(talking(env.env.address, constant(name)))
    return env


def test_a_loop_with_the_calls_of_before_runs(stay: ExitStack) -> None:
    env = old(stay, "Game2048")
    obs = env.reset()
    assert type(obs) is list and obs == np.ravel(BOARD).tolist()
    for action in (1, np.int64(2), np.array([3]), env.action_space.sample()):
        obs, reward, done, info = env.step(action)
        assert (len(obs), reward, done, info) == (16, 1, False, None)
    assert env.action_meanings == env.env.action_meanings
    with pytest.raises(InvalidAction):
        env.step(4)


def test_observations_of_flappybird_are_arrays_as_before(stay: ExitStack) -> None:
    obs = old(stay, "Flappybird").reset()
    assert isinstance(obs, np.ndarray) and obs.tolist() == [300, 400, 200]


@pytest.mark.parametrize("action", [0.5, [0.5], np.array([0.5]), np.float32([0.5]), [[0.5]]])
def test_an_action_of_one_number_is_that_number_or_a_list_of_it(stay: ExitStack, action: Any) -> None:
    env = stay.enter_context(create_env("BottleJump", port=0, old_api=True))
    game = stay.enter_context(talking(env.env.address, constant("BottleJump")))
    assert env.reset() == [0.5]
    env.step(action)
    assert game.heard == [{"action": -1, "restart": True}, {"action": 900, "restart": False}]
    with pytest.raises(InvalidAction):
        env.step([0.5, 0.5])


@pytest.mark.parametrize("action", ["left", None, 1.5, [0, 1], [[0], [1, 2]], float("nan"), {}])
def test_an_action_that_is_none_is_judged_as_the_environments_own(stay: ExitStack, action: Any) -> None:
    for name in ("Game2048", "BottleJump"):
        env = old(stay, name)
        env.reset()
        with pytest.raises(InvalidAction):
            env.step(action)


@pytest.mark.parametrize("action", [1, 1.0, [1], np.int64(1), np.array([1.0])])
def test_a_whole_number_is_one_however_it_is_written(stay: ExitStack, action: Any) -> None:
    env = old(stay, "Game2048")
    env.reset()
    assert env.step(action)[2] is False
