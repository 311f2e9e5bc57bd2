"""The doors that the contract suite is run over: the same calls of an agent, whichever way they go in."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Protocol

import grpc
import gymnasium
from google.rpc.status_pb2 import Status

from stepwire.codec import decode_value, encode_map, encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire_service.server import Server
from tests.service.fronts.gymie import agents
from tests.service.harness import Caller, calling, make_request, status_of


class Refused(Exception):
    """What a door says when a call cannot be; `status` is a google.rpc.Status."""

    def __init__(self, status: Status) -> None:
        self.status = status
        super().__init__(status.message)


class Door(Protocol):
    """One agent at a front."""

    made: pb.MakeResponse
    number: int

    async def make(self, env_id: str, **fields: Any) -> None: ...

    async def ask(self, number: int, acked: int, kind: str, **fields: Any) -> Any:
        """Send one numbered request and give the response to it."""
        ...


class UnaryDoor:
    """Every request is a call of its own."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self.number = 0

    async def make(self, env_id: str, **fields: Any) -> None:
        self.made = await self._call("Make", make_request(env_id, **fields))

    async def ask(self, number: int, acked: int, kind: str, **fields: Any) -> Any:
        call = pb.SessionCall(
            session_id=self.made.session_id, resume_key=self.made.resume_key, number=number, acked=acked
        )
        return await self._call(kind, getattr(pb, f"{kind}Request")(call=call, **fields))

    async def _call(self, method: str, request: Any) -> Any:
        try:
            return await self._caller.call(method, request)
        except grpc.aio.AioRpcError as error:
            raise Refused(status_of(error)) from error


class StreamDoor:
    """All requests go over one stream."""

    def __init__(self, caller: Caller) -> None:
        self._stream = caller.stream()
        self.number = 0

    async def make(self, env_id: str, **fields: Any) -> None:
        self.made = self._told(await self._stream.ask(make=make_request(env_id, **fields))).make

    async def ask(self, number: int, acked: int, kind: str, **fields: Any) -> Any:
        request = getattr(pb, f"{kind}Request")(**fields)
        response = self._told(await self._stream.ask(number, acked, **{kind.lower(): request}))
        assert response.number == number
        return getattr(response, kind.lower())

    def _told(self, response: pb.StepStreamResponse) -> pb.StepStreamResponse:
        if response.HasField("error"):
            raise Refused(response.error)
        return response


async def reset(door: Door, seed: int | None = None, **options: Any) -> pb.ResetResponse:
    """The next request in order, acknowledging all before it."""
    fields: dict[str, Any] = {"options": encode_map(options)} if options else {}
    return await _next(door, "Reset", seeds=[] if seed is None else [pb.Seed(value=seed)], **fields)


async def step(door: Door, action: Any) -> pb.StepResponse:
    """The same, for a step."""
    return await _next(door, "Step", action=encode_value(action))


async def ask(door: Door, kind: str, **fields: Any) -> Any:
    """The same, for any other request."""
    return await _next(door, kind, **fields)


async def _next(door: Door, kind: str, **fields: Any) -> Any:
    door.number += 1
    return await door.ask(door.number, door.number - 1, kind, **fields)


def new_key() -> bytes:
    """A make key that nobody has had."""
    return secrets.token_bytes(16)


DOORS = {"unary": UnaryDoor, "stream": StreamDoor}


# ── players: what an agent of any front can do, in plain values ──


class Played(NamedTuple):
    """What a step gave. Of a front with one flag for the end, `truncated` is None and `terminated` that flag."""

    observation: Any
    reward: float
    terminated: bool
    truncated: bool | None


class Player(Protocol):
    """One agent with one environment."""

    async def make(self, env_id: str, seed: int) -> None:
        """Make it, to be reset with that seed first."""
        ...

    async def reset(self) -> Any: ...

    async def step(self, action: int) -> Played: ...


class LocalPlayer:
    """No front at all: Gymnasium itself."""

    async def make(self, env_id: str, seed: int) -> None:
        self._env = gymnasium.make(env_id.removeprefix("gym:"))
        self._seed: int | None = seed

    async def reset(self) -> Any:
        seed, self._seed = self._seed, None
        return self._env.reset(seed=seed)[0]

    async def step(self, action: int) -> Played:
        return Played(*self._env.step(action)[:4])


class GrpcPlayer:
    """At one of the DOORS."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def make(self, env_id: str, seed: int) -> None:
        await self._door.make(env_id)
        self._seed: int | None = seed

    async def reset(self) -> Any:
        seed, self._seed = self._seed, None
        return decode_value((await reset(self._door, seed)).observation)

    async def step(self, action: int) -> Played:
        response = await step(self._door, action)
        observation, reward = decode_value(response.observation), decode_value(response.reward)
        return Played(observation, reward, response.terminated, response.truncated)


class ClassicPlayer:
    """An agent of Gymie's."""

    def __init__(self, agent: agents.Classic) -> None:
        self._agent = agent

    async def make(self, env_id: str, seed: int) -> None:
        self._of = {"instance_id": await self._agent.make(env_id, seed=seed)}

    async def reset(self) -> Any:
        return await self._agent.ask("reset", **self._of)

    async def step(self, action: int) -> Played:
        observation, reward, done, _ = await self._agent.ask("step", **self._of, action=action)
        return Played(observation, reward, done, None)


class ModernPlayer:
    """The same, in the second version of its protocol."""

    def __init__(self, agent: agents.Modern) -> None:
        self._agent = agent

    async def make(self, env_id: str, seed: int) -> None:
        self._of = {"instance_id": await self._agent.make(env_id, seed=seed)}

    async def reset(self) -> Any:
        return (await self._agent.ask("reset", **self._of))["observation"]

    async def step(self, action: int) -> Played:
        said = await self._agent.ask("step", **self._of, action=action)
        return Played(said["observation"], said["reward"], said["terminated"], said["truncated"])


@asynccontextmanager
async def players(server: Server) -> AsyncIterator[dict[str, Player]]:
    """One at each front of a server, and one at none."""
    async with (
        calling(server) as caller,
        agents.classic(server.gymie_address) as classic,
        agents.modern(server.gymie_address) as modern,
    ):
        grpc_players: dict[str, Player] = {name: GrpcPlayer(door(caller)) for name, door in DOORS.items()}
        yield {
            "local": LocalPlayer(),
            **grpc_players,
            "gymie": ClassicPlayer(classic),
            "gymie v2": ModernPlayer(modern),
        }
