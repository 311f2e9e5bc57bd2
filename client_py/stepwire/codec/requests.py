"""The requests of a session, as the client writes them: a StepStreamRequest, serialized before it has its number.

The number is put in front when the request is sent, so that an action is written once, and straight from its value (see
`value_writing`). Knows no sessions.
"""

from collections.abc import Iterable
from typing import Any, Final

from stepwire.codec.value_writing import write_value_field
from stepwire.codec.wire import VARINT, Parts, tag_of, varint, write_sized
from stepwire.v1.env_service_pb2 import SendRequest, StepRequest, StepStreamRequest

_NUMBER: Final = tag_of(StepStreamRequest, "number", VARINT)
_ACKED: Final = tag_of(StepStreamRequest, "acked", VARINT)
_STEP: Final = tag_of(StepStreamRequest, "step")
_STEP_ACTION: Final = tag_of(StepRequest, "action")
_SEND: Final = tag_of(StepStreamRequest, "send")
_SEND_ACTION: Final = tag_of(SendRequest, "action")


def step_request(action: Any) -> bytes:
    """A request to take a step.

    Raises:
        CodecError: The action is of a kind that cannot be carried; see `write_value`.
    """
    parts: Parts = []
    write_sized(parts, _STEP, _write_step, action, 0)
    return b"".join(parts)


def send_request(actions: Any, env_ids: Iterable[int]) -> bytes:
    """A request that hands actions to some copies.

    Args:
        actions: One for each copy, laid out as a batch.
        env_ids: Which copies.

    Raises:
        CodecError: As `step_request`.
        ValueError: A number of a copy is beyond int32.
    """
    parts: Parts = []
    write_sized(parts, _SEND, _write_send, (actions, SendRequest(env_ids=env_ids)), 0)
    return b"".join(parts)


def numbered(request: bytes, number: int, acked: int) -> bytes:
    """The whole request: under that number, saying that all replies up to `acked` have arrived."""
    return b"".join((_NUMBER, varint(number), _ACKED, varint(acked), request))


def _write_step(parts: Parts, action: Any, _: int) -> int:
    return write_value_field(parts, _STEP_ACTION, action)


def _write_send(parts: Parts, content: tuple[Any, SendRequest], _: int) -> int:
    actions, rest = content
    size = write_value_field(parts, _SEND_ACTION, actions)
    ids = rest.SerializeToString()
    parts.append(ids)
    return size + len(ids)
