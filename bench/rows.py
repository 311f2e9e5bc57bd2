"""What is timed: each row knows how to start, and how to do one round."""

import contextlib
import itertools
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import gymnasium as gym
import numpy as np
from websockets.sync.server import serve

import stepwire
from stepwire import codec
from stepwire.v1 import env_service_pb2 as pb
from stepwire_service import assets

HERE = Path(__file__).parent
BATCH = 64


@dataclass(frozen=True)
class Running:
    """A row that is set up: `round` steps once, all of the batch."""

    round: Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the result.

    Attributes:
        name: Unique.
        envs: Env steps in one round.
        floor: Names of the rows whose sum this row is compared with; none for floors themselves.
        start: Sets the row up.
    """

    name: str
    envs: int
    floor: tuple[str, ...]
    start: Callable[[], AbstractContextManager[Running]]


@dataclass(frozen=True)
class Addresses:
    """Where the servers of this run listen."""

    stepwire: str
    echo: str


@contextlib.contextmanager
def servers() -> Iterator[Addresses]:
    """A stepwire server with the games that the rows need, and a bare gRPC echo, each a process of its own."""
    with contextlib.ExitStack() as stack:
        yield Addresses(*(stack.enter_context(server(kind)) for kind in ("stepwire", "echo")))


@contextlib.contextmanager
def server(kind: str) -> Iterator[str]:
    """One process of bench/servers.py; gives its address."""
    command = [sys.executable, "-m", "bench.servers", kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate()  # closes its stdin, on which it stops


def all_rows(at: Addresses) -> list[Row]:
    """Every row, floors first."""
    return [
        *(echo_row(at, env_id, n) for env_id, n in itertools.product(("gym:CartPole-v1", "game:snake"), (1, BATCH))),
        *(websocket_row(at, n) for n in (1, BATCH)),
        Row("local CartPole-v1, 1", 1, (), lambda: local_one("CartPole-v1")),
        Row(f"local SyncVectorEnv CartPole-v1, {BATCH}", BATCH, (), lambda: local_batch("CartPole-v1")),
        *(remote_row(at, env_id, n) for env_id, n in itertools.product(("gym:CartPole-v1", "game:snake"), (1, BATCH))),
    ]


def remote(at: Addresses, env_id: str, n: int) -> Any:
    """A remote environment, single or batched."""
    return (
        stepwire.RemoteEnv(env_id, address=at.stepwire)
        if n == 1
        else stepwire.RemoteVectorEnv(env_id, num_envs=n, address=at.stepwire)
    )


def remote_row(at: Addresses, env_id: str, n: int) -> Row:
    """A remote environment beside the echo of its own messages, and the WebSocket's where there is one."""
    floor = [echo_name(env_id, n)]
    if env_id.startswith("game:"):
        floor.append(websocket_name(n))
    elif n > 1:
        floor.append(f"local SyncVectorEnv CartPole-v1, {n}")
    return Row(f"stepwire {env_id}, {n}", n, tuple(floor), lambda: stepping(remote(at, env_id, n), n))


@contextlib.contextmanager
def stepping(env: Any, n: int) -> Iterator[Running]:
    """Steps any environment with random actions made beforehand; a single one is reset when its episode ends."""
    env.action_space.seed(0)
    actions = itertools.cycle([env.action_space.sample() for _ in range(256)])
    env.reset(seed=0)

    def one() -> None:
        _, _, terminated, truncated, _ = env.step(next(actions))
        if terminated or truncated:
            env.reset()

    with contextlib.closing(env):
        yield Running(one if n == 1 else lambda: env.step(next(actions)))


def local_one(env_id: str) -> AbstractContextManager[Running]:
    """One local environment."""
    return stepping(gym.make(env_id), 1)


def local_batch(env_id: str) -> AbstractContextManager[Running]:
    """A batch in Gymnasium's own SyncVectorEnv."""
    return stepping(gym.make_vec(env_id, BATCH, vectorization_mode="sync"), BATCH)


# ---------------------------------------------------------------------------------------------------------- floors


def echo_name(env_id: str, n: int) -> str:
    """A name for `echo_row`."""
    return f"bare gRPC stream echo of {env_id}, {n}"


def echo_row(at: Addresses, env_id: str, n: int) -> Row:
    """A bare gRPC stream that sends a step's request and gets a step's response, both as ready bytes."""
    return Row(echo_name(env_id, n), n, (), lambda: grpc_echo(at, env_id, n))


@contextlib.contextmanager
def grpc_echo(at: Addresses, env_id: str, n: int) -> Iterator[Running]:
    """One stream to the echo server, which was told the response in the first message."""
    request, response = step_messages(at, env_id, n)
    sending: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    with grpc.insecure_channel(at.echo, options=options) as channel:
        call: Any = channel.stream_stream("/bench/Echo")  # without serializers it takes and gives bytes
        replies = call(iter(sending.get, None))
        sending.put(response)
        next(replies)

        def one() -> None:
            sending.put(request)
            next(replies)

        yield Running(one)
        sending.put(None)


def step_messages(at: Addresses, env_id: str, n: int) -> tuple[bytes, bytes]:
    """A step's request and response of that environment, serialized."""
    with contextlib.closing(remote(at, env_id, n)) as env:
        env.reset(seed=0)
        action = env.action_space.sample()
        observation, reward, terminated, truncated, info = env.step(action)
    request = pb.StepStreamRequest(number=1000, acked=999, step=pb.StepRequest(action=codec.encode_value(action)))
    step = pb.StepResponse(observation=codec.encode_value(observation), info=codec.encode_info(info))
    if n == 1:
        step.reward.CopyFrom(codec.encode_value(reward))
    else:
        step.rewards, step.terminations, step.truncations = reward.tobytes(), terminated.tobytes(), truncated.tobytes()
    return request.SerializeToString(), pb.StepStreamResponse(number=1000, step=step).SerializeToString()


def websocket_name(n: int) -> str:
    """A name for `websocket_row`."""
    return f"bare WebSocket echo of game:snake, {n}"


def websocket_row(at: Addresses, n: int) -> Row:
    """A bare WebSocket between Python and Node: a step's JSON out, a state's frame back."""
    return Row(websocket_name(n), n, (), lambda: websocket_echo(at, n))


@contextlib.contextmanager
def websocket_echo(at: Addresses, n: int) -> Iterator[Running]:
    """One WebSocket to a Node process that answers each message with the state it was told in the first one."""
    with contextlib.closing(remote(at, "game:snake", n)) as env:
        observation, _ = env.reset(seed=0)
    step = json.dumps({"type": "step", "id": 1, "instances": [*range(n)], "actions": [0] * n}, separators=(",", ":"))
    state = np.ascontiguousarray(observation).tobytes() + b" " * (200 + 10 * n)  # the header: ids, rewards, flags
    connected: queue.SimpleQueue[Any] = queue.SimpleQueue()
    done = threading.Event()

    def handle(connection: Any) -> None:
        connected.put(connection)
        done.wait()

    with serve(handle, "127.0.0.1", 0, compression=None, max_size=None) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        with subprocess.Popen([str(assets.node()), str(HERE / "echo.mjs"), url]) as node:
            connection = connected.get(timeout=10)
            connection.send(state)
            connection.recv()

            def one() -> None:
                connection.send(step)
                connection.recv()

            yield Running(one)
            done.set()
            connection.close()
            node.terminate()
