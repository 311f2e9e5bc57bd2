"""An agent of the Gymie front: plain WebSockets and JSON against the real `stepwire gymie`, each a process of its own.

    python -m bench.drivers.gymie_agent

A case is classic:ENV_ID×1 or v2:ENV_ID×1. The agent is Python's blocking `websockets` client, so that the row differs
from the others by the server's door and the messages alone. Random actions; a reset when an episode ends.
"""

import contextlib
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from websockets.sync.client import ClientConnection, connect

from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import process


class Classic:
    """Gymie-Server's own messages; an environment from make on."""

    path = "/gym"

    def __init__(self, connection: ClientConnection, env_id: str) -> None:
        self._connection = connection
        connection.send(_text(method="make", params={"env_id": env_id}))
        self._instance = str(connection.recv())

    def call(self, method: str, **params: Any) -> Any:
        """Ask, and read the answer."""
        self._connection.send(_text(method=method, params={"instance_id": self._instance, **params}))
        return json.loads(self._connection.recv())

    def is_over(self, step: Any) -> bool:
        """Whether a step's answer ends the episode."""
        return bool(step[2])


class Second(Classic):
    """The second version of the protocol."""

    path = "/gym?v=2"

    def __init__(self, connection: ClientConnection, env_id: str) -> None:
        self._connection = connection
        self._ids = itertools.count()
        self._instance = ""
        self._instance = self._ask("make", {"env_id": env_id})["instance_id"]

    def call(self, method: str, **params: Any) -> Any:
        """Ask, and read the result."""
        return self._ask(method, {"instance_id": self._instance, **params})

    def is_over(self, step: Any) -> bool:
        """Whether a step's result ends the episode."""
        return bool(step["terminated"] or step["truncated"])

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._connection.send(_text(id=next(self._ids), method=method, params=params))
        return json.loads(self._connection.recv())["result"]


PROTOCOLS: dict[str, type[Classic]] = {"classic": Classic, "v2": Second}


@contextlib.contextmanager
def stepping(case: str, address: str) -> Iterator[Timing]:
    """A case, from the first reset on."""
    protocol, _, env_id = case.removesuffix("×1").partition(":")
    speaks = PROTOCOLS[protocol]
    with connect(f"ws://{address}{speaks.path}", compression=None) as connection:
        agent = speaks(connection, env_id)
        agent.call("reset")
        yield repeated(_round(agent))


def _round(agent: Classic) -> Callable[[], object]:
    actions = itertools.cycle([0, 1, 1, 0, 1])

    def once() -> None:
        if agent.is_over(agent.call("step", action=next(actions))):
            agent.call("reset")

    return once


def _text(**message: Any) -> str:
    return json.dumps(message)


if __name__ == "__main__":
    command = [sys.executable, "-m", "stepwire_service", "gymie", "--port", "0"]
    with process(command, says=r"ws://([^/]+)/gym") as (listening, _):
        drive(lambda case: stepping(case, listening))
