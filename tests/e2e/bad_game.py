"""A game that is driven by hand over a real WebSocket: an honest one in a few lines, and every way to be a bad one.

Its observation is [how often it was reset, how often it was stepped since]. Whoever makes one says what it answers; the
helpers here write honest answers, to be spoilt.
"""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

OBSERVATIONS = {"type": "Box", "low": 0, "high": 1000, "shape": [2], "dtype": "float32"}
ACTIONS = {
    "type": "Dict",
    "spaces": {
        "thrust": {"type": "Box", "low": -1, "high": 1, "shape": [2]},
        "gear": {"type": "Discrete", "n": 3},
    },
}
ACTION = {"thrust": [0.5, -0.5], "gear": 1}

Request = dict[str, Any]
Answer = Callable[["BadGame", Request], Iterable[str | bytes]]
"""Given a request of the bridge: the frames to send."""


def state(game: "BadGame", request: Request, **changes: Any) -> str:
    """The honest answer to a reset or step, with some fields changed; None leaves a field out."""
    count, again = len(request["instances"]), "reset_instead" in request
    fields: dict[str, Any] = {"type": "state", "id": request["id"], "instances": request["instances"]}
    fields["observations"] = [[game.resets, game.steps]] * count
    if request["type"] == "step":
        no = [False] * count
        fields |= {"rewards": [0 if again else 1] * count, "terminated": no, "truncated": no}
    return json.dumps({name: value for name, value in (fields | changes).items() if value is not None})


def honest(game: "BadGame", request: Request) -> Iterable[str | bytes]:
    """What the protocol asks for, as long as all instances do the same."""
    match request:
        case {"type": "reset"} | {"type": "step", "reset_instead": _}:
            game.resets, game.steps = game.resets + 1, 0
            return [state(game, request)]
        case {"type": "step"}:
            game.steps += 1
            return [state(game, request)]
        case {"type": "ping"}:
            return ['{"type": "pong"}']
    return []


def but(kind: str, answer: Answer) -> Answer:
    """Honest in everything but the requests of one type."""
    return lambda game, request: (answer if request["type"] == kind else honest)(game, request)


class BadGame:
    """One connection, and a thread that answers on it. A context manager, which hangs up on leaving.

    Args:
        url: Where the bridge listens.
        answer: See `Answer`.
        first: Sent in place of a hello.
        **hello: Fields of the hello that are not the usual ones.

    Attributes:
        heard: Everything the bridge said, in order.
        closed: Close code and reason, once the connection has ended.
    """

    def __init__(self, url: str, answer: Answer = honest, *, first: str | bytes | None = None, **hello: Any) -> None:
        self.resets = self.steps = 0
        self.heard: list[dict[str, Any]] = []
        self.closed: tuple[int, str] | None = None
        self._answer = answer
        self._changed = threading.Condition()
        self._resources = contextlib.ExitStack()
        self._socket = self._resources.enter_context(
            connect(
                url, subprotocols=["stepwire.v1"], compression=None, ping_interval=None, close_timeout=1, max_size=None
            )  # type: ignore[list-item]
        )
        usual = {"type": "hello", "protocol": 1, "observation_space": OBSERVATIONS, "action_space": ACTIONS}
        self.hello = json.dumps(usual | hello)
        self.say(self.hello if first is None else first)
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def say(self, frame: str | bytes) -> None:
        """Send one WebSocket message; one that the bridge does not want any more is dropped."""
        with contextlib.suppress(ConnectionClosed):
            self._socket.send(frame)

    def until(self, kind: str, count: int = 1, seconds: float = 10.0) -> list[dict[str, Any]]:
        """Wait until so many messages of a type have come; give them."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._of(kind)) >= count, seconds), f"{kind}: {self.heard}"
            return self._of(kind)

    def until_closed(self, seconds: float = 10.0) -> tuple[int, str]:
        """Wait until the bridge has hung up; close code and reason."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.closed is not None, seconds), f"still open: {self.heard}"
            assert self.closed is not None
            return self.closed

    def abort(self) -> None:
        """Reset the TCP connection, as the end of a killed process may."""
        self._socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.socket.shutdown(socket.SHUT_RD)  # wakes the thread that reads, which closes
        self._socket.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        self._resources.close()
        self._thread.join()

    def _of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.heard if message["type"] == kind]

    def _play(self) -> None:
        try:
            while True:
                self._take(self._socket.recv())
        except ConnectionClosed as closed:
            end = closed.rcvd
            self._note(lambda: setattr(self, "closed", (end.code, end.reason) if end else (1006, "")))

    def _take(self, data: str | bytes) -> None:
        request = json.loads(data)
        self._note(lambda: self.heard.append(request))
        for frame in self._answer(self, request):
            self.say(frame)

    def _note(self, change: Callable[[], None]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()
