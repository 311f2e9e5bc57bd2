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
from stepwire_service.fronts.requests import Request, read_request
from stepwire_service.fronts.rpc.backlog import Backlog
from stepwire_service.fronts.rpc.begun import Begun
from stepwire_service.fronts.rpc.calls import Context, abort
from stepwire_service.sessions import Session, Sessions

ENDING = (ContractMismatch, NotAllowed, NotAuthenticated, SessionLost, SessionTaken, UnknownSession)
"""Faults that a stream does not survive."""

_UNUSUAL = (None, "make", "attach", "close")
"""Requests that are more than their session's concern."""


class Make(Protocol):
    """Opens a session for a stream."""

    def __call__(
        self, request: pb.MakeRequest, owner: str, *, streamed: bool
    ) -> Awaitable[tuple[Session, pb.MakeResponse]]:
        """The session, and the response that tells of it."""
        ...


class Stream:
    """One StepStream call, and the session it holds.

    Requests are read and answered in a task of the stream's own, which it lends to its session: gRPC cancels the task
    that it calls us in when the client goes, and a request that is being executed has to survive that.
    """

    def __init__(self, context: Context, owner: str, sessions: Sessions, operations: Operations, make: Make) -> None:
        self._context = context
        self._owner = owner
        self._sessions = sessions
        self._operations = operations
        self._make_session = make
        self._session: Session | None = None
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._end: Exception | None = None
        self._closing = False
        self._backlog = Backlog(self._write, self._end_with)
        self._reader = asyncio.create_task(self._serve())

    async def run(self) -> None:
        """Answer requests until the client ends the stream, or the session's end ends it."""
        try:
            await self._over
            if self._end is not None:
                await abort(self._context, self._end)
        finally:  # also when the client has gone
            self._backlog.drop()
            self._stop_reading()
            self._release()

    async def _serve(self) -> None:
        try:
            await self._read_all()
            await self._backlog.written()
        except Exception as error:
            self._end_with(error)
        finally:
            self._say_over()

    async def _read_all(self) -> None:
        read, write, backlog, sessions = self._context.read, self._context.write, self._backlog, self._sessions
        following = Begun(read())
        try:
            while (data := await following) is not grpc.aio.EOF:
                # gRPC is asked for the next request before this one is answered: it is then there as soon as it has
                # come, without another turn between gRPC's thread and the loop.
                following = Begun(read())
                request = read_request(data)
                if request.kind == "recv" or backlog:
                    await backlog.add(partial(self._reply, request))
                    continue
                reply = await self._reply(request, self._reader)
                await write(self._with_notice(reply) if sessions.draining else reply)
        finally:
            following.close()

    async def _write(self, reply: bytes) -> None:
        await self._context.write(self._with_notice(reply) if self._sessions.draining else reply)

    async def _reply(self, request: Request, lent: asyncio.Task[None] | None = None) -> bytes:
        try:
            if request.kind in _UNUSUAL:
                return await self._unusual_reply(request, lent)
            return await self._operations.ask(self._held(request.number), request, lent=lent)
        except ENDING:
            raise
        except Exception as error:
            return failure(request.number, error)

    async def _unusual_reply(self, request: Request, lent: asyncio.Task[None] | None) -> bytes:
        match request.kind:
            case "make":
                return await self._make(request.content, request.number)
            case "attach":
                return self._attach(request.content, request.number)
            case "close":
                return await self._close(request, lent)
            case _:
                raise InvalidOptions("request", "nothing", "one of the requests of a stream")

    async def _make(self, request: pb.MakeRequest, number: int) -> bytes:
        self._check_free(number)
        session, response = await self._make_session(request, self._owner, streamed=True)
        self._check_free(number)  # behind a Recv the next make is read while this one is executed
        self._hold(session)
        return pb.StepStreamResponse(make=response).SerializeToString()

    def _attach(self, request: pb.AttachRequest, number: int) -> bytes:
        self._check_free(number)
        session = self._sessions.find(request.session_id, request.resume_key, self._owner)
        self._hold(session)
        response = pb.AttachResponse(next_number=session.next_number)
        return pb.StepStreamResponse(attach=response).SerializeToString()

    async def _close(self, request: Request, lent: asyncio.Task[None] | None) -> bytes:
        session = self._held(request.number)
        self._closing = True  # the session's end is what was asked for then, and breaks nothing off
        try:
            return await self._operations.ask(session, request, lent=lent)
        finally:
            self._closing = False
            if session.ended:
                self._release()

    def _held(self, number: int) -> Session:
        if self._session is None:
            raise OutOfOrder(number, 0, "the first request on a stream is make or attach")
        return self._session

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

    # ── the end, wherever it comes from ──

    def _on_end(self, fault: Fault) -> None:
        """The session has ended or was taken over."""
        if not self._closing:
            self._end_with(fault)

    def _end_with(self, error: Exception) -> None:
        if not self._over.done():
            self._end = error
            self._say_over()
            self._stop_reading()

    def _say_over(self) -> None:
        if not self._over.done():
            self._over.set_result(None)

    def _stop_reading(self) -> None:
        """Read no further. A request that is being executed goes on, for the session; its reply finds no stream."""
        if self._session is None or not self._session.executes_in(self._reader):
            self._reader.cancel()

    def _with_notice(self, reply: bytes) -> bytes:
        """Messages of protobuf merge when they are joined, and so the kept reply stays as it was."""
        notice = pb.StepStreamResponse(draining=messages.duration(self._sessions.seconds_left))
        return reply + notice.SerializeToString()
