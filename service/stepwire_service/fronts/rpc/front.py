"""EnvService's calls, and its place in a gRPC server."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

import grpc
from google.protobuf.message import Message

from stepwire.codec import CodecError
from stepwire.codec.replies import response_in
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.backend import Spec
from stepwire_bridge.faults import Fault, GameNonsense, SessionLost
from stepwire_service.catalog import Catalog
from stepwire_service.fronts import messages
from stepwire_service.fronts.operations import Operations
from stepwire_service.fronts.requests import Request
from stepwire_service.fronts.rpc.calls import Context, Told, abort, admit, parse
from stepwire_service.fronts.rpc.stream import Stream
from stepwire_service.sessions import Session, Sessions
from stepwire_service.settings import Settings

SERVICE: Final = pb.DESCRIPTOR.services_by_name["EnvService"].full_name

Method = Callable[[Any, str], Awaitable[Any]]


class EnvFront:
    """EnvService for a `grpc.aio.Server`.

    Args:
        sessions: What it opens and asks.
        catalog: What can be opened.
        settings: Limits.
        tokens: Those that open the server; empty for none.
        info: Fills in versions and load for GetServerInfo.
        endpoint: Where later calls of a session are to go; "" for the address that was dialled.
    """

    def __init__(
        self,
        sessions: Sessions,
        catalog: Catalog,
        settings: Settings,
        tokens: tuple[str, ...],
        info: Callable[[], pb.GetServerInfoResponse],
        endpoint: str = "",
    ) -> None:
        self._sessions = sessions
        self._settings = settings
        self._operations = Operations(sessions, settings.max_message_bytes)
        self._catalog = catalog
        self._tokens = tokens
        self._info = info
        self._endpoint = endpoint

    def handler(self) -> grpc.GenericRpcHandler:
        """What `server.add_generic_rpc_handlers` takes."""
        unary: dict[str, tuple[Any, Method]] = {
            "ListEnvs": (pb.ListEnvsRequest, self._list_envs),
            "GetServerInfo": (pb.GetServerInfoRequest, self._server_info),
            "Make": (pb.MakeRequest, self._make),
            "Spaces": (pb.SpacesRequest, self._spaces),
            "Reset": (pb.ResetRequest, partial(self._ask, "reset")),
            "Step": (pb.StepRequest, partial(self._ask, "step")),
            "Send": (pb.SendRequest, partial(self._ask, "send")),
            "Recv": (pb.RecvRequest, partial(self._ask, "recv")),
            "Render": (pb.RenderRequest, partial(self._ask, "render")),
            "Close": (pb.CloseRequest, self._close),
        }
        handlers = {name: self._unary(request, method) for name, (request, method) in unary.items()}
        # A stream's messages go in and out as bytes: replies are serialized once, where they are kept.
        handlers["StepStream"] = grpc.stream_stream_rpc_method_handler(self._step_stream)
        return grpc.method_handlers_generic_handler(SERVICE, handlers)

    async def _make_session(
        self, request: pb.MakeRequest, owner: str, *, streamed: bool
    ) -> tuple[Session, pb.MakeResponse]:
        """Open a session, and say how to use it."""
        order, deadlines = messages.order_of(request), messages.deadlines_of(request, self._settings)
        session = await self._sessions.open(order, deadlines, make_key=request.make_key, owner=owner, streamed=streamed)
        identity = session.identity
        response = pb.MakeResponse(
            session_id=identity.session_id, resume_key=identity.resume_key, endpoint=self._endpoint
        )
        try:
            _write_spaces(response.spaces, order.env_id, session.episodes.spec)
        except Fault as fault:
            self._sessions.abandon(session, fault)
            raise
        return session, response

    # ── calls of one request and one response ──

    def _unary(self, request_type: Any, method: Method) -> Any:
        async def behaviour(data: bytes, context: Context) -> Any:
            try:
                owner = self._admit(context)
                return await method(parse(request_type, data), owner)
            except Exception as error:
                await abort(context, error)

        return grpc.unary_unary_rpc_method_handler(
            behaviour,  # given bytes, for gRPC would answer junk with a traceback in the log
            response_serializer=_serialized,
        )

    def _admit(self, context: Context) -> str:
        return admit(context.invocation_metadata() or (), self._tokens)

    async def _list_envs(self, _: pb.ListEnvsRequest, _owner: str) -> pb.ListEnvsResponse:
        return messages.list_response(self._catalog.offers())

    async def _server_info(self, _: pb.GetServerInfoRequest, _owner: str) -> pb.GetServerInfoResponse:
        return self._info()

    async def _make(self, request: pb.MakeRequest, owner: str) -> pb.MakeResponse:
        _, response = await self._make_session(request, owner, streamed=False)
        return response

    async def _spaces(self, request: pb.SpacesRequest, owner: str) -> pb.SpacesResponse:
        if request.HasField("call"):
            return await self._ask("spaces", request, owner)  # type: ignore[no-any-return]
        kwargs = messages.kwargs_of(request.kwargs)
        spec = await self._catalog.spec(request.env_id, kwargs, timeout=self._settings.make_deadline)
        response = pb.SpacesResponse()
        _write_spaces(response, request.env_id, spec)
        return response

    async def _close(self, request: pb.CloseRequest, owner: str) -> pb.CloseResponse:
        try:
            return await self._ask("close", request, owner)  # type: ignore[no-any-return]
        except SessionLost:  # closed already, perhaps by the first sending of this very request
            return pb.CloseResponse()

    async def _ask(self, kind: str, request: Any, owner: str) -> Any:
        call = request.call
        session = self._sessions.find(call.session_id, call.resume_key, owner)
        numbered = Request(call.number, call.acked, kind, request, request.ByteSize())
        reply = await self._operations.ask(session, numbered)
        if (plain := response_in(reply)) is not None:
            return plain
        response = pb.StepStreamResponse.FromString(reply)
        if response.HasField("error"):
            raise Told(response.error)
        return getattr(response, kind)

    async def _step_stream(self, _: Any, context: Context) -> None:
        try:
            stream = Stream(context, self._admit(context), self._sessions, self._operations, self._make_session)
        except Exception as error:
            await abort(context, error)
        else:
            await stream.run()


def _serialized(response: bytes | Message) -> bytes:
    return response if isinstance(response, bytes) else response.SerializeToString()


def _write_spaces(message: pb.SpacesResponse, env_id: str, spec: Spec) -> None:
    try:
        messages.write_spaces(message, spec)
    except CodecError as error:
        raise GameNonsense(env_id, f"its spaces cannot be carried: {error}") from error
