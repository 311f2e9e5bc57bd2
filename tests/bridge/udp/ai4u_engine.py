"""An AI4U engine for tests, written from the messages that real ones exchange; its socket is real.

Each agent counts: its observation is [start, count], an action adds to the count and is the reward. `start` is the
field `seed` of a reset, or one more than the last. The episode is over at a count of 6, and the engine ends it at the
action after the fourth. An action takes some frames (`skip_frame`), in which the engine says nothing.
"""

import asyncio
import base64
import contextlib
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from stepwire_bridge.dialects.fields import write_fields

METADATA: dict[str, Any] = {
    "inputs": [{"name": "array", "shape": [2], "type": 5, "rangeMin": 0, "rangeMax": 1000, "dataType": 5}],
    "outputs": [{"name": "add", "isContinuous": False, "shape": [4], "rangeMin": [0] * 4, "rangeMax": [0] * 4}],
}
WAIT_COMMAND = "restart, resume, start_and_reset, start"
MAX_STEPS, GOAL = 4, 6

Address = tuple[str, int]


@dataclass(slots=True)
class Control:
    """What an engine notes about an agent, with the values it starts with."""

    env_mode: bool = True
    paused: bool = False
    stopped: bool = True
    acting: bool = False
    frame_counter: int = -1


@dataclass
class Agent:
    """One agent and its socket.

    Attributes:
        patience: Seconds until it sends a datagram again that has had no reply; a real one never does, and quits.
        replies: All that it has had.
    """

    server: Address
    id: str = "0"
    start: int = -1
    metadata: dict[str, Any] = field(default_factory=lambda: METADATA)
    skip_frame: int = 4
    patience: float | None = None
    spoken: list[bytes] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    control: Control = field(default_factory=Control)
    executed: list[str] = field(default_factory=list)
    """The commands that have changed anything, one by one."""

    steps = 0
    count = 0
    reward = 0.0
    done = True

    async def open(self) -> None:
        """Have a socket."""
        loop = asyncio.get_running_loop()
        self._mail = _Mail()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self._mail, local_addr=("127.0.0.1", 0))

    @property
    def address(self) -> Address:
        address: Address = self._transport.get_extra_info("sockname")
        return address

    def close(self) -> None:
        self._transport.close()

    async def exchange(self, datagram: bytes) -> str:
        """Send a datagram and wait for whatever comes next, as an engine does."""
        self.spoken.append(datagram)
        while True:
            self._transport.sendto(datagram, self.server)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.patience):
                    mail = await self._mail.next()
                if mail is not None:
                    self.replies.append(mail.decode())
                    return self.replies[-1]

    def say_again(self) -> None:
        """Give up waiting for a reply and send the datagram again."""
        self._mail.put(None)

    # ── its datagrams ──

    async def configure(self) -> str:
        """Say what the agent has; the first datagram of all."""
        return await self.exchange(self.config())

    def config(self) -> bytes:
        return write_fields(
            {
                "__target__": "envcontrol",
                "max_steps": MAX_STEPS,
                "id": self.id,
                "modelmetadata": json.dumps(self.metadata),
                "config": 1,
            }
        )

    def poll(self) -> bytes:
        return write_fields({"__target__": "envcontrol", "wait_command": WAIT_COMMAND, "id": self.id})

    def stop(self) -> bytes:
        return write_fields({"__target__": "envcontrol", "__stop__": "stop", "id": self.id})

    def state(self) -> bytes:
        control = self.control
        return write_fields(
            self.sensors()
            | {
                "done": self.done,
                "reward": self.reward,
                "id": self.id,
                "steps": self.steps,
                "truncated": False,
                "__ctrl_paused__": control.paused,
                "__ctrl_stopped__": control.stopped,
                "__ctrl_applyingAction__": control.acting,
                "__ctrl_frameCounter__": control.frame_counter,
                "__ctrl_skipFrame__": self.skip_frame,
                "__ctrl_repeatAction__": True,
                "__ctrl_envMode__": control.env_mode,
            }
        )

    def sensors(self) -> dict[str, Any]:
        return {"array": [float(self.start), float(self.count)]}

    # ── its frames ──

    async def frame(self) -> None:
        """One frame of the engine's physics."""
        control = self.control
        if control.env_mode:
            self._obey_waiting(_commands(await self.exchange(self.poll())))
        elif not control.acting:
            self._obey(_commands(await self.exchange(self.state())))
        elif not (control.stopped or control.paused):
            self._go_on()

    async def play(self) -> None:
        """Dial in, and then one frame after the other."""
        await self.open()
        try:
            await self.configure()
            while True:
                await self.frame()
                await asyncio.sleep(0)
        finally:
            self.close()

    def _obey_waiting(self, commands: list[list[str]]) -> None:
        name, *_ = commands[0]
        if name in ("__restart__", "__start_agent__", "__reset__"):
            self.control = Control(env_mode=False, stopped=False, frame_counter=0)
            if name == "__reset__":
                self._reset(commands)

    def _obey(self, commands: list[list[str]]) -> None:
        (name, *arguments), control = commands[0], self.control
        match name:
            case "__stop__" if not control.stopped:
                control.stopped, self.steps = True, 0
            case "__restart__" | "__reset__":
                self.control = Control(env_mode=False, stopped=False, frame_counter=0)
                self._reset(commands)
            case "__pause__":
                control.paused = True
            case "__resume__":
                control.paused = False
            case "__envcontrol__":
                control.env_mode = control.paused = True
            case "__waitnewaction__":
                pass
            case _ if not (control.paused or control.stopped):
                self._begin(name, arguments)

    def _reset(self, commands: list[list[str]]) -> None:
        self.executed.append("reset")
        given = {name: arguments for name, *arguments in commands[1:]}
        self.start = int(given["seed"][0]) if "seed" in given else self.start + 1
        self.steps, self.count, self.reward, self.done = 0, 0, 0.0, False

    def _begin(self, name: str, arguments: list[str]) -> None:
        """Whatever is no command of the engine's own is an action, also one that no actuator is called by."""
        self.executed.append(";".join([name, *arguments]))
        self.control.acting, self.control.frame_counter, self.reward = True, 1, 0.0
        if self.steps >= MAX_STEPS:
            self.done = True
        elif not self.done:
            self.act(name, arguments)
        if self.done:
            self._end_at_once()

    def act(self, name: str, arguments: list[str]) -> None:
        if name == "add":
            self.reward = float(arguments[0])
            self.count += int(self.reward)

    def _go_on(self) -> None:
        if self.control.frame_counter < self.skip_frame:
            self.control.frame_counter += 1
            return
        self.control.frame_counter, self.control.acting = 0, False
        self.steps += 1
        self.done = self.done or self.count >= GOAL

    def _end_at_once(self) -> None:
        self.control.stopped, self.control.acting, self.control.frame_counter = True, False, 0
        self.steps = 0


def expected(start: int, actions: list[int]) -> list[tuple[list[float], float, bool, bool]]:
    """What the steps of one episode come to: observation, reward, terminated, truncated."""
    count, results = 0, []
    for number, action in enumerate(actions):
        over = number >= MAX_STEPS
        count += 0 if over else action
        results.append(([float(start), float(count)], 0.0 if over else float(action), not over and count >= GOAL, over))
        if over or count >= GOAL:
            break
    return results


class _Mail(asyncio.DatagramProtocol):
    """What has come and was not read yet; the oldest is read first."""

    def __init__(self) -> None:
        self._kept: deque[bytes | None] = deque()
        self._news = asyncio.Event()

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self.put(data)

    def put(self, data: bytes | None) -> None:
        self._kept.append(data)
        self._news.set()

    async def next(self) -> bytes | None:
        while not self._kept:
            self._news.clear()
            await self._news.wait()
        return self._kept.popleft()


def _commands(reply: str) -> list[list[str]]:
    """The commands of a reply, each a name and so many arguments as it says; a shorter one stops an engine."""
    commands = []
    for text in reply.split("@"):
        name, count, *arguments = text.split(";")
        assert len(arguments) >= int(count), reply
        commands.append([name, *arguments[: int(count)]])
    return commands


def picture(width: int, height: int, mode: str = "L") -> str:
    """A PNG in base64, as sensors say it; its pixels rise row by row."""
    import io

    import numpy as np
    from PIL import Image

    depth = 3 if mode == "RGB" else 1
    pixels = np.arange(width * height * depth, dtype=np.uint8).reshape(height, width, depth).squeeze()
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()
