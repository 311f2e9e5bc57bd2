"""What stands for gym in old programs."""

from typing import Any

import gymnasium

from stepwire_bridge.compat.unityremote import gym
from tests.bridge.udp.engine import Engine


def test_the_environment_that_it_makes_has_the_old_interface(engine: Engine) -> None:
    env: Any = gym.make("UnityRemote-v0")
    env.configure({"input_port": 0, "output_port": engine.address[1], "actions": [("go", 2)]})
    assert env.reset() == 0.0
    state, reward, done, info = env.step(0)
    assert (state, reward, done, info) == (2.0, 2.0, False, {})
    env.close()


def test_other_environments_are_gymnasiums() -> None:
    env = gym.make("FrozenLake-v1")
    assert env.reset(seed=1)[0] == 0
    assert isinstance(env, gymnasium.Env)
    env.close()
