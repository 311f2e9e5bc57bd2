"""A gymnasium.Env over a backend of the bridge, in one process."""

import gc
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.error import ClosedEnvironmentError
from gymnasium.utils.env_checker import check_env, data_equivalence

from stepwire_bridge.backends.local import open_local
from stepwire_bridge.compat.env import BackendEnv, Patience
from stepwire_bridge.compat.portal import portal
from stepwire_bridge.faults import EpisodeOver, GameSilent, InvalidAction, NotReset


def opened(**kwargs: Any) -> BackendEnv:
    return BackendEnv(open_local("FrozenLake-v1", timeout=20), **kwargs)


@pytest.fixture
def env() -> Iterator[BackendEnv]:
    env = opened()
    yield env
    env.close()


def test_it_is_an_environment_as_gymnasium_wants_them(env: BackendEnv) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a render mode that nobody asked for
        check_env(env, skip_render_check=True)


def test_an_episode_equals_that_of_the_environment_itself(env: BackendEnv) -> None:
    local = gymnasium.make("FrozenLake-v1")
    assert data_equivalence(env.reset(seed=4), local.reset(seed=4))
    over = False
    while not over:
        action = int(local.action_space.sample())
        ours = env.step(action)
        assert data_equivalence(ours, local.step(action))
        over = ours[2] or ours[3]
    with pytest.raises(EpisodeOver):
        env.step(0)
    assert env.reset()[0] == 0
    local.close()


def test_a_step_before_the_first_reset_and_an_action_outside_the_space_are_refused(env: BackendEnv) -> None:
    with pytest.raises(NotReset):
        env.step(0)
    env.reset()
    with pytest.raises(InvalidAction, match="action"):
        env.step(np.int64(9))
    env.step(0)


def test_a_call_has_its_deadline_and_a_reset_follows() -> None:
    env = opened(patience=Patience(step=1e-9))
    env.reset()
    with pytest.raises(GameSilent):
        env.step(0)
    with pytest.raises(NotReset):
        env.step(0)
    assert env.reset()[0] == 0
    env.close()


def test_closing_twice_is_quiet_and_closes_what_came_with_it_once() -> None:
    closed = []

    async def close() -> None:
        closed.append(portal())

    env = opened(on_close=close)
    env.close()
    env.close()
    assert len(closed) == 1


def test_closed_it_does_nothing_more_and_says_so(env: BackendEnv) -> None:
    env.reset()
    env.close()
    env.close()
    for call in (env.reset, lambda: env.step(0), env.render):
        with pytest.raises(ClosedEnvironmentError, match="make another one"):
            call()


def test_one_that_is_forgotten_is_closed() -> None:
    closed = threading.Event()

    async def on_close() -> None:
        closed.set()

    env = opened(on_close=on_close)
    env.reset()
    del env
    gc.collect()
    assert closed.wait(10)
