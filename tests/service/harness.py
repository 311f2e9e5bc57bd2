"""A server in the test's own event loop, and a client made of nothing but the generated stub."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status

import tests.odd_envs  # noqa: F401
from stepwire.codec import encode_map, encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
from stepwire_service.server import Server
from stepwire_service.settings import Settings

ANYWHERE = "127.0.0.1:0"


class Caller:
    """Makes unary calls, and counts their numbers where a session is given."""

    def __init__(self, channel: grpc.aio.Channel, metadata: tuple[tuple[str, str], ...] = ()) -> None:
        self.channel = channel
        self.stub = EnvServiceStub(channel)
        self.metadata = metadata

    async def call(self, method: str, request: Any) -> Any:
        return await getattr(self.stub, method)(request, metadata=self.metadata, timeout=30)

    async def make(self, env_id: str, **fields: Any) -> "Held":
        return Held(self, await self.call("Make", make_request(env_id, **fields)))

    def stream(self) -> "Stream":
        return Stream(self.stub.StepStream(metadata=self.metadata))


class Held:
    """A session that was made by a unary call, and its numbers."""

    def __init__(self, caller: Caller, made: pb.MakeResponse) -> None:
        self.caller = caller
        self.made = made
        self.number = 0

    def numbered(self, number: int, acked: int = 0, **wrong: Any) -> pb.SessionCall:
        fields = {"session_id": self.made.session_id, "resume_key": self.made.resume_key, **wrong}
        return pb.SessionCall(number=number, acked=acked, **fields)

    async def ask(self, method: str, **fields: Any) -> Any:
        self.number += 1
        call = self.numbered(self.number, self.number - 1)
        return await self.caller.call(method, getattr(pb, f"{method}Request")(call=call, **fields))

    async def reset(self, seed: int | None = None) -> pb.ResetResponse:
        return await self.ask("Reset", seeds=[] if seed is None else [pb.Seed(value=seed)])

    async def step(self, action: Any) -> pb.StepResponse:
        return await self.ask("Step", action=encode_value(action))


class Stream:
    """A StepStream, whose requests are numbered unless the test says otherwise."""

    def __init__(self, call: Any) -> None:
        self._call = call
        self.number = 0

    async def send(self, number: int | None = None, acked: int | None = None, **request: Any) -> None:
        if number is None and not {"make", "attach"} & request.keys():
            self.number += 1
        number = self.number if number is None else number
        numbers = {} if {"make", "attach"} & request.keys() else {"number": number, "acked": acked or 0}
        await self._call.write(pb.StepStreamRequest(**numbers, **request))

    async def receive(self) -> pb.StepStreamResponse:
        response = await self._call.read()
        if response is grpc.aio.EOF:
            raise AssertionError(f"the stream has ended: {await self._call.details()}")
        return response

    async def ask(self, number: int | None = None, acked: int | None = None, **request: Any) -> Any:
        """Send, receive, and give the whole response."""
        await self.send(number, acked, **request)
        return await self.receive()

    async def make(self, env_id: str, **fields: Any) -> pb.MakeResponse:
        response = await self.ask(make=make_request(env_id, **fields))
        assert response.WhichOneof("response") == "make", response.error.message
        return response.make

    async def attach(self, made: pb.MakeResponse) -> Any:
        return await self.ask(attach=pb.AttachRequest(session_id=made.session_id, resume_key=made.resume_key))

    async def reset(self, seed: int | None = None) -> Any:
        seeds = [] if seed is None else [pb.Seed(value=seed)]
        return await self.ask(acked=self.number, reset=pb.ResetRequest(seeds=seeds))

    async def step(self, action: Any, number: int | None = None) -> Any:
        return await self.ask(number, acked=self.number if number is None else 0, step=step_request(action))

    async def half_close(self) -> None:
        await self._call.done_writing()

    def cut(self) -> None:
        """Break it, as a lost connection would."""
        self._call.cancel()

    async def ended(self) -> Status:
        """Wait for the stream's end; its status."""
        try:
            response = await self._call.read()
        except grpc.aio.AioRpcError as error:
            return status_of(error)
        assert response is grpc.aio.EOF, f"one more response: {response}"
        return Status()


def make_request(env_id: str, *, kwargs: dict[str, Any] | None = None, **fields: Any) -> pb.MakeRequest:
    fields.setdefault("make_key", secrets.token_bytes(16))
    return pb.MakeRequest(env_id=env_id, kwargs=encode_map(kwargs or {}), **fields)


def step_request(action: Any) -> pb.StepRequest:
    return pb.StepRequest(action=encode_value(action))


def status_of(error: grpc.aio.AioRpcError) -> Status:
    """The details of a failed call."""
    return _status(error.trailing_metadata())


async def refused(call: Any) -> Status:
    """The status of a call that must fail."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    status = status_of(caught.value)
    assert status.code == caught.value.code().value[0]
    assert status.message == caught.value.details()
    return status


async def sessions_left(caller: Caller, count: int) -> None:
    """Wait until the server has so many sessions."""
    async with asyncio.timeout(10):
        while (await caller.call("GetServerInfo", pb.GetServerInfoRequest())).load.sessions != count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def reason(status: Status) -> str:
    """What clients branch on."""
    return error_info(status).reason


def error_info(status: Status) -> error_details_pb2.ErrorInfo:
    return detail(status, error_details_pb2.ErrorInfo)


def detail(status: Status, kind: Any) -> Any:
    """The first detail of that kind; an empty one when there is none."""
    message = kind()
    for packed in status.details:
        if packed.Is(kind.DESCRIPTOR):
            packed.Unpack(message)
            return message
    return message


def _status(metadata: Any) -> Status:
    return Status.FromString(dict(iter(metadata or ())).get("grpc-status-details-bin", b""))


@asynccontextmanager
async def serving(**settings: Any) -> AsyncIterator[Server]:
    wanted = {"address": ANYWHERE, "games_address": ANYWHERE, "web_address": "", **settings}
    async with Server(Settings(**wanted)) as server:
        yield server


@asynccontextmanager
async def calling(server: Server, *, token: str | None = None, contract: str | None = None) -> AsyncIterator[Caller]:
    metadata = () if token is None else (("authorization", f"Bearer {token}"),)
    metadata += () if contract is None else (("stepwire-contract", contract),)
    largest = [(f"grpc.max_{way}_message_length", -1) for way in ("send", "receive")]
    async with grpc.aio.insecure_channel(server.address, options=largest) as channel:
        yield Caller(channel, metadata)


@asynccontextmanager
async def served(**settings: Any) -> AsyncIterator[Caller]:
    """A server and a caller of it."""
    async with serving(**settings) as server, calling(server) as caller:
        yield caller
