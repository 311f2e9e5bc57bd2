"""A stream call whose answers the caller's own thread takes from gRPC: see `calls` for why.

All that is known here of grpcio's inside is known nowhere else. What grpcio's own threads would do beside the calls is
done here, too: calls are ended before a fork, and connections are read while nobody waits for an answer.
"""

import contextlib
import os
import threading
import time
import weakref
from collections import deque
from typing import Any, Final

import grpc
from grpc._cython import cygrpc  # type: ignore[attr-defined]

from stepwire.connection.calls import CallEnded, Metadata

_NO_FLAGS: Final = 0
_CODES: Final = {code.value[0]: code for code in grpc.StatusCode}
_FORK_PATIENCE: Final = 5.0
"""Seconds for another thread's wait to end before a fork goes on without."""
_READING_PAUSE: Final = 0.5
"""Seconds between two looks at connections that nobody waits for."""
_READING_SECONDS: Final = 0.001, 0.00002
"""How long a look may take: so much, and so much more for each call."""


class DirectCall:
    """A call whose completions the caller's own thread takes from gRPC.

    gRPC is asked for operations (to send a message, to receive one), each under a name, and gives each name back when
    its operation is done. One operation of a kind may be under way; one that receives always is. The one that waits
    for the status ends last, and with it the call.

    Raises:
        AttributeError, TypeError: This grpcio is made otherwise.
    """

    def __init__(self, channel: grpc.Channel, method: str, metadata: Metadata) -> None:
        self._channel: Any = channel._channel  # type: ignore[attr-defined]
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
        with _OPEN.undisturbed:
            self._call = self._channel.segregated_call(
                cygrpc.PropagationConstants.GRPC_PROPAGATE_DEFAULTS, method.encode(), None, None, metadata, None,
                tuple(((operation,), name) for operation, name in first), None,
            )  # fmt: skip
            _OPEN.add(self)

    def send(self, data: bytes) -> None:
        """See `StreamCall`."""
        with self._waiting:
            while "send" in self._under_way:
                self._take()
            if self._end is None:
                self._begin(cygrpc.SendMessageOperation(data, _NO_FLAGS), "send")

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
            self._call.cancel(cygrpc.StatusCode.cancelled, "given up by the client")

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

    @property
    def is_open(self) -> bool:
        """Whether something of it is under way; of an open call the status is, at least."""
        return bool(self._under_way)

    @property
    def is_waited_for(self) -> bool:
        """Whether a thread waits for it just now, and so reads its connection."""
        return self._waiting.locked()

    def read(self, seconds: float) -> None:
        """Have gRPC read what has come over any connection of this process, for so long; wakes who waits for it."""
        state = self._channel.check_connectivity_state(False)
        self._channel.watch_connectivity_state(state, time.time() + seconds)

    def _begin(self, operation: Any, name: str) -> None:
        self._call.operate((operation,), name)
        self._under_way.add(name)  # not before: Ctrl-C in between must leave nothing to be waited for that never comes

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
            self._begin(cygrpc.ReceiveMessageOperation(_NO_FLAGS), "receive")


def _end_of(status: Any) -> CallEnded:
    code = _CODES.get(status.code(), grpc.StatusCode.UNKNOWN)
    return CallEnded(code, status.details(), status.trailing_metadata())


class _Open:
    """The direct calls of this process, and what has to be done for all of them.

    Before the process forks they are ended: gRPC's own handler in the child would wait for them for ever. The parent's
    streams are cut by that, and their sessions go on over new ones, as after any cut.

    While nobody waits for any of them their connections are read now and then, by a daemon thread: there are pings to
    be answered, and a server hangs up on a client that leaves them.
    """

    def __init__(self) -> None:
        self.undisturbed = threading.RLock()
        """Held while a call begins, while connections are read, and while the process forks."""
        self._calls: weakref.WeakSet[DirectCall] = weakref.WeakSet()
        self._reader: threading.Thread | None = None
        os.register_at_fork(before=self._before_fork, after_in_parent=self._go_on, after_in_child=self._begin_anew)

    def add(self, call: DirectCall) -> None:
        """Take care of a call for as long as it lives."""
        self._calls.add(call)
        if self._reader is None:
            self._reader = threading.Thread(target=self._read_on, name="stepwire-reader", daemon=True)
            self._reader.start()

    def _read_on(self) -> None:
        while True:
            time.sleep(_READING_PAUSE)
            with self.undisturbed:
                self._read([call for call in self._calls if call.is_open])

    def _read(self, calls: list[DirectCall]) -> None:
        if not calls or any(call.is_waited_for for call in calls):
            return  # who waits reads for all
        least, each = _READING_SECONDS
        with contextlib.suppress(ValueError):  # its channel was closed in this moment; the next look takes another one
            calls[0].read(least + each * len(calls))

    def _before_fork(self) -> None:
        self.undisturbed.acquire()
        for call in list(self._calls):
            call.finish(_FORK_PATIENCE)

    def _go_on(self) -> None:
        self.undisturbed.release()

    def _begin_anew(self) -> None:
        self._calls.clear()
        self._reader = None  # threads do not live on in a child
        self.undisturbed.release()


_OPEN: Final = _Open()
