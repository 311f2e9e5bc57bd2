"""The replies of a session, as the client reads them: a StepStreamResponse, in values rather than in messages.

A plain reply to a step, reset, recv or render is read straight from its bytes, so that a picture is copied once. Every
other reply is a message of protobuf's, and so is, when it is looked at, what turns out not to be plain. Knows a reply's
number and which response it holds; the fields of each are known to `responses`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from google.protobuf.message import DecodeError

from stepwire.codec import responses
from stepwire.codec.errors import CodecError
from stepwire.codec.memory import LARGE, keep_room
from stepwire.codec.plain_reading import NOT_PLAIN
from stepwire.codec.responses import READERS, Begun, Fields, Outcome, Received
from stepwire.codec.wire import VARINT, NotPlain, read_varint, sized, tag_of, varint
from stepwire.v1.env_service_pb2 import StepStreamResponse

Result = TypeVar("Result")

_NUMBER = tag_of(StepStreamResponse, "number", VARINT)
_NUMBER_TAG = _NUMBER[0]
_STEP, _RESET, _RECV, _RENDER = (tag_of(StepStreamResponse, name)[0] for name in ("step", "reset", "recv", "render"))


class Reply:
    """A reply, of which no more is read than is asked for.

    Attributes:
        number: The request's.
        plain: Whether it answers a step, reset, recv or render, and brings neither a fault nor a notice.
    """

    __slots__ = ("_data", "_kind", "_message", "_start", "number", "plain")

    def __init__(self, number: int, kind: int, data: bytes, start: int) -> None:
        """A plain one.

        Args:
            number: The request's.
            kind: Which response, by its tag.
            data: Where it is.
            start: Where it begins; it ends with the data.
        """
        self.number = number
        self.plain = True
        self._kind = kind
        self._data = data
        self._start = start
        self._message: StepStreamResponse | None = None

    @classmethod
    def of(cls, message: StepStreamResponse) -> "Reply":
        """One that is a message already."""
        reply = cls(message.number, 0, b"", 0)
        reply.plain = False
        reply._message = message
        return reply

    @property
    def message(self) -> StepStreamResponse:
        """The whole reply, as protobuf reads it.

        Raises:
            CodecError: It is none.
        """
        if self._message is None:
            content = memoryview(self._data)[self._start :]
            head = _NUMBER + varint(self.number) + varint(self._kind) + varint(len(content))
            self._message = _parsed(b"".join((head, content)))
        return self._message

    def step(self) -> Outcome:
        """The outcome of a single environment's step, each part of the type the environment gave.

        Raises:
            CodecError: What is there makes no values. This holds for all that follow, too.
        """
        return self._read(_STEP, responses.plain_step, responses.step)

    def batch_step(self) -> Outcome:
        """The outcome of a step of n copies: the numbers are float64[n] and twice bool[n]."""
        return self._read(_STEP, responses.plain_batch_step, responses.batch_step)

    def recv(self) -> Received:
        """The outcome of the steps of some copies, as `batch_step` has it, and which they are."""
        return self._read(_RECV, responses.plain_recv, responses.recv)

    def reset(self) -> Begun:
        """Observation and info."""
        return self._read(_RESET, responses.plain_reset, responses.reset)

    def frame(self) -> Any:
        """What a render gave."""
        return self._read(_RENDER, responses.plain_frame, responses.frame)

    def _read(
        self, kind: int, plain: Callable[[Fields], Result], other: Callable[[StepStreamResponse], Result]
    ) -> Result:
        if self._kind == kind and self._message is None:
            try:
                return plain(responses.read_fields(self._data, self._start, READERS[kind]))
            except NOT_PLAIN:
                pass  # protobuf knows better what is wrong, if anything is
        return other(self.message)


def read_reply(data: bytes) -> Reply:
    """The reply in the bytes of a stream's message.

    Raises:
        CodecError: There is none.
    """
    if len(data) > LARGE:
        keep_room(len(data))
    try:
        return _plain_reply(data)
    except NOT_PLAIN:
        return Reply.of(_parsed(data))


def read_response(kind: str, data: bytes) -> Reply:
    """The reply that a unary call's response is; its number, which it does not have, is 0.

    Args:
        kind: Which response: the name of its field in StepStreamResponse.
        data: The response.

    Raises:
        CodecError: There is none.
    """
    if len(data) > LARGE:
        keep_room(len(data))
    tag = tag_of(StepStreamResponse, kind)
    if tag[0] in READERS:
        return Reply(0, tag[0], data, 0)
    return Reply.of(_parsed(tag + varint(len(data)) + data))


def response_in(data: bytes) -> bytes | None:
    """The bytes of the response in those of a plain reply; None for every other reply."""
    try:
        return data[_plain_reply(data)._start :]
    except NOT_PLAIN:
        return None


def _plain_reply(data: bytes) -> Reply:
    if data[0] != _NUMBER_TAG:
        raise NotPlain("no number")
    number, at = read_varint(data, 1)
    kind = data[at]
    start, end = sized(data, at, len(data))
    if kind not in READERS or end != len(data):
        raise NotPlain("another response, or something after it")
    return Reply(number, kind, data, start)


def _parsed(data: bytes) -> StepStreamResponse:
    try:
        return StepStreamResponse.FromString(data)
    except DecodeError as error:
        raise CodecError("bytes that are no message") from error
