"""A batch of 16 games, one of which is 20 times slower, with and without waiting for it.

    python -m bench.drivers.asynchronous

The slow game (200 ms a step) is in a process of its own, the others (10 ms) share one. The case `together` steps all
16; a round of the case `asynchronous` receives the 8 that are done first and sends them on.
"""

import contextlib
from collections.abc import Iterator

from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.sockets import GAMES
from bench.drivers.stepwire_server import stepwire_server
from stepwire import RemoteVectorEnv

COUNT = 16
BATCH_SIZE = 8
SETTLE = 4
"""Rounds until the slow game is under way beside the others, as it is from then on."""


@contextlib.contextmanager
def stepping(address: str, case: str) -> Iterator[Timing]:
    """A case. The games are leased when its turn comes, and given back after it."""

    def timing(seconds: float) -> list[float]:
        batch_size = BATCH_SIZE if case == "asynchronous" else None
        with contextlib.closing(RemoteVectorEnv("game:timed", address, num_envs=COUNT, batch_size=batch_size)) as env:
            env.reset()
            if batch_size is None:
                return repeated(lambda: env.step([0] * COUNT))(seconds)
            env.send([0] * COUNT)

            def once() -> None:
                env.send([0] * BATCH_SIZE, env.recv()[4]["env_id"])

            for _ in range(SETTLE):
                once()
            return repeated(once)(seconds)

    yield timing


if __name__ == "__main__":
    games = ("--games", f"{GAMES / 'quick.js'}=15", "--games", f"{GAMES / 'slow.js'}=1")
    with stepwire_server(*games) as (server, _):
        drive(lambda case: stepping(server, case))
