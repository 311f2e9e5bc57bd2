"""Run as a program with a server's address: forks while streams are open, and fails unless all goes on.

A program of its own, since a fork copies every thread's locks, and a test process has many.
"""

import os
import sys

import gymnasium
import numpy as np
from gymnasium.vector import AsyncVectorEnv

import stepwire


def async_vector_env_after_use(address: str) -> None:
    """The parent has an open stream, then AsyncVectorEnv forks; the parent's stream goes on."""
    mine, local = stepwire.RemoteEnv("gym:CartPole-v1", address), gymnasium.make("CartPole-v1")
    mine.reset(seed=1)
    local.reset(seed=1)
    workers = AsyncVectorEnv([lambda: stepwire.RemoteEnv("gym:CartPole-v1", address)] * 3, context="fork")
    assert workers.reset(seed=5)[0].shape == (3, 4)
    for _ in range(5):
        workers.step(np.array([0, 1, 0]))
        assert np.array_equal(mine.step(0)[0], local.step(0)[0])
    workers.close()
    assert np.array_equal(mine.step(0)[0], local.step(0)[0])
    mine.close()


def inherited_env(address: str) -> None:
    """A forked child makes a session of its own; its parent's goes on as if nothing had been."""
    env, local = stepwire.RemoteEnv("gym:CartPole-v1", address), gymnasium.make("CartPole-v1")
    env.reset(seed=1)
    local.reset(seed=1)
    child = os.fork()
    if child == 0:
        os._exit(_use_inherited(env))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    for _ in range(5):
        assert np.array_equal(env.step(0)[0], local.step(0)[0])
    env.close()


def _use_inherited(env: stepwire.RemoteEnv) -> int:
    try:
        env.step(0)
    except stepwire.errors.NotReset:
        env.reset(seed=2)
        env.step(1)
        env.close()
        return 0
    return 1


if __name__ == "__main__":
    {"async": async_vector_env_after_use, "inherited": inherited_env}[sys.argv[1]](sys.argv[2])
