"""A small game for the bridge's tests: the same rules as a Gymnasium environment and as a game on a link.

The observation is [start, count]; an action adds to the count and is the reward. `start` is the seed, or one more than
the last start where the seed is null. The episode terminates at a count of 6 and is truncated after four steps.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import gymnasium as gym
import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from stepwire_bridge import spaces
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.games import Games
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.memory import MemoryLink, pair
from stepwire_bridge.messages import Final, Frame, Hello, Message, Pong, State


class Toy(gym.Env[Any, Any]):
    """The rules."""

    observation_space = gym.spaces.Box(0, 1000, (2,), np.float32)
    action_space = gym.spaces.Discrete(4)
    metadata = {"render_modes": ["rgb_array", "ansi"]}  # noqa: RUF012

    def __init__(self, start: int = -1) -> None:
        self.start = start

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.start = self.start + 1 if seed is None else seed
        self.count, self.steps = 0, 0
        return self._observation(), {"start": self.start} | (options or {})

    def step(self, action: Any) -> Any:
        self.count, self.steps = self.count + int(action), self.steps + 1
        ends = self.count >= 6, self.steps >= 4
        info: dict[str, Any] = {"count": self.count, "half": self.count / 2} if self.steps > 1 else {}
        if self.count % 2:
            info |= {"odd": True, "more": {"name": "x" * self.count}}
        return self._observation(), float(action), *ends, info

    def render(self) -> Any:
        return f"{self.start} {self.count}"

    def _observation(self) -> Any:
        return np.array([self.start, self.count], np.float32)


def hello(**changes: Any) -> Hello:
    """What the toy says first."""
    fields: dict[str, Any] = {
        "protocol": 1,
        "name": "toy",
        "observation_space": spaces.write(Toy.observation_space),
        "action_space": spaces.write(Toy.action_space),
        "metadata": {"render_modes": ["rgb_array", "ansi"], "render_fps": 10},
    }
    return Hello(**(fields | changes))


Answer = Callable[[dict[str, Any]], list[Message | str | bytes]]


class ToyGame:
    """As many toys as instances, behind the native dialect.

    `answer` may be replaced to misbehave: it gets a request as a dict and gives messages, or raw text and bytes.
    """

    def __init__(self, **changes: Any) -> None:
        self.hello = hello(**changes)
        self.envs = [Toy(100 * (i + 1)) for i in range(self.hello.instances)]
        self.heard: list[dict[str, Any]] = []
        self.answer: Answer = self.honest
        self._heard = asyncio.Event()

    async def play(self, link: "MemoryLink | Foreign") -> None:
        """Say hello and answer until the link closes."""
        with contextlib.suppress(LinkClosed):
            link.send(Native().encode(self.hello))
            while True:
                await self._take(link, read(await link.receive()))

    async def until_heard(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """Wait until so many messages of a type have come; give them."""
        while len(found := [message for message in self.heard if message["type"] == kind]) < count:
            self._heard.clear()
            await self._heard.wait()
        return found

    async def _take(self, link: "MemoryLink | Foreign", message: dict[str, Any]) -> None:
        self.heard.append(message)
        self._heard.set()
        for said in self.answer(message):
            link.send(said if isinstance(said, (str, bytes)) else Native().encode(said))  # type: ignore[arg-type]

    def honest(self, message: dict[str, Any]) -> list[Any]:
        """The right answer."""
        match message["type"]:
            case "reset":
                return [self._reset(message)]
            case "step":
                return [self._step(message)]
            case "render":
                return [
                    Frame(id=message["id"], instance=i, encoding="text", data=self.envs[i].render())
                    for i in message["instances"]
                ]
            case "ping":
                return [Pong()]
            case _:
                return []

    def _reset(self, message: dict[str, Any]) -> State:
        results = [
            self.envs[i].reset(seed=seed, options=message.get("options"))
            for i, seed in zip(message["instances"], message["seeds"], strict=True)
        ]
        return self._state(message, [(observation, 0.0, False, False, info) for observation, info in results], [])

    def _step(self, message: dict[str, Any]) -> State:
        results, finals = [], []
        for i, action in zip(message["instances"], message["actions"], strict=True):
            env = self.envs[i]
            if i in message.get("reset_instead", []):
                observation, info = env.reset()
                results.append((observation, 0.0, False, False, info))
                continue
            result = env.step(action)
            if message.get("reset_after") and (result[2] or result[3]):
                finals.append(Final(i, result[0].tolist(), result[4]))
                observation, info = env.reset()
                result = (observation, *result[1:4], info)
            results.append(result)
        return self._state(message, results, finals)

    def _state(self, message: dict[str, Any], results: list[Any], finals: list[Final]) -> State:
        observations, rewards, terminated, truncated, infos = zip(*results, strict=True)
        state = {"observations": [o.tolist() for o in observations], "infos": list(infos)}
        if message["type"] == "step":
            state |= {"rewards": list(rewards), "terminated": list(terminated), "truncated": list(truncated)}
        return State(id=message["id"], instances=message["instances"], finals=finals, **state)


def read(data: str | bytes) -> dict[str, Any]:
    """A text frame of the bridge; the toy reads no others."""
    assert isinstance(data, str)
    message: dict[str, Any] = json.loads(data)
    return message


async def joined(games: Games, game: ToyGame) -> "Playing":
    """The toy dials the bridge, in a task of its own."""
    connection = await connect(
        f"ws://127.0.0.1:{games.port}", subprotocols=["stepwire.v1"], compression=None, ping_interval=None,  # type: ignore[list-item]
    )  # fmt: skip
    link = Foreign(connection)
    return Playing(link, asyncio.create_task(game.play(link)))


class Foreign:
    """A game's end of a connection, with nothing of ours in it."""

    def __init__(self, connection: ClientConnection | ServerConnection) -> None:
        self._connection = connection
        self._sending: set[asyncio.Task[None]] = set()

    def send(self, data: str | bytes) -> None:
        task = asyncio.create_task(self._send(data))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, data: str | bytes) -> None:
        with contextlib.suppress(ConnectionClosed):
            await self._connection.send(data)

    async def receive(self) -> str | bytes:
        try:
            return await self._connection.recv()
        except ConnectionClosed as closed:
            raise LinkClosed(str(closed)) from closed

    async def close(self, code: int, reason: str) -> None:
        await self._connection.close(code, reason)


class Playing:
    """A toy on its connection."""

    def __init__(self, link: "MemoryLink | Foreign", task: asyncio.Task[None]) -> None:
        self.link, self.task = link, task

    async def leave(self) -> None:
        """Close the connection, as a game that stops does."""
        await self.link.close(1000, "")
        await self.task


@contextlib.asynccontextmanager
async def in_memory(game: ToyGame) -> AsyncIterator[MemoryLink]:
    """The bridge's end of a link whose other end the toy plays."""
    ours, theirs = pair()
    task = asyncio.create_task(game.play(theirs))
    try:
        yield ours
    finally:
        await ours.close(1000, "the test is over")
        await task
