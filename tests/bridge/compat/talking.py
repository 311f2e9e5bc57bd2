"""Games with a WebSocket that say what a test wants, each in a thread of its own."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Answer = Callable[[dict[str, Any]], Iterable[str]]


class Talking:
    """A game that answers each message with as many texts as `answer` gives."""

    def __init__(self, connection: ClientConnection, answer: Answer) -> None:
        self.connection, self.answer = connection, answer
        self.heard: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._play)
        self._thread.start()

    def leave(self) -> None:
        """Close the connection, as a game that ends does."""
        self.connection.close()
        self._thread.join()

    def _play(self) -> None:
        try:
            for text in self.connection:
                self.heard.append(json.loads(text))
                for said in self.answer(self.heard[-1]):
                    self.connection.send(said)
        except ConnectionClosed:
            return


@contextmanager
def talking(address: str, answer: Answer) -> Iterator[Talking]:
    """A game that has dialled, until the end of the block."""
    with connect(address) as connection:
        game = Talking(connection, answer)
        try:
            yield game
        finally:
            game.leave()


def said(obs: Any, reward: Any = 0, done: Any = False, **more: Any) -> str:
    """A message as WemiEnv's games send it."""
    return json.dumps({"obs": obs, "reward": reward, "done": done, **more})


def walker() -> Answer:
    """A game of two numbers, position and steps, with the reward of its position; it is over at 3 to either side."""
    state = [0, 0]

    def answer(message: dict[str, Any]) -> Iterable[str]:
        if message["restart"]:
            state[:] = 0, 0
            return [said([[0], [0]], -10)]
        state[:] = state[0] + (1 if message["action"] else -1), state[1] + 1
        return [said([[state[0]], [state[1]]], abs(state[0]), abs(state[0]) >= 3)]

    return answer
