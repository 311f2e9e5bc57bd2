"""EnvPool: CartPole in C++, in this process.

    python -m bench.peers.envpool_peer

A case is CartPole×N.
"""

import contextlib
import itertools
from collections.abc import Iterator

import envpool
import numpy as np

from bench.drivers.driving import Timing, drive, repeated


@contextlib.contextmanager
def stepping(case: str) -> Iterator[Timing]:
    """A pool of so many."""
    count = int(case.removeprefix("CartPole×"))
    pool = envpool.make("CartPole-v1", env_type="gymnasium", num_envs=count)
    actions = itertools.cycle(np.random.default_rng(0).integers(0, 2, (64, count)))
    pool.reset()
    yield repeated(lambda: pool.step(next(actions)))


if __name__ == "__main__":
    drive(stepping)
