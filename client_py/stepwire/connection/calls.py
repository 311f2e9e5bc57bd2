"""One stream call of gRPC as bytes out and bytes in, waited for by the thread that wants the answer.

Two ways to the same end. `QueuedCall` is grpcio's public one: a queue that a thread of gRPC's empties, and an iterator
that another one fills, so that a round trip wakes three threads. `DirectCall` has the caller's thread wait for the
network itself, as gRPC's own calls of one request and one response do, and takes two thirds of the time. It uses
names of grpcio that are not public, all of them here; where they are missing or other than expected, or where
STEPWIRE_DIRECT_CALLS=0, it is the queued one. docs/decisions/direct-calls.md has the figures.
"""

import logging
import os
import threading
import weakref
from collections import deque
from queue import SimpleQueue
from typing import Any, Final, Protocol

import grpc

Metadata = tuple[tuple[str, str], ...]

_NO_FLAGS: Final = 0
_FORK_PATIENCE: Final = 5.0
"""Seconds for another thread's wait to end before a fork goes on without."""
_CODES: Final = {code.value[0]: code for code in grpc.StatusCode}
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


class DirectCall:
    """A call whose completions the caller's own thread takes from gRPC.

    gRPC is asked for operations (to send a message, to receive one), each under a name, and gives each name back when
    its operation is done. One operation of a kind may be under way; one that receives always is. The one that waits
    for the status ends last, and with it the call.

    Raises:
        ImportError, AttributeError, TypeError: This grpcio is made otherwise.
    """

    def __init__(self, channel: grpc.Channel, method: str, metadata: Metadata) -> None:
        from grpc._cython import cygrpc  # type: ignore[attr-defined]

        self._grpc = cygrpc
        self._arrived: deque[bytes] = deque()
        self._under_way = {"open", "opened", "receive", "status"}
        self._end: CallEnded | None = None
        self._waiting = threading.Lock()
        first = (
            (cygrpc.SendInitialMetadataOperation(metadata, _NO_FLAGS), "open"),
            (cygrpc.ReceiveInitialMetadataOperation(_NO_FLAGS), "opened"),
            (cygrpc.ReceiveMessageOperation(_NO_FLAGS), "receive"),
            (cygrpc.ReceiveStatusOnClientOperation(_NO_FLAGS), "status"),
        )
        with _FORKS.none_now:
            self._call = channel._channel.segregated_call(  # type: ignore[attr-defined]
                cygrpc.PropagationConstants.GRPC_PROPAGATE_DEFAULTS, method.encode(), None, None, metadata, None,
                tuple(((operation,), name) for operation, name in first), None,
            )  # fmt: skip
            _FORKS.calls.add(self)

    def send(self, data: bytes) -> None:
        """See `StreamCall`."""
        with self._waiting:
            while "send" in self._under_way:
                self._take()
            if self._end is None:
                self._begin(self._grpc.SendMessageOperation(data, _NO_FLAGS), "send")

    def receive(self) -> bytes:
        """See `StreamCall`."""
        with self._waiting:
            while not self._arrived:
                if not self._under_way:
                    raise self._end or CallEnded(grpc.StatusCode.UNKNOWN, "the call ended without a status", ())
                self._take()
            return self._arrived.popleft()

    def cancel(self) -> None:
        """See `StreamCall`."""
        if self._under_way:
            self._call.cancel(self._grpc.StatusCode.cancelled, "given up by the client")

    def close(self) -> None:
        """See `StreamCall`. Where another thread waits, that one is woken and finds the call at its end."""
        self.finish(patience=0.0)

    def finish(self, patience: float) -> None:
        """Cancel, and give gRPC the time to free the call, which it does when nothing of it is under way.

        Args:
            patience: Seconds that another thread has to notice the end, if one waits.
        """
        self.cancel()
        if self._waiting.acquire(timeout=patience):
            try:
                while self._under_way:
                    self._take()
            finally:
                self._waiting.release()

    def _begin(self, operation: Any, name: str) -> None:
        self._under_way.add(name)
        self._call.operate((operation,), name)

    def _take(self) -> None:
        """Wait until some operation is done."""
        try:
            event = self._call.next_event()
        except BaseException:  # Ctrl-C, most likely: grpcio has then thrown the call away, and must not be asked again
            self._under_way.clear()
            raise
        name = event.tag
        self._under_way.discard(name)
        if name == "receive":
            self._take_message(event.batch_operations[0].message())
        elif name == "status":
            self._end = _end_of(event.batch_operations[0])

    def _take_message(self, data: bytes | None) -> None:
        if data is not None:
            self._arrived.append(data)
            self._begin(self._grpc.ReceiveMessageOperation(_NO_FLAGS), "receive")


def _end_of(status: Any) -> CallEnded:
    code = _CODES.get(status.code(), grpc.StatusCode.UNKNOWN)
    return CallEnded(code, status.details(), status.trailing_metadata())


class _Forks:
    """Ends the process's direct calls before it forks: gRPC's own handler in the child would wait for them for ever.

    The parent's streams are cut by that, and their sessions go on over new ones, as after any cut.
    """

    def __init__(self) -> None:
        self.calls: weakref.WeakSet[DirectCall] = weakref.WeakSet()
        self.none_now = threading.RLock()
        """Held while a call begins, and while the process forks."""
        os.register_at_fork(before=self._before, after_in_parent=self._after, after_in_child=self._after)

    def _before(self) -> None:
        self.none_now.acquire()
        for call in list(self.calls):
            call.finish(_FORK_PATIENCE)

    def _after(self) -> None:
        self.none_now.release()


_FORKS: Final = _Forks()
