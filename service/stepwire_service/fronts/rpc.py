"""The gRPC front: EnvService of stepwire.v1 on one side, sessions on the other.

The only module of the service, beside `server`, that imports grpc. What a request means is said in `operations` and
`messages`; here is how requests come in, how replies and statuses go out, and who may come in at all.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

import grpc
from google.protobuf.message import DecodeError

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
from stepwire_service.catalog import Catalog
from stepwire_service.fronts import messages
from stepwire_service.fronts.operations import Operations, failure
from stepwire_service.fronts.status import status_of
from stepwire_service.sessions import Session, Sessions
from stepwire_service.settings import Settings
from stepwire_service.tokens import owner_of

logger = logging.getLogger(__name__)

SERVICE: Final = pb.DESCRIPTOR.services_by_name["EnvService"].full_name
CONTRACT_HEADER: Final = "stepwire-contract"

DETAILS_HEADER: Final = "grpc-status-details-bin"
"""Where gRPC's richer error model has the google.rpc.Status: https://grpc.io/docs/guides/error/."""

HEADROOM_BYTES: Final = 2**20
"""gRPC's own size limit is that much higher than ours, so that ours is the one that speaks."""

Context = grpc.aio.ServicerContext[Any, Any]
Method = Callable[[Any, str], Awaitable[Any]]


class EnvFront:
    """EnvService for a `grpc.aio.Server`.

    Args:
        sessions: What it opens and asks.
        catalog: What can be opened.
        settings: Limits.
        tokens: Those that open the server; empty for none.
        info: Fills in versions and load for GetServerInfo.
    """

    def __init__(
        self,
        sessions: Sessions,
        catalog: Catalog,
        settings: Settings,
        tokens: tuple[str, ...],
        info: Callable[[], pb.GetServerInfoResponse],
    ) -> None:
        self.sessions = sessions
        self.settings = settings
        self.operations = Operations(sessions, settings.max_message_bytes)
        self._catalog = catalog
        self._tokens = tokens
        self._info = info

    def handler(self) -> grpc.GenericRpcHandler:
        """What `server.add_generic_rpc_handlers` takes."""
        unary: dict[str, tuple[Any, Method]] = {
            "ListEnvs": (pb.ListEnvsRequest, self._list_envs),
            "GetServerInfo": (pb.GetServerInfoRequest, self._server_info),
            "Make": (pb.MakeRequest, self._make),
            "Spaces": (pb.SpacesRequest, self._spaces),
            "Reset": (pb.ResetRequest, self._ask),
            "Step": (pb.StepRequest, self._ask),
            "Render": (pb.RenderRequest, self._ask),
            "Close": (pb.CloseRequest, self._close),
        }
        handlers = {name: self._unary(request, method) for name, (request, method) in unary.items()}
        # A stream's messages go in and out as bytes: replies are serialized once, where they are kept.
        handlers["StepStream"] = grpc.stream_stream_rpc_method_handler(self._step_stream)
        return grpc.method_handlers_generic_handler(SERVICE, handlers)

    async def make(self, request: pb.MakeRequest, owner: str, *, streamed: bool) -> tuple[Session, pb.MakeResponse]:
        """Open a session, and say how to use it."""
        order, deadlines = messages.order_of(request), messages.deadlines_of(request, self.settings)
        session = await self.sessions.open(order, deadlines, make_key=request.make_key, owner=owner, streamed=streamed)
        identity = session.identity
        response = pb.MakeResponse(session_id=identity.session_id, resume_key=identity.resume_key)
        messages.write_spaces(response.spaces, session.episodes.spec)
        return session, response

    # ── calls of one request and one response ──

    def _unary(self, request_type: Any, method: Method) -> Any:
        async def behaviour(request: Any, context: Context) -> Any:
            try:
                return await method(request, self._admit(context))
            except Exception as error:
                await abort(context, error)

        return grpc.unary_unary_rpc_method_handler(
            behaviour,
            request_deserializer=request_type.FromString,
            response_serializer=lambda response: response.SerializeToString(),
        )

    def _admit(self, context: Context) -> str:
        """Whose call it is."""
        metadata = dict(context.invocation_metadata() or ())
        owner = owner_of(_text(metadata.get("authorization")), self._tokens)
        contract = _text(metadata.get(CONTRACT_HEADER)) or str(messages.CONTRACT_VERSION)
        if contract != str(messages.CONTRACT_VERSION):
            raise ContractMismatch(int(contract) if contract.isdecimal() else 0, messages.CONTRACT_VERSION)
        return owner

    async def _list_envs(self, _: pb.ListEnvsRequest, _owner: str) -> pb.ListEnvsResponse:
        return messages.list_response(self._catalog.offers())

    async def _server_info(self, _: pb.GetServerInfoRequest, _owner: str) -> pb.GetServerInfoResponse:
        return self._info()

    async def _make(self, request: pb.MakeRequest, owner: str) -> pb.MakeResponse:
        _, response = await self.make(request, owner, streamed=False)
        return response

    async def _spaces(self, request: pb.SpacesRequest, owner: str) -> pb.SpacesResponse:
        if request.HasField("call"):
            return await self._ask(request, owner)  # type: ignore[no-any-return]
        kwargs = messages.kwargs_of(request.kwargs)
        spec = await self._catalog.spec(request.env_id, kwargs, timeout=self.settings.make_deadline)
        response = pb.SpacesResponse()
        messages.write_spaces(response, spec)
        return response

    async def _close(self, request: pb.CloseRequest, owner: str) -> pb.CloseResponse:
        try:
            return await self._ask(request, owner)  # type: ignore[no-any-return]
        except SessionLost:  # closed already, perhaps by the first sending of this very request
            return pb.CloseResponse()

    async def _ask(self, request: Any, owner: str) -> Any:
        call = request.call
        session = self.sessions.find(call.session_id, call.resume_key, owner)
        reply = await self.operations.ask(session, call.number, call.acked, request, request.ByteSize())
        response = pb.StepStreamResponse.FromString(reply)
        if response.HasField("error"):
            raise _Told(response.error)
        return getattr(response, response.WhichOneof("response") or "")

    # ── the stream ──

    async def _step_stream(self, _: Any, context: Context) -> None:
        try:
            stream = _Stream(self, context, self._admit(context))
        except Exception as error:
            await abort(context, error)
        else:
            await stream.run()


class _Stream:
    """One StepStream call, and the session it holds."""

    def __init__(self, front: EnvFront, context: Context, owner: str) -> None:
        self._front = front
        self._context = context
        self._owner = owner
        self._session: Session | None = None
        self._task = asyncio.current_task()
        self._end: Fault | None = None

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
        read, write, sessions = self._context.read, self._context.write, self._front.sessions
        while (data := await read()) is not grpc.aio.EOF:
            reply = await self._reply(data)
            await write(self._with_notice(reply) if sessions.draining else reply)

    async def _reply(self, data: bytes) -> bytes:
        request = _parse(data)
        try:
            return await self._answer(request, len(data))
        except _ENDING:
            raise
        except Exception as error:
            return failure(request.number, error)

    async def _answer(self, request: pb.StepStreamRequest, size: int) -> bytes:
        match request.WhichOneof("request"):
            case "make":
                self._check_free(request.number)
                return await self._make(request.make)
            case "attach":
                self._check_free(request.number)
                return self._attach(request.attach)
            case None:
                raise InvalidOptions("request", "nothing", "one of the requests of a stream")
            case kind:
                return await self._ask(request, kind, size)

    async def _make(self, request: pb.MakeRequest) -> bytes:
        session, response = await self._front.make(request, self._owner, streamed=True)
        self._hold(session)
        return pb.StepStreamResponse(make=response).SerializeToString()

    def _attach(self, request: pb.AttachRequest) -> bytes:
        session = self._front.sessions.find(request.session_id, request.resume_key, self._owner)
        self._hold(session)
        response = pb.AttachResponse(next_number=session.next_number)
        return pb.StepStreamResponse(attach=response).SerializeToString()

    async def _ask(self, request: pb.StepStreamRequest, kind: str, size: int) -> bytes:
        session = self._session
        if session is None:
            raise OutOfOrder(request.number, 0, "the first request on a stream is make or attach")
        if kind == "close":
            self._release()
        return await self._front.operations.ask(session, request.number, request.acked, getattr(request, kind), size)

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
        self._end = fault
        if self._task is not None:
            self._task.cancel()

    def _uncancel(self) -> None:
        if self._task is not None:
            self._task.uncancel()

    def _with_notice(self, reply: bytes) -> bytes:
        """Messages of protobuf merge when they are joined, and so the kept reply stays as it was."""
        notice = pb.StepStreamResponse(draining=messages.duration(self._front.sessions.seconds_left))
        return reply + notice.SerializeToString()


_ENDING = (ContractMismatch, NotAllowed, NotAuthenticated, SessionLost, SessionTaken, UnknownSession)
"""Faults that a stream does not survive."""


class _Told(Exception):
    """A failure whose status is ready, as it was kept."""

    def __init__(self, status: Any) -> None:
        self.status = status


async def abort(context: Context, error: Exception) -> None:
    """End a call with the status of an error."""
    status = error.status if isinstance(error, _Told) else status_of(error)
    await context.abort(_CODES[status.code], status.message, ((DETAILS_HEADER, status.SerializeToString()),))


_CODES = {code.value[0]: code for code in grpc.StatusCode}


def _parse(data: bytes) -> pb.StepStreamRequest:
    try:
        return pb.StepStreamRequest.FromString(data)
    except DecodeError as error:
        raise InvalidOptions("request", "bytes that are no message", "a StepStreamRequest") from error


def _text(value: str | bytes | None) -> str | None:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
