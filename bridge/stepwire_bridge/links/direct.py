"""Connections of the `websockets` library that hand over each message in the turn of the loop in which it comes.

The library opens and closes connections, answers pings, puts fragments together and refuses what is against RFC 6455.
Only the plain frame, one that is a whole message as nearly all are, goes a shorter way here, past its parser, queue and
tasks: a round trip takes 0.8 of what it takes through `recv` and `send`. See docs/decisions/plain-frames-by-hand.md.
"""

from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.connection import Connection
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import DATA_OPCODES, CloseCode, Frame, Opcode
from websockets.protocol import Event, State

from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.inbox import Inbox

try:
    from websockets.speedups import apply_mask
except ImportError:  # where there is no wheel and no compiler
    from websockets.utils import apply_mask

CLOSE_SECONDS = 1.0
"""How long a closing handshake may take; a game that is gone does not answer it."""

MAX_UNHEARD = 2**20
"""Bytes that may come after one side has said that it closes: a flood is not read to its end."""

NO_MASK = bytes(4)

TEXT, BINARY = 0x81, 0x82
PLAIN = (TEXT, BINARY)
"""The first byte of a frame that is a whole message."""


class _Direct(Connection):
    """What both sides have in common."""

    _mask_bit: int
    """In the second byte of every frame that comes: what a client sends is masked, what a server sends is not."""

    def __init__(self, *args: Any, largest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inbox = Inbox(lambda: self.transport.pause_reading(), lambda: self.transport.resume_reading())
        self._largest = largest
        self._in_handshake = True
        self._head = b""
        """The end of the handshake so far, in which its last line is looked for."""
        self._is_early = False
        """Whether it speaks before both have agreed, as no client may; then the library reads alone, to the end."""
        self._unheard = 0
        """Bytes that have come since the closing handshake began."""
        self._rest = bytearray()
        """The beginning of a frame whose end has not come."""
        self._parts: bytearray | None = None
        """The fragments of a message so far."""
        self._is_text = False
        """Whether they are of a text."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever receives, after the library."""
        super().connection_lost(exc)
        self.inbox.end(_why(self.protocol.close_exc))

    # ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────────

    def data_received(self, data: bytes) -> None:
        """Take the plain frames out of the bytes and leave everything else to the library, frame by frame."""
        if self._in_handshake:
            data = self._after_handshake(data)
        if self.protocol.state is not State.OPEN:
            self._count_out_of_turn(len(data))
        if self._is_early:
            super().data_received(data)
        elif self._rest:
            self._rest += data
            del self._rest[: self._take(self._rest)]
        else:
            self._rest += data[self._take(data) :]

    def _after_handshake(self, data: bytes) -> bytes:
        """Give the library its handshake, to the byte; what follows that is the rest."""
        self._head = self._head[-3:] + data
        end = self._head.find(b"\r\n\r\n") + 4
        self._in_handshake = end < 4
        cut = len(data) if self._in_handshake else len(data) - (len(self._head) - end)
        super().data_received(data[:cut])
        return data[cut:]

    def _count_out_of_turn(self, size: int) -> None:
        """What comes before both have agreed, or after one has said that it closes."""
        if self.protocol.state is State.CONNECTING:
            self._is_early = self._is_early or size > 0
            return
        self._unheard += size
        if self._unheard > MAX_UNHEARD:
            self.transport.abort()

    def _take(self, data: bytes | bytearray) -> int:
        """Take the frames that are there, and say how many bytes they had."""
        at, end = 0, len(data)
        while (extent := _extent(data, at)) is not None:
            start, after = extent
            is_small = after - start <= self._largest
            if after > end and is_small:
                break
            is_masked = data[at + 1] & 0x80 == self._mask_bit
            if data[at] not in PLAIN or not is_masked or not is_small or self._parts is not None:
                super().data_received(bytes(data[at:after]))
            elif self.protocol.state is State.OPEN:
                payload = memoryview(data)[start:after]
                mask = bytes(data[start - 4 : start]) if self._mask_bit else NO_MASK
                self._message(apply_mask(payload, mask), is_text=data[at] == TEXT)
            at = after
        return min(at, end)

    def process_event(self, event: Event) -> None:
        """Put fragments together; all else is the library's."""
        if isinstance(event, Frame) and event.opcode in DATA_OPCODES:
            self._fragment(event)
        else:
            super().process_event(event)

    def _fragment(self, frame: Frame) -> None:
        """One piece of a message; the library has seen to their order and to the size of them all."""
        if frame.opcode is not Opcode.CONT:
            self._parts, self._is_text = bytearray(), frame.opcode is Opcode.TEXT
        assert self._parts is not None
        self._parts += frame.data
        if frame.fin:
            whole, self._parts = bytes(self._parts), None
            self._message(whole, is_text=self._is_text)

    def _message(self, data: bytes, *, is_text: bool) -> None:
        try:
            self.inbox.put(data.decode() if is_text else data)
        except UnicodeDecodeError as error:
            self.protocol.fail(CloseCode.INVALID_DATA, f"{error.reason} at position {error.start}")
            self.send_data()
            self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    # ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_close(self, code: int, reason: str) -> None:
        """Say that we close, where nobody has said so; from now on no message is heard. Then `close` waits for it."""
        if self.protocol.state is State.OPEN:
            self.protocol.send_close(code, reason)
            self.send_data()

    def write(self, data: str | bytes) -> None:
        """Send a whole message; see `Link.send`."""
        if self.protocol.state is not State.OPEN:
            raise LinkClosed("it is closed")
        self._write(data)

    def _write(self, data: str | bytes) -> None:
        raise NotImplementedError


class DirectServer(_Direct, ServerConnection):
    """A connection of a game that dialled us."""

    _mask_bit = 0x80

    def _write(self, data: str | bytes) -> None:
        if isinstance(data, str):
            self.transport.write(_header(TEXT, len(payload := data.encode())) + payload)
        else:
            self.transport.write(_header(BINARY, len(data)) + data)


class DirectClient(_Direct, ClientConnection):
    """A connection to a game that we dialled."""

    _mask_bit = 0

    def _write(self, data: str | bytes) -> None:
        if isinstance(data, str):
            self.protocol.send_text(data.encode())
        else:
            self.protocol.send_binary(data)
        self.send_data()  # masked, which the library does


def _extent(data: bytes | bytearray, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and where it ends; None while its header is not all there."""
    there = len(data) - at
    if there < 2:
        return None
    second = data[at + 1]
    size, start = second & 0x7F, at + (6 if second & 0x80 else 2)
    if size == 126:
        size, start = int.from_bytes(data[at + 2 : at + 4]), start + 2
    elif size == 127:
        size, start = int.from_bytes(data[at + 2 : at + 10]), start + 8
    return (start, start + size) if start <= at + there else None


def _header(first: int, size: int) -> bytes:
    if size < 126:
        return bytes((first, size))
    if size < 2**16:
        return bytes((first, 126)) + size.to_bytes(2)
    return bytes((first, 127)) + size.to_bytes(8)


def _why(closed: ConnectionClosed) -> str:
    """Who closed and with what words."""
    if closed.sent and closed.sent.code == CloseCode.MESSAGE_TOO_BIG:
        return f"it sent a message over max_message_bytes: {closed.sent.reason}"
    if closed.rcvd is None:
        return "the connection broke"
    return f"code {closed.rcvd.code}{': ' + closed.rcvd.reason if closed.rcvd.reason else ''}"
