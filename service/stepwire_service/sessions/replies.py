"""Which request of a session is new, and the replies that its client may ask for again.

Pure bookkeeping: no clock, no tasks. Requests are numbered from 1, each number one more than the last. A reply is kept
until the client says that it has arrived.
"""

from stepwire_bridge.faults import OutOfOrder


class Replies:
    """The numbers a session has seen, and its replies that are not acknowledged yet.

    Args:
        max_count: How many requests may be unacknowledged.
        max_bytes: How many bytes of replies may be unacknowledged before a new request is refused.
    """

    def __init__(self, max_count: int, max_bytes: int) -> None:
        self._max_count = max_count
        self._max_bytes = max_bytes
        self._kept: dict[int, bytes | None] = {}  # None: admitted and not answered yet
        self._bytes = 0
        self.next_number = 1

    def admit(self, number: int, acked: int) -> bool:
        """Take note of a request; True when it is new and has to be executed, False when it came before.

        Args:
            number: The request's.
            acked: The highest number whose reply has arrived at the client; replies up to it are forgotten.

        Raises:
            OutOfOrder: The number leaves a gap, its reply is forgotten, too much is unacknowledged, or `acked` is not
                a number the client can know of. The request is not taken note of: it may come again, mended.
        """
        if acked:
            self._forget(acked)
        if number != self.next_number:
            return self._repeated(number)
        if len(self._kept) >= self._max_count or self._bytes >= self._max_bytes:
            raise self._no_room(number)
        self._kept[number] = None
        self.next_number = number + 1
        return True

    def keep(self, number: int, reply: bytes) -> None:
        """Remember the reply to an admitted request."""
        self._kept[number] = reply
        self._bytes += len(reply)

    def get(self, number: int) -> bytes | None:
        """The reply to an admitted request; None while it is being executed."""
        return self._kept[number]

    def _forget(self, acked: int) -> None:
        if acked >= self.next_number:
            raise OutOfOrder(acked, self.next_number, "acked names a request that has not been made")
        while self._kept and (oldest := next(iter(self._kept))) <= acked:
            reply = self._kept[oldest]
            if reply is None:
                raise OutOfOrder(acked, oldest, "acked names a request that has not been answered")
            self._bytes -= len(reply)
            del self._kept[oldest]

    def _repeated(self, number: int) -> bool:
        if number > self.next_number or number < 1:
            raise OutOfOrder(number, self.next_number, "numbers start at 1 and grow by one")
        if number not in self._kept:
            raise OutOfOrder(number, self.next_number, "its reply was acknowledged and is forgotten")
        return False

    def _no_room(self, number: int) -> OutOfOrder:
        if len(self._kept) >= self._max_count:
            why = f"{len(self._kept)} replies are not acknowledged, the limit (max_unacked_replies)"
        else:
            why = f"{self._bytes} bytes of replies are not acknowledged, the limit (max_unacked_bytes)"
        return OutOfOrder(number, number, why)
