"""The backends that the contract suite is run over: each opens itself, and knows how to fall silent."""

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gymnasium
from gymnasium.vector import AutoresetMode
from websockets.asyncio.client import connect

from stepwire_bridge import spaces
from stepwire_bridge.backend import Backend
from stepwire_bridge.backends.local import open_local
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.dialects.wemi import Declaration
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.udp_games import UdpGames
from stepwire_service import assets
from tests.bridge.toy import Toy, ToyGame, joined
from tests.bridge.udp.ai4u_engine import Agent
from tests.bridge.udp.ai4u_network import bridge as agents_bridge
from tests.bridge.udp.engine import Cube, engines
from tests.contract import wescale_toy
from tests.contract.wescale_toy import WeScaleToy

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of backend, ready to be opened.

    Attributes:
        open: Takes `num_envs`, `autoreset_mode` and `render_mode`.
        mute: From now on the game answers nothing, but a later reset finds one that does. None where that is not
            to be had.
    """

    open: Callable[..., Any]
    mute: Callable[[], None] | None = None


class MutableToy(Toy):
    """The toy as a local environment, whose steps can be made to wait."""

    speaks = threading.Event()

    def __init__(self, render_mode: str | None = None) -> None:
        super().__init__()
        self.render_mode = render_mode

    def step(self, action: Any) -> Any:
        self.speaks.wait(30)
        return super().step(action)


gymnasium.register("Contract/Toy-v0", entry_point=MutableToy)


@contextlib.asynccontextmanager
async def local() -> AsyncIterator[Subject]:
    """A Gymnasium environment in a thread."""

    async def open_toy(**order: Any) -> Backend:
        return await open_local("Contract/Toy-v0", timeout=SECONDS, **order)

    MutableToy.speaks.set()
    yield Subject(open_toy, MutableToy.speaks.clear)
    MutableToy.speaks.set()


@contextlib.asynccontextmanager
async def inline() -> AsyncIterator[Subject]:
    """A Gymnasium environment on the event loop."""

    async def open_toy(**order: Any) -> Backend:
        return await open_local("Contract/Toy-v0", timeout=SECONDS, inline=True, **order)

    MutableToy.speaks.set()
    yield Subject(open_toy)


@contextlib.asynccontextmanager
async def remote() -> AsyncIterator[Subject]:
    """The same rules as games on WebSockets, over several connections."""
    async with _listening() as (lobby, games):
        toys = [ToyGame(instances=2) for _ in range(4)]
        playing = [await joined(games, toy) for toy in toys]
        await asyncio.gather(*(toy.until_heard("welcome") for toy in toys))

        def mute() -> None:
            for toy in toys:
                if any(message["type"] == "reset" for message in toy.heard):
                    toy.answer = lambda _: []

        yield Subject(_opener(lobby, "toy"), mute)
        await asyncio.gather(*(one.leave() for one in playing))


@contextlib.asynccontextmanager
async def snake() -> AsyncIterator[Subject]:
    """The bundled game in a real Node."""
    async with _listening() as (lobby, games):
        url = f"ws://127.0.0.1:{games.port}"
        game = assets.path("js_client/examples/snake/game.js")
        command = [
            assets.node(),
            assets.path("js_client/host/run.js"),
            "--game",
            game,
            "--url",
            url,
            "--instances",
            "8",
        ]
        node = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        yield Subject(_opener(lobby, "snake"))
        node.terminate()
        await node.wait()


@contextlib.asynccontextmanager
async def wemi() -> AsyncIterator[Subject]:
    """The toy's rules as games that speak WemiEnv's messages, one on each of several connections."""
    async with _listening() as (lobby, games):
        games.declare(Declaration("toy", spaces.write(Toy.observation_space), spaces.write(Toy.action_space)))
        url = f"ws://127.0.0.1:{games.port}/wemi/toy"
        playing = [asyncio.create_task(_play_by_wemi(url, Toy(100 * i))) for i in range(4)]
        yield Subject(_opener(lobby, "toy"))
        for task in playing:
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)


async def _play_by_wemi(url: str, toy: Toy) -> None:
    async with connect(url) as connection:
        async for text in connection:
            message = json.loads(text)
            observation, *rest = toy.reset() if message["restart"] else toy.step(message["action"])
            reward, *ends = (0, False) if message["restart"] else rest[:3]
            await connection.send(json.dumps({"obs": observation.tolist(), "reward": reward, "done": any(ends)}))


class TimelessCube(Cube):
    """A cube whose states do not count: the same seed gives the same episode, infos and all."""

    def handle(self, name: str, arguments: Sequence[str]) -> dict[str, Any]:
        said = super().handle(name, arguments)
        del said["frame"]
        return said


CUBES = """
[cube]
dialect = "unityremote"
input_port = 0
output_port = {port}
n_envs = {count}
actions = [["go", 1.5], ["go", -1], ["go", 3]]
seed = "seed"
"""


@contextlib.asynccontextmanager
async def unityremote() -> AsyncIterator[Subject]:
    """Engines that speak over UDP, one for each copy."""
    lobby = Lobby()
    games = UdpGames(Games(lobby))
    async with engines(8) as playing:
        (declaration,) = declarations(CUBES.format(port=playing[0].address[1], count=len(playing))).values()
        await games.start(declaration)
        for engine in playing:
            engine.rules = TimelessCube()

        def mute() -> None:
            for engine in playing:
                if engine.heard:
                    engine.answer = lambda name, arguments: []

        yield Subject(_opener(lobby, "cube"), mute)
        await games.close()


@contextlib.asynccontextmanager
async def wescale() -> AsyncIterator[Subject]:
    """The same rules as games of WeScale's guide, each on a connection of its own."""
    async with _listening() as (lobby, games), contextlib.AsyncExitStack() as stack:
        games.declare(wescale_toy.DECLARATION)
        toys, tasks = [WeScaleToy() for _ in range(8)], []
        for toy in toys:
            connection = await stack.enter_async_context(connect(f"ws://127.0.0.1:{games.port}/wescale/toy"))
            tasks.append(asyncio.create_task(toy.play(connection)))

        def mute() -> None:
            for toy in toys:
                toy.is_mute = toy.was_reset

        yield Subject(_opener(lobby, "toy"), mute)
        await games.close()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def ai4u() -> AsyncIterator[Subject]:
    """Agents of AI4U over UDP, each an engine of its own."""
    async with agents_bridge() as at:
        agents = [at.join(Agent(at.address, str(i), start=100 * i)) for i in range(8)]
        await at.lobby.until_connected(len(agents))

        def mute() -> None:
            for agent in agents:
                if agent.executed:
                    at.stop(agent)

        yield Subject(_opener(at.lobby, "counter"), mute)


@contextlib.asynccontextmanager
async def _listening() -> AsyncIterator[tuple[Lobby, Games]]:
    lobby = Lobby()
    games = Games(lobby)
    await games.start("127.0.0.1", 0)
    yield lobby, games
    await games.close()


def _opener(lobby: Lobby, name: str) -> Callable[..., Any]:
    async def open_game(
        num_envs: int | None = None, autoreset_mode: AutoresetMode | None = None, render_mode: str | None = None
    ) -> Backend:
        return await RemoteBackend.open(
            lobby, name, num_envs=num_envs, autoreset_mode=autoreset_mode, render_mode=render_mode, timeout=SECONDS
        )

    return open_game


SUBJECTS = {
    "local": local,
    "inline": inline,
    "remote": remote,
    "snake": snake,
    "wemi": wemi,
    "wescale": wescale,
    "unityremote": unityremote,
    "ai4u": ai4u,
}

WITHOUT_SEEDS = {"wemi"}
"""Subjects whose games have no word for seeds."""

WITHOUT_PICTURES = {"wemi", "unityremote", "ai4u"}
"""Subjects whose games have no word for drawing."""
