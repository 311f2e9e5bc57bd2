"""Times a batch of 16 games, one of which is 20 times slower, with and without waiting for it.

    python -m bench.asynchronous [--seconds N]

The slow game (200 ms a step) is in a process of its own, the others (10 ms) share one. A batch that steps together is
as slow as its slowest copy; an asynchronous one gives the 8 that are done first. Prints env steps a second and the
ratio.
"""

import argparse
import contextlib
import time

from bench.rows import server
from stepwire import RemoteVectorEnv

GAMES = 16
BATCH_SIZE = 8


def together(address: str, seconds: float) -> float:
    """Env steps a second of a batch that steps together."""
    with contextlib.closing(RemoteVectorEnv("game:timed", address, num_envs=GAMES)) as env:
        env.reset()
        steps, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            steps += len(env.step([0] * GAMES)[1])
        return steps / (time.perf_counter() - began)


def asynchronous(address: str, seconds: float) -> float:
    """Env steps a second of an asynchronous batch."""
    with contextlib.closing(RemoteVectorEnv("game:timed", address, num_envs=GAMES, batch_size=BATCH_SIZE)) as env:
        env.reset()
        env.send([0] * GAMES)
        steps, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            env_ids = env.recv()[4]["env_id"]
            env.send([0] * BATCH_SIZE, env_ids)
            steps += BATCH_SIZE
        return steps / (time.perf_counter() - began)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Time a batch with one slow game, with and without waiting for it.")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each of the two (default 5)")
    seconds = parser.parse_args().seconds
    with server("timed") as address:
        slow, quick = together(address, seconds), asynchronous(address, seconds)
    print(f"together {slow:,.0f} env steps/s, asynchronous {quick:,.0f} env steps/s: {quick / slow:.1f} times as many")


if __name__ == "__main__":
    main()
