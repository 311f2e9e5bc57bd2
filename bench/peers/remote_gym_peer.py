"""remote-gym: its own server with CartPole, in threads as it recommends for little overhead, and its own client.

python -m bench.peers.remote_gym_peer
"""

import contextlib
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gymnasium
from remote_gym import RemoteEnvironment, create_remote_environment_server

from bench.drivers import rounds
from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import python, wait_for_end

HOST = "127.0.0.1"


def create_environment(**_: Any) -> Any:
    """What remote-gym's server looks for in this file."""
    return gymnasium.make("CartPole-v1")


def serve() -> None:
    """Run the server until the input ends; it wants to be told a free port, and a path below the working directory."""
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    entrypoint = str(Path(__file__).relative_to(Path.cwd()))
    arguments = {"entrypoint": entrypoint, "entrypoint_kwargs": {}}
    server = create_remote_environment_server(arguments, HOST, port, use_thread=True)
    print(f"{HOST}:{port}", flush=True)
    wait_for_end()
    server.stop(None)


@contextlib.contextmanager
def stepping(address: str) -> Iterator[Timing]:
    """One environment."""
    host, _, port = address.rpartition(":")
    env = RemoteEnvironment(url=host, port=int(port), remote_args={"entrypoint_kwargs": {}})
    with contextlib.closing(env):
        yield repeated(rounds.stepping(env))


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve()
    else:
        with python("bench.peers.remote_gym_peer", "--serve") as server:
            drive(lambda case: stepping(server))
