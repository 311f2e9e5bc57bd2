"""stepwire itself: the real client against the real `stepwire serve`, each a process of its own.

    python -m bench.drivers.stepwire_env [--transport stream|unary] [--unix] [--delay SECONDS] [flags of stepwire serve]

A case is ENV_ID×N: N = 1 is a RemoteEnv, more are a RemoteVectorEnv. ENV_ID×1+ steps a single environment with
step_async and step_wait, an action ahead. A single environment is reset when its episode ends.
"""

import argparse
import contextlib
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import stepwire
from bench.drivers import rounds
from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import python
from bench.drivers.stepwire_server import stepwire_server


@contextlib.contextmanager
def stepping(case: str, make: Callable[[str, int], Any]) -> Iterator[Timing]:
    """A case, from the reset to the close."""
    env_id, _, count = case.rpartition("×")
    is_ahead = count.endswith("+")
    with contextlib.closing(make(env_id, int(count.rstrip("+")))) as env:
        yield repeated(rounds.ahead(env) if is_ahead else rounds.stepping(env))


def main() -> None:
    """Start the server, then answer the bench."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--transport", default="stream")
    parser.add_argument("--unix", action="store_true")
    parser.add_argument("--delay", type=float)
    options, flags = parser.parse_known_args()
    with contextlib.ExitStack() as stack:
        listen = f"unix:{stack.enter_context(tempfile.TemporaryDirectory())}/server" if options.unix else "127.0.0.1:0"
        address, _ = stack.enter_context(stepwire_server(*flags, address=listen))
        if options.delay:
            address = stack.enter_context(python("bench.delay", address, str(options.delay / 2)))

        def make(env_id: str, n: int) -> Any:
            kwargs: dict[str, Any] = {"address": address, "transport": options.transport}
            return (
                stepwire.RemoteEnv(env_id, **kwargs)
                if n == 1
                else stepwire.RemoteVectorEnv(env_id, num_envs=n, **kwargs)
            )

        drive(lambda case: stepping(case, make))


if __name__ == "__main__":
    main()
