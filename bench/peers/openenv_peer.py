"""OpenEnv: CartPole behind its FastAPI application under uvicorn, and its generic client.

    python -m bench.peers.openenv_peer

The case CartPole×1 is its synchronous client, inside:CartPole×1 its asynchronous one from inside an event loop.
"""

import asyncio
import contextlib
import socket
import sys
from collections.abc import Iterator
from typing import Any

from bench.drivers.driving import Timing, drive, repeated, repeated_in
from bench.drivers.serving import python

ACTIONS = [{"action": 0}, {"action": 1}]


def serve() -> None:
    """Run the application on a free port. No pings: a client that waits for its turn would not answer them."""
    import gymnasium
    import uvicorn
    from openenv.core.env_server import Action, Environment, Observation, State, create_fastapi_app

    class Push(Action):
        action: int

    class Seen(Observation):
        observation: list[float]

    class CartPole(Environment):
        SUPPORTS_CONCURRENT_SESSIONS = True

        def __init__(self) -> None:
            super().__init__()
            self._env = gymnasium.make("CartPole-v1")

        def reset(self, seed: int | None = None, episode_id: str | None = None, **_: Any) -> Seen:
            observation, _info = self._env.reset(seed=seed)
            return Seen(observation=observation.tolist())

        def step(self, action: Push, timeout_s: float | None = None, **_: Any) -> Seen:
            observation, reward, terminated, truncated, _info = self._env.step(action.action)
            return Seen(observation=observation.tolist(), reward=float(reward), done=terminated or truncated)

        @property
        def state(self) -> State:
            return State()

    app = create_fastapi_app(CartPole, Push, Seen, max_concurrent_envs=4)
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_level="warning", ws_ping_interval=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


@contextlib.contextmanager
def synchronous(address: str) -> Iterator[Timing]:
    """A trainer's plain calls."""
    with _client(address).sync() as env:
        env.reset()
        turns = iter(range(10**12))

        def once() -> None:
            if env.step(ACTIONS[next(turns) % 2]).done:
                env.reset()

        yield repeated(once)


@contextlib.contextmanager
def inside(address: str) -> Iterator[Timing]:
    """The same, awaited."""
    client = _client(address)
    with asyncio.Runner() as runner:

        async def begin() -> None:
            await client.connect()
            await client.reset()

        runner.run(begin())
        turns = iter(range(10**12))

        async def once() -> None:
            if (await client.step(ACTIONS[next(turns) % 2])).done:
                await client.reset()

        yield repeated_in(runner.get_loop(), once)


def _client(address: str) -> Any:
    from openenv import GenericEnvClient

    return GenericEnvClient(base_url=f"http://{address}", websocket_ping_interval_s=None)


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve()
    else:
        with python("bench.peers.openenv_peer", "--serve") as server:
            drive(lambda case: inside(server) if case.startswith("inside:") else synchronous(server))
