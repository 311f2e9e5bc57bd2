"""Carries a session's requests over one StepStream: the fast way, and the way that can have several in flight.

It knows one stream and its end. That a broken stream is followed by another is known to `Connection`.
"""

import math
from time import monotonic

import grpc

from stepwire.codec import CodecError
from stepwire.codec.replies import Reply, read_reply
from stepwire.connection import watchdog
from stepwire.connection.calls import open_call
from stepwire.connection.channel import SERVICE, Server
from stepwire.connection.statuses import exception_of, failure
from stepwire.connection.transport import Numbered
from stepwire.errors import ServerBug
from stepwire.v1.env_service_pb2 import (
    AttachRequest,
    MakeRequest,
    MakeResponse,
    StepStreamRequest,
    StepStreamResponse,
)

_ATTACH_SECONDS = 5.0
"""Longest wait for the answer to attach, which costs the server nothing."""


class Stream:
    """One StepStream call, from its first message to its end. See `transport.Transport` for the methods."""

    moves = False

    def __init__(self, server: Server) -> None:
        self.deadline = math.inf
        self._server = server
        self._expired = False
        self._call = open_call(server.channel, SERVICE + "StepStream", server.metadata)
        watchdog.watch(self)

    def make(self, request: MakeRequest, deadline: float) -> MakeResponse:
        """Open a session; the stream then carries it."""
        return self._first(StepStreamRequest(make=request), deadline).make

    def attach(self, made: MakeResponse, deadline: float) -> None:
        """Take up a session that another stream has made."""
        request = AttachRequest(session_id=made.session_id, resume_key=made.resume_key)
        self._first(StepStreamRequest(attach=request), min(deadline, monotonic() + _ATTACH_SECONDS))

    def send(self, request: Numbered) -> None:
        """Put a request on its way, without waiting."""
        self._call.send(request.data)

    def receive(self, deadline: float) -> Reply:
        """Wait for the next reply."""
        self.deadline = deadline
        try:
            return read_reply(self._call.receive())
        except CodecError as error:
            raise ServerBug.unreadable(error) from error
        except grpc.RpcError as error:
            raise failure(error, late=self._expired) from error
        finally:
            self.deadline = math.inf

    def close(self) -> None:
        """End the stream and close its channel."""
        watchdog.forget(self)
        self._call.close()
        self._server.close()

    def expire(self) -> None:
        """The watchdog's way to end a wait that is overdue."""
        self._expired = True
        self._call.cancel()

    def _first(self, request: StepStreamRequest, deadline: float) -> StepStreamResponse:
        self._call.send(request.SerializeToString())
        reply = self.receive(deadline).message
        if reply.HasField("error"):
            raise exception_of(reply.error)
        return reply
