"""The requests of a session, as a front hands them on.

A plain step on a stream, which is what nearly all requests are, is read straight from its bytes, in half the time that
protobuf's objects take; see `stepwire.codec.plain_reading` for what is plain. Everything else is left to protobuf, and
so is what turns out not to be plain.
"""

from typing import Any, Final, NamedTuple

from google.protobuf.message import DecodeError

from stepwire.codec.plain_reading import NOT_PLAIN, read_value
from stepwire.codec.wire import VARINT, read_varint, sized, tag_of
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import InvalidOptions

PLAIN_STEP: Final = "plain step"
"""The kind of a step whose action has been read already."""


class Request(NamedTuple):
    """One request.

    Attributes:
        number: See `stepwire_service.sessions.Replies.admit`.
        acked: The highest number whose reply has arrived.
        kind: Its name in StepStreamRequest, or PLAIN_STEP. None where nothing is asked for.
        content: That part of it: a message, or the action of a plain step.
        size: How many bytes it had on the wire.
    """

    number: int
    acked: int
    kind: str | None
    content: Any
    size: int


def read_request(data: bytes) -> Request:
    """The request in the bytes of a stream's message.

    Raises:
        InvalidOptions: There is none.
    """
    try:
        return _plain_step(data) or _other(data)
    except NOT_PLAIN:
        return _other(data)


_NUMBER, _ACKED = (tag_of(pb.StepStreamRequest, name, VARINT)[0] for name in ("number", "acked"))
_STEP, _ACTION = tag_of(pb.StepStreamRequest, "step")[0], tag_of(pb.StepRequest, "action")[0]


def _plain_step(data: bytes) -> Request | None:
    """None where it is another request; raises one of NOT_PLAIN where it is not plain."""
    size = len(data)
    if not size or data[0] != _NUMBER:
        return None
    number, at = read_varint(data, 1)
    acked = 0
    if data[at] == _ACKED:
        acked, at = read_varint(data, at + 1)
    if data[at] != _STEP or (number | acked) >> 64:  # what is longer, protobuf cuts off
        return None
    start, step_end = sized(data, at, size)
    if data[start] != _ACTION:
        return None
    start, end = sized(data, start, size)
    return Request(number, acked, PLAIN_STEP, read_value(data, start, end), size) if step_end == end == size else None


def _other(data: bytes) -> Request:
    try:
        message = pb.StepStreamRequest.FromString(data)
    except DecodeError as error:
        raise InvalidOptions("request", "bytes that are no message", "a StepStreamRequest") from error
    kind = message.WhichOneof("request")
    return Request(message.number, message.acked, kind, getattr(message, kind) if kind else None, len(data))
