"""A UnityRemote game through stepwire, and the same datagrams without it: the engine is a process that only answers.

    python -m bench.drivers.udp_engine            the driver
    python -m bench.drivers.udp_engine --serve    the engine

Cases: bare×1 sends a command on a plain socket and waits for the state; udp:cube×1 steps a RemoteEnv on a server whose
games_file declares the engine.
"""

import contextlib
import itertools
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import stepwire
from bench.drivers import rounds
from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import python
from bench.drivers.stepwire_server import stepwire_server
from stepwire_bridge.dialects.fields import command, write_fields

STATES = [write_fields({"done": False, "reward": 1.0, "state": [0.5, 0.25, 0.125, x]}) for x in (0.0, 1.0)]

DECLARATION = """
[cube]
dialect = "unityremote"
input_port = {ours}
output_port = {theirs}
state_shape = [4]
actions = [["fx", 0.1], ["fx", -0.1]]
"""


@contextlib.contextmanager
def bare(engine: tuple[str, int]) -> Iterator[Timing]:
    """One datagram there and one back."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.connect(engine)
        said = command("fx", [0.1])

        def once() -> None:
            ours.send(said)
            ours.recv(65535)

        yield repeated(once)


@contextlib.contextmanager
def through_stepwire(engine: tuple[str, int]) -> Iterator[Timing]:
    """A step of the real client on the real server."""
    with contextlib.ExitStack() as stack:
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "games.toml"
        file.write_text(DECLARATION.format(ours=_free_port(), theirs=engine[1]))
        address, _ = stack.enter_context(stepwire_server("--games-file", str(file)))
        env = stack.enter_context(contextlib.closing(stepwire.RemoteEnv("udp:cube", address=address)))
        yield repeated(rounds.stepping(env))


def _free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve() -> None:
    """Answer every datagram with one of two states in turn."""
    states = itertools.cycle(STATES)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as engine:
        engine.bind(("127.0.0.1", 0))
        print("{}:{}".format(*engine.getsockname()), flush=True)
        while True:
            _, sender = engine.recvfrom(65535)
            engine.sendto(next(states), sender)


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve()
    with python("bench.drivers.udp_engine", "--serve") as listening:
        host, _, port = listening.rpartition(":")
        cases = {"bare×1": bare, "udp:cube×1": through_stepwire}
        drive(lambda case: cases[case]((host, int(port))))
