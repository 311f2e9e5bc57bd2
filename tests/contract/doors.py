"""The doors that the contract suite is run over: the same calls of an agent, whichever way they go in."""

import secrets
from typing import Any, Protocol

import grpc
from google.rpc.status_pb2 import Status

from stepwire.codec import encode_map, encode_value
from stepwire.v1 import env_service_pb2 as pb
from tests.service.harness import Caller, make_request, status_of


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
