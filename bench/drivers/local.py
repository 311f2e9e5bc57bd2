"""Gymnasium without a wire: a single environment, SyncVectorEnv and AsyncVectorEnv, in this process.

    python -m bench.drivers.local

A case is (one | sync | async)×N, always of CartPole-v1.
"""

import contextlib
from collections.abc import Iterator

import gymnasium

from bench.drivers import rounds
from bench.drivers.driving import Timing, drive, repeated

ENV_ID = "CartPole-v1"


@contextlib.contextmanager
def stepping(case: str) -> Iterator[Timing]:
    """A case, from the reset to the close."""
    kind, _, count = case.partition("×")
    env = gymnasium.make(ENV_ID) if kind == "one" else gymnasium.make_vec(ENV_ID, int(count), vectorization_mode=kind)
    with contextlib.closing(env):
        yield repeated(rounds.stepping(env))


if __name__ == "__main__":
    drive(stepping)
