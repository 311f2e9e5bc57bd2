"""One StepStream call and the session it holds.

Replies go out as the bytes that the session keeps, in the order of the requests. One request is answered before the
next one is read, except behind a Recv, which may be waiting for what a later request brings. Faults of a request travel
inside a reply and the stream goes on; those that leave no session to go on with end it with a status.
"""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Protocol

import grpc

from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import (
    ContractMismatch,
    Fault,
    InvalidOptions,
    NotAllowed,
    NotAuthenticated,
    OutOfOrder,
    SessionLost,
    SessionTaken,
    UnknownSession,
)
from stepwire_service.fronts import messages
from stepwire_service.fronts.operations import Operations, failure
from stepwire_service.fronts.rpc.backlog import Backlog
from stepwire_service.fronts.rpc.calls import Context, abort, parse
from stepwire_service.sessions import Session, Sessions

ENDING = (ContractMismatch, NotAllowed, NotAuthenticated, SessionLost, SessionTaken, UnknownSession)
"""Faults that a stream does not survive."""


class Make(Protocol):
    """Opens a session for a stream."""

    def __call__(
        self, request: pb.MakeRequest, owner: str, *, streamed: bool
    ) -> Awaitable[tuple[Session, pb.MakeResponse]]:
        """The session, and the response that tells of it."""
        ...


class Stream:
    """One StepStream call, and the session it holds."""

    def __init__(self, context: Context, owner: str, sessions: Sessions, operations: Operations, make: Make) -> None:
        self._context = context
        self._owner = owner
        self._sessions = sessions
        self._operations = operations
        self._make_session = make
        self._session: Session | None = None
        self._task = asyncio.current_task()
        self._end: Exception | None = None
        self._closing = False
        self._backlog = Backlog(self._write, self._end_with)

    async def run(self) -> None:
        """Answer requests until the client ends the stream, or the session's end ends it."""
        try:
            await self._serve()
        except asyncio.CancelledError:
            if self._end is None:  # the client has gone
                raise
            self._uncancel()
            await abort(self._context, self._end)
        except Exception as error:
            await abort(self._context, error)
        finally:
            self._release()

    async def _serve(self) -> None:
        try:
            await self._read_all()
            await self._backlog.written()
        finally:
            self._backlog.drop()

    async def _read_all(self) -> None:
        read, backlog = self._context.read, self._backlog
        while (data := await read()) is not grpc.aio.EOF:
            request = parse(pb.StepStreamRequest, data)
            if backlog or request.HasField("recv"):
                await backlog.add(partial(self._reply, request, len(data)))
            else:
                await self._write(await self._reply(request, len(data)))

    async def _write(self, reply: bytes) -> None:
        await self._context.write(self._with_notice(reply) if self._sessions.draining else reply)

    async def _reply(self, request: pb.StepStreamRequest, size: int) -> bytes:
        try:
            return await self._answer(request, size)
        except ENDING:
            raise
        except Exception as error:
            return failure(request.number, error)

    async def _answer(self, request: pb.StepStreamRequest, size: int) -> bytes:
        match request.WhichOneof("request"):
            case "make":
                self._check_free(request.number)
                return await self._make(request.make, request.number)
            case "attach":
                self._check_free(request.number)
                return self._attach(request.attach)
            case None:
                raise InvalidOptions("request", "nothing", "one of the requests of a stream")
            case kind:
                return await self._ask(request, kind, size)

    async def _make(self, request: pb.MakeRequest, number: int) -> bytes:
        session, response = await self._make_session(request, self._owner, streamed=True)
        self._check_free(number)  # behind a Recv the next make is read while this one is executed
        self._hold(session)
        return pb.StepStreamResponse(make=response).SerializeToString()

    def _attach(self, request: pb.AttachRequest) -> bytes:
        session = self._sessions.find(request.session_id, request.resume_key, self._owner)
        self._hold(session)
        response = pb.AttachResponse(next_number=session.next_number)
        return pb.StepStreamResponse(attach=response).SerializeToString()

    async def _ask(self, request: pb.StepStreamRequest, kind: str, size: int) -> bytes:
        session = self._session
        if session is None:
            raise OutOfOrder(request.number, 0, "the first request on a stream is make or attach")
        closes = kind == "close"
        self._closing |= closes  # the session's end is what was asked for then, and breaks nothing off
        try:
            return await self._operations.ask(session, request.number, request.acked, getattr(request, kind), size)
        finally:
            if closes:
                self._closing = False
            if session.ended:
                self._release()

    def _check_free(self, number: int) -> None:
        if self._session is not None:
            raise OutOfOrder(number, self._session.next_number, "this stream holds a session already")

    def _hold(self, session: Session) -> None:
        self._session = session
        session.hold(self._on_end)

    def _release(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.release(self._on_end)

    def _on_end(self, fault: Fault) -> None:
        """The session has ended or was taken over; called from outside this stream's task."""
        if not self._closing:
            self._end_with(fault)

    def _end_with(self, error: Exception) -> None:
        if self._task is not None and self._end is None:
            self._end = error
            self._task.cancel()

    def _uncancel(self) -> None:
        if self._task is not None:
            self._task.uncancel()

    def _with_notice(self, reply: bytes) -> bytes:
        """Messages of protobuf merge when they are joined, and so the kept reply stays as it was."""
        notice = pb.StepStreamResponse(draining=messages.duration(self._sessions.seconds_left))
        return reply + notice.SerializeToString()
