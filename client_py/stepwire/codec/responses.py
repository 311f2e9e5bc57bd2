"""The responses to step, reset, recv and render, in values: which fields each has, and what they are together.

Each is read in two ways: from its bytes, where it is plain (see `plain_reading`), and from protobuf's message. Both
give the same: what Gymnasium's `step` and `reset` give, arrays fresh and writable.
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from stepwire.codec.errors import CodecError
from stepwire.codec.plain_reading import read_map, read_value
from stepwire.codec.value_reading import decode_map, decode_value
from stepwire.codec.wire import SIZED, VARINT, NotPlain, sized, tag_of, varint
from stepwire.v1.env_service_pb2 import RecvResponse, RenderResponse, ResetResponse, StepResponse, StepStreamResponse

Outcome: TypeAlias = tuple[Any, Any, Any, Any, dict[str, Any]]
"""Of a step: observation, reward, terminated, truncated, info."""

Received: TypeAlias = tuple[Outcome, NDArray[np.int32]]
"""Of the steps of some copies: their outcome, and which copies they are."""

Begun: TypeAlias = tuple[Any, dict[str, Any]]
"""Of a reset: observation, info."""

Fields: TypeAlias = dict[str, Any]
"""The fields of a response that are there, by name."""

Readers: TypeAlias = dict[int, tuple[str, Callable[[bytes, int, int], Any]]]
"""The fields of a response by tag: name, and what reads its content from where it begins to where it ends."""


# ── from their bytes ──


def read_fields(data: bytes, at: int, readers: Readers) -> Fields:
    """The fields from there to the end of the data; raises one of `plain_reading.NOT_PLAIN`."""
    found: Fields = {}
    end = len(data)
    while at < end:
        tag = data[at]
        name, read = readers[tag]
        if name in found:
            raise NotPlain("a field given twice")
        start, at = (at + 1, at + 2) if tag & 7 == VARINT else sized(data, at, end)
        found[name] = read(data, start, at)
    return found


def plain_step(found: Fields) -> Outcome:
    """Of a single environment."""
    get = found.get
    return found["observation"], found["reward"], get("terminated", False), get("truncated", False), get("info") or {}


def plain_batch_step(found: Fields) -> Outcome:
    """Of n copies: the numbers are float64[n] and twice bool[n]."""
    info = found.get("info") or {}
    return found["observation"], found["rewards"], found["terminations"], found["truncations"], info


def plain_recv(found: Fields) -> Received:
    """Of some copies."""
    return plain_batch_step(found), found["env_ids"]


def plain_reset(found: Fields) -> Begun:
    """Of one environment or a batch."""
    return found["observation"], found.get("info") or {}


def plain_frame(found: Fields) -> Any:
    """What a render gave."""
    return found["frame"]


def _read_flag(data: bytes, at: int, end: int) -> bool:
    if data[at] > 1:
        raise NotPlain("no flag")
    return data[at] == 1


def _read_rewards(data: bytes, at: int, end: int) -> NDArray[np.float64]:
    return np.frombuffer(bytearray(data[at:end]), _FLOAT64)


def _read_flags(data: bytes, at: int, end: int) -> NDArray[np.bool_]:
    # Any byte is a bool on the wire; in numpy's memory only 0 and 1 are.
    return np.ndarray((end - at,), np.uint8, data, at).astype(np.bool_)


_FLOAT64: Final = np.dtype("<f8")


def _read_ids(data: bytes, at: int, end: int) -> NDArray[np.int32]:
    return _ids(RecvResponse.FromString(tag_of(RecvResponse, "env_ids") + varint(end - at) + data[at:end]))


_CONTENTS: Final[dict[str, Callable[..., Any]]] = {
    "observation": read_value,
    "frame": read_value,
    "reward": read_value,
    "terminated": _read_flag,
    "truncated": _read_flag,
    "info": read_map,
    "rewards": _read_rewards,
    "terminations": _read_flags,
    "truncations": _read_flags,
    "env_ids": _read_ids,
}


def _readers(kind: type[StepResponse | RecvResponse | ResetResponse | RenderResponse]) -> Readers:
    found: Readers = {}
    for field in kind.DESCRIPTOR.fields:
        read = _CONTENTS[field.name]
        found[tag_of(kind, field.name, VARINT if read is _read_flag else SIZED)[0]] = field.name, read
    return found


READERS: Final = {
    tag_of(StepStreamResponse, "step")[0]: _readers(StepResponse),
    tag_of(StepStreamResponse, "reset")[0]: _readers(ResetResponse),
    tag_of(StepStreamResponse, "recv")[0]: _readers(RecvResponse),
    tag_of(StepStreamResponse, "render")[0]: _readers(RenderResponse),
}
"""Of each response, by its tag in a StepStreamResponse."""


# ── from messages, where they are in the field of their name ──


def step(message: StepStreamResponse) -> Outcome:
    """As `plain_step`. Raises CodecError for what makes no values, as all that follow."""
    response = message.step
    return (
        decode_value(response.observation),
        decode_value(response.reward),
        response.terminated,
        response.truncated,
        decode_map(response.info),
    )


def batch_step(message: StepStreamResponse) -> Outcome:
    """As `plain_batch_step`."""
    return _batch(message.step)


def recv(message: StepStreamResponse) -> Received:
    """As `plain_recv`."""
    return _batch(message.recv), _ids(message.recv)


def reset(message: StepStreamResponse) -> Begun:
    """As `plain_reset`."""
    return decode_value(message.reset.observation), decode_map(message.reset.info)


def frame(message: StepStreamResponse) -> Any:
    """As `plain_frame`."""
    return decode_value(message.render.frame)


def _batch(response: StepResponse | RecvResponse) -> Outcome:
    rewards, terminations, truncations = response.rewards, response.terminations, response.truncations
    if len(rewards) % 8:
        raise CodecError(f"{len(rewards)} bytes are no rewards of float64")
    return (
        decode_value(response.observation),
        _read_rewards(rewards, 0, len(rewards)),
        _read_flags(terminations, 0, len(terminations)),
        _read_flags(truncations, 0, len(truncations)),
        decode_map(response.info),
    )


def _ids(response: RecvResponse) -> NDArray[np.int32]:
    return np.array(response.env_ids, np.int32)
