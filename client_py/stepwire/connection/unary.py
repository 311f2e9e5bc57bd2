"""Carries a session's requests by one call each: slower than a stream, for networks that allow no long streams.

A request leaves when its reply is waited for, so there is one in flight at a time and their order is kept.
"""

from collections import deque
from functools import partial
from time import monotonic
from typing import TypeAlias

import grpc

from stepwire.codec import CodecError
from stepwire.codec.replies import Reply, read_response
from stepwire.connection.channel import SERVICE, Server
from stepwire.connection.statuses import exception_of, failure, has_reason, status_of
from stepwire.connection.transport import Numbered
from stepwire.errors import ServerBug
from stepwire.v1.env_service_pb2 import (
    MakeRequest,
    MakeResponse,
    SessionCall,
    StepStreamRequest,
    StepStreamResponse,
)

_SHORTEST = 0.001
_Method: TypeAlias = "grpc.UnaryUnaryMultiCallable[StepStreamRequest, bytes]"  # a generic only in stubs


class Unary:
    """Calls to one server. See `transport.Transport` for the methods."""

    moves = True

    def __init__(self, server: Server) -> None:
        self._server = server
        self._made = MakeResponse()
        self._waiting: deque[Numbered] = deque()
        self._methods: dict[str, _Method] = {}

    def make(self, request: MakeRequest, deadline: float) -> MakeResponse:
        """Open a session."""
        reply = self._call(StepStreamRequest(make=request), deadline).message
        if reply.HasField("error"):
            raise exception_of(reply.error)
        self._made = reply.make
        return reply.make

    def attach(self, made: MakeResponse, deadline: float) -> None:
        """Take up a session; each call names it, so there is nothing to send."""
        self._made = made

    def send(self, request: Numbered) -> None:
        """Keep a request until its reply is waited for."""
        self._waiting.append(request)

    def receive(self, deadline: float) -> Reply:
        """Make the next call and wait for its end."""
        request = StepStreamRequest.FromString(self._waiting.popleft().data)
        kind = request.WhichOneof("request") or ""
        getattr(request, kind).call.CopyFrom(self._session_call(request))
        return self._call(request, deadline)

    def close(self) -> None:
        """Close the channel."""
        self._server.close()

    def _session_call(self, request: StepStreamRequest) -> SessionCall:
        return SessionCall(
            session_id=self._made.session_id,
            resume_key=self._made.resume_key,
            number=request.number,
            acked=request.acked,
        )

    def _call(self, request: StepStreamRequest, deadline: float) -> Reply:
        kind = request.WhichOneof("request") or ""
        timeout = max(deadline - monotonic(), _SHORTEST)
        try:
            reply = read_response(kind, self._method(kind)(request, timeout=timeout, metadata=self._server.metadata))
        except grpc.RpcError as error:
            reply = _fault_reply(error)
        except CodecError as error:
            raise ServerBug.unreadable(error) from error
        reply.number = request.number
        return reply

    def _method(self, kind: str) -> _Method:
        if kind not in self._methods:
            self._methods[kind] = self._server.channel.unary_unary(
                SERVICE + kind.capitalize(), request_serializer=partial(_inner, kind), response_deserializer=None
            )
        return self._methods[kind]


def _inner(kind: str, request: StepStreamRequest) -> bytes:
    data: bytes = getattr(request, kind).SerializeToString()
    return data


def _fault_reply(error: grpc.RpcError) -> Reply:
    late = error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    status = status_of(error)
    if not has_reason(status):
        raise failure(error, late=late) from error
    return Reply.of(StepStreamResponse(error=status))
