"""A step's messages as they are on the wire, for the floors to echo: recorded from a real server before a run.

    python -m bench.payloads

It plays a little of each environment over a stream whose responses nobody parses, and writes the last step's request
and response to .build/bench; likewise what goes between bridge and game.
"""

import asyncio
import itertools
import queue
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
from gymnasium.vector.utils import batch_space

from bench.drivers import sockets
from bench.drivers.sockets import dialled
from bench.drivers.stepwire_server import stepwire_server
from stepwire import codec
from stepwire.v1.env_service_pb2 import MakeRequest, ResetRequest, Seed, SpacesResponse, StepRequest, StepStreamRequest
from stepwire.v1.env_service_pb2 import StepStreamResponse as Response

FOLDER = Path(__file__).parents[1] / ".build" / "bench"
STEPS = 150
"""Enough for request numbers of two bytes, as most are."""

PAYLOADS: dict[str, tuple[str, int]] = {
    "noop×1": ("gym:bench.envs:Noop-v0", 1),
    "noop×64": ("gym:bench.envs:Noop-v0", 64),
    "noop×1024": ("gym:bench.envs:Noop-v0", 1024),
    "CartPole×64": ("gym:CartPole-v1", 64),
    "snake×1": ("game:snake", 1),
    "snake×64": ("game:snake", 64),
    "pixels84×64": ("gym:bench.envs:Pixels84-v0", 64),
    "pixels210×64": ("gym:bench.envs:Pixels210-v0", 64),
    "dict×64": ("gym:bench.envs:Dict-v0", 64),
}
"""By name: what is played, and how many copies of it."""


def read(name: str) -> tuple[bytes, bytes]:
    """The request and the response of a payload."""
    return (FOLDER / f"{name}.request").read_bytes(), (FOLDER / f"{name}.response").read_bytes()


def read_game(name: str) -> tuple[str | bytes, str | bytes]:
    """The step and the state between bridge and game of a payload of games; text where they are text."""
    step, state = ((FOLDER / f"{name}.{kind}").read_bytes() for kind in ("step", "state"))
    return step.decode(), state.decode() if state.startswith(b"{") else state


def main() -> None:
    """Record all payloads."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with stepwire_server("--games", "snake=65") as (address, _):
        for name, (env_id, count) in PAYLOADS.items():
            request, response = _last_step(address, env_id, count)
            (FOLDER / f"{name}.request").write_bytes(request)
            (FOLDER / f"{name}.response").write_bytes(response)
            if env_id.startswith("game:"):
                step, state = asyncio.run(_game_messages(count))
                (FOLDER / f"{name}.step").write_text(step)
                (FOLDER / f"{name}.state").write_bytes(state.encode() if isinstance(state, str) else state)


async def _game_messages(count: int) -> tuple[str, str | bytes]:
    """A step's messages between bridge and game."""
    async with dialled("sockets.mjs", "1", str(count)) as (connection,):
        step = sockets.step([1] * await sockets.begin(connection))
        await connection.send(step)
        return step, await connection.recv()


def _last_step(address: str, env_id: str, n: int) -> tuple[bytes, bytes]:
    with _stream(address) as ask:
        made = Response.FromString(ask(StepStreamRequest(make=make_request(env_id, n)))[1])
        assert made.HasField("make"), made.error
        steps = itertools.cycle(random_steps(made.make.spaces, n))
        reset = ResetRequest(seeds=[Seed(value=i) for i in range(n)])
        ask(StepStreamRequest(number=1, reset=reset))
        last = b"", b""
        for number in range(2, STEPS):
            if _is_over(last[1]):
                ask(StepStreamRequest(number=number, acked=number - 1, reset=reset))
                last = b"", b""
                continue
            last = ask(StepStreamRequest(number=number, acked=number - 1, step=next(steps)))
        return last


def random_steps(spaces: SpacesResponse, n: int) -> list[StepRequest]:
    """Steps with random actions, the same for the same environment; as many as `rounds.stepping` makes."""
    space = codec.decode_space(spaces.action_space)
    actions = space if n == 1 else batch_space(space, n)
    actions.seed(0)
    return [StepRequest(action=codec.encode_value(actions.sample())) for _ in range(64)]


def _is_over(response: bytes) -> bool:
    """Whether a single environment's episode is; batches reset themselves."""
    step = Response.FromString(response).step
    return step.terminated or step.truncated


def make_request(env_id: str, n: int) -> MakeRequest:
    """What opens a single environment, or a batch."""
    request = MakeRequest(env_id=env_id, make_key=secrets.token_bytes(16))
    if n > 1:
        request.num_envs = n
    return request


@contextmanager
def _stream(address: str) -> Iterator[Any]:
    """A function that sends a request and gives both messages' bytes."""
    sending: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    with grpc.insecure_channel(address, options=options) as channel:
        call: Any = channel.stream_stream("/stepwire.v1.EnvService/StepStream")
        replies = call(iter(sending.get, None), metadata=(("stepwire-contract", "1"),))

        def ask(message: StepStreamRequest) -> tuple[bytes, bytes]:
            request = message.SerializeToString()
            sending.put(request)
            return request, next(replies)

        yield ask
        sending.put(None)


if __name__ == "__main__":
    main()
