"""One stream call of gRPC as bytes out and bytes in, waited for by the thread that wants the answer.

Two ways to the same end. `QueuedCall` is grpcio's public one: a queue that a thread of gRPC's empties, and an iterator
that another one fills, so that a round trip wakes three threads. `direct.DirectCall` wakes one, and takes two thirds of
the time. It uses names of grpcio that are not public; where they are missing or other than expected, or where
STEPWIRE_DIRECT_CALLS=0, it is the queued one. docs/decisions/direct-calls.md has the figures.
"""

import logging
import os
from queue import SimpleQueue
from typing import Any, Protocol

import grpc

Metadata = tuple[tuple[str, str], ...]

_log = logging.getLogger(__name__)


class StreamCall(Protocol):
    """A call that sends and receives any number of messages. Not for several threads at a time, but for `cancel`."""

    def send(self, data: bytes) -> None:
        """Put a message on its way. What is wrong with the call is said by `receive`."""
        ...

    def receive(self) -> bytes:
        """Wait for the next message.

        Raises:
            grpc.RpcError: The call has ended; its code may be OK.
        """
        ...

    def cancel(self) -> None:
        """End the call, and with it a wait in another thread. Must not block; may be called from any thread."""
        ...

    def close(self) -> None:
        """Cancel, and leave nothing behind. May be called twice, and from any thread."""
        ...


def open_call(channel: grpc.Channel, method: str, metadata: Metadata) -> StreamCall:
    """Begin a call, in the quickest way there is."""
    if os.environ.get("STEPWIRE_DIRECT_CALLS") != "0":
        try:
            from stepwire.connection.direct import DirectCall

            return DirectCall(channel, method, metadata)
        except (ImportError, AttributeError, TypeError) as error:
            _log.debug("this grpcio's calls cannot be waited for directly: %s", error)
    return QueuedCall(channel, method, metadata)


class CallEnded(grpc.RpcError):
    """The end of a call, told in the way gRPC tells it."""

    def __init__(self, code: grpc.StatusCode, details: str, trailing_metadata: Any) -> None:
        super().__init__(details)
        self._code, self._details, self._trailing_metadata = code, details, trailing_metadata

    def code(self) -> grpc.StatusCode:
        """The status."""
        return self._code

    def details(self) -> str:
        """What was said with it."""
        return self._details

    def trailing_metadata(self) -> Any:
        """Keys and values."""
        return self._trailing_metadata


class QueuedCall:
    """A call over grpcio's public interface."""

    def __init__(self, channel: grpc.Channel, method: str, metadata: Metadata) -> None:
        self._requests: SimpleQueue[bytes | None] = SimpleQueue()
        call: Any = channel.stream_stream(method)  # without serializers it takes and gives bytes
        self._call = call(iter(self._requests.get, None), metadata=metadata)

    def send(self, data: bytes) -> None:
        """See `StreamCall`."""
        self._requests.put(data)

    def receive(self) -> bytes:
        """See `StreamCall`."""
        for data in self._call:
            return data  # type: ignore[no-any-return]
        raise CallEnded(grpc.StatusCode.OK, "the server ended the stream", ())

    def cancel(self) -> None:
        """See `StreamCall`."""
        self._call.cancel()

    def close(self) -> None:
        """See `StreamCall`."""
        self._requests.put(None)  # lets gRPC's thread that takes requests come to its end
        self._call.cancel()
