"""What a session's operations gave, as the bytes of a StepStreamResponse.

Pure; knows no gRPC. Steps, resets, recvs and raw frames are written straight in the wire format (see
`stepwire.codec.wire`), so that large arrays are copied once; everything else is a message of protobuf's. Raises
`CodecError` for what an environment gave and nothing can carry.
"""

from typing import Any, Final

import numpy as np

from stepwire.codec.infos import write_info_field
from stepwire.codec.memory import LARGE, keep_room
from stepwire.codec.value_writing import write_value_field
from stepwire.codec.wire import VARINT, Parts, tag_of, varint, write_bytes, write_sized
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.backend import Observed, Received, Transition
from stepwire_service.fronts.messages import write_packed
from stepwire_service.fronts.pictures import Packed

_NUMBER: Final = tag_of(pb.StepStreamResponse, "number", VARINT)
_STEP: Final = tag_of(pb.StepStreamResponse, "step")
_RESET: Final = tag_of(pb.StepStreamResponse, "reset")
_RECV: Final = tag_of(pb.StepStreamResponse, "recv")
_RENDER: Final = tag_of(pb.StepStreamResponse, "render")
_YES: Final = b"\1"


def begun(number: int) -> Parts:
    """The beginning of the response to the request of that number."""
    return [_NUMBER + varint(number)]


def joined(parts: Parts) -> bytes:
    """The response, once all of it is written."""
    reply = b"".join(parts)
    if len(reply) > LARGE:
        keep_room(len(reply))
    return reply


def write_transition(parts: Parts, transition: Transition, *, batch: bool) -> int:
    """What a step gave."""
    return write_sized(parts, _STEP, _batch_step if batch else _step, transition, 0)


def write_observed(parts: Parts, observed: Observed) -> int:
    """What a reset gave."""
    return write_sized(parts, _RESET, _reset, observed, 0)


def write_received(parts: Parts, received: Received) -> int:
    """What a recv gave."""
    return write_sized(parts, _RECV, _recv, received, 0)


def write_frame(parts: Parts, frame: Any) -> int:
    """What a render gave, or what `pictures.packed` has made of it."""
    return write_sized(parts, _RENDER, _packed if _is_packed(frame) else _raw_frame, frame, 0)


# The fields of each response, in the order of their numbers; each function gives their size in bytes.

_OBSERVATION: Final = tag_of(pb.StepResponse, "observation")
_REWARD: Final = tag_of(pb.StepResponse, "reward")
_TERMINATED: Final = tag_of(pb.StepResponse, "terminated", VARINT) + _YES
_TRUNCATED: Final = tag_of(pb.StepResponse, "truncated", VARINT) + _YES
_INFO: Final = tag_of(pb.StepResponse, "info")


def _step(parts: Parts, transition: Transition, _: int) -> int:
    size = write_value_field(parts, _OBSERVATION, transition.observation)
    size += write_value_field(parts, _REWARD, _plain(transition.reward))
    if transition.terminated:
        size += _put(parts, _TERMINATED)
    if transition.truncated:
        size += _put(parts, _TRUNCATED)
    if transition.info:
        size += write_info_field(parts, _INFO, transition.info)
    return size


_REWARDS: Final = tag_of(pb.StepResponse, "rewards")
_TERMINATIONS: Final = tag_of(pb.StepResponse, "terminations")
_TRUNCATIONS: Final = tag_of(pb.StepResponse, "truncations")


def _batch_step(parts: Parts, transition: Transition, _: int) -> int:
    size = write_value_field(parts, _OBSERVATION, transition.observation)
    if transition.info:
        size += write_info_field(parts, _INFO, transition.info)
    size += _raw(parts, _REWARDS, transition.reward, "<f8")
    size += _raw(parts, _TERMINATIONS, transition.terminated, "?")
    return size + _raw(parts, _TRUNCATIONS, transition.truncated, "?")


_RESET_OBSERVATION: Final = tag_of(pb.ResetResponse, "observation")
_RESET_INFO: Final = tag_of(pb.ResetResponse, "info")


def _reset(parts: Parts, observed: Observed, _: int) -> int:
    size = write_value_field(parts, _RESET_OBSERVATION, observed.observation)
    return size + write_info_field(parts, _RESET_INFO, observed.info)


_RECV_OBSERVATION: Final = tag_of(pb.RecvResponse, "observation")
_RECV_REWARDS: Final = tag_of(pb.RecvResponse, "rewards")
_RECV_TERMINATIONS: Final = tag_of(pb.RecvResponse, "terminations")
_RECV_TRUNCATIONS: Final = tag_of(pb.RecvResponse, "truncations")
_RECV_INFO: Final = tag_of(pb.RecvResponse, "info")
_ENV_IDS: Final = tag_of(pb.RecvResponse, "env_ids")


def _recv(parts: Parts, received: Received, _: int) -> int:
    transition = received.transition
    size = write_value_field(parts, _RECV_OBSERVATION, transition.observation)
    size += _raw(parts, _RECV_REWARDS, transition.reward, "<f8")
    size += _raw(parts, _RECV_TERMINATIONS, transition.terminated, "?")
    size += _raw(parts, _RECV_TRUNCATIONS, transition.truncated, "?")
    size += write_info_field(parts, _RECV_INFO, transition.info)
    return size + write_bytes(parts, _ENV_IDS, b"".join(map(varint, received.copies.tolist())))


_FRAME: Final = tag_of(pb.RenderResponse, "frame")


def _raw_frame(parts: Parts, frame: Any, _: int) -> int:
    return write_value_field(parts, _FRAME, frame)


def _is_packed(frame: Any) -> bool:
    return isinstance(frame, Packed) or (isinstance(frame, tuple) and any(isinstance(part, Packed) for part in frame))


def _packed(parts: Parts, frame: Any, _: int) -> int:
    message = pb.RenderResponse()
    write_packed(message.frame, frame)
    return _put(parts, message.SerializeToString())


def _put(parts: Parts, field: bytes) -> int:
    parts.append(field)
    return len(field)


def _raw(parts: Parts, tag: bytes, numbers: Any, dtype: str) -> int:
    return write_bytes(parts, tag, np.asarray(numbers, dtype).tobytes())


def _plain(reward: Any) -> Any:
    """Narrow floats widen, as the contract says; everything else travels in the environment's own type."""
    return float(reward) if isinstance(reward, np.float32 | np.float16) else reward
