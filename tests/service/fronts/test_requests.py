from typing import Any

import numpy as np
import pytest

from stepwire.codec import encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import InvalidOptions
from stepwire_service.fronts.requests import PLAIN_STEP, read_request


def step(action: Any, **fields: Any) -> bytes:
    return pb.StepStreamRequest(step=pb.StepRequest(action=encode_value(action)), **fields).SerializeToString()


@pytest.mark.parametrize("number", [1, 127, 128, 2**20, 2**64 - 1])
@pytest.mark.parametrize("acked", [0, 5, 2**40])
@pytest.mark.parametrize("action", [1, -1, 0.5, np.int64(3), (1, 2.0), {"a": [True]}, "left"])
def test_a_plain_step_has_its_numbers_and_its_action(number: int, acked: int, action: Any) -> None:
    data = step(action, number=number, acked=acked)
    assert read_request(data) == (number, acked, PLAIN_STEP, action, len(data))


def test_an_array_of_a_plain_step_is_fresh() -> None:
    action = np.arange(12, dtype=np.float32).reshape(3, 4)
    read = read_request(step(action, number=1)).content
    assert read.flags.writeable
    assert (read.tolist(), read.dtype) == (action.tolist(), action.dtype)


@pytest.mark.parametrize("kind", ["reset", "make", "attach", "spaces", "render", "close", "send", "recv"])
def test_every_other_request_is_a_message(kind: str) -> None:
    message = pb.StepStreamRequest(number=7, acked=3)
    getattr(message, kind).SetInParent()
    request = read_request(message.SerializeToString())
    assert (request.number, request.acked, request.kind) == (7, 3, kind)
    assert request.content == getattr(message, kind)


@pytest.mark.parametrize(
    "data",
    [
        step(1),  # without a number
        b"\x08" + b"\xff" * 9 + b"\x7f" + step(1, acked=3),  # a number of 70 bits
        step(1, number=5) + pb.StepStreamRequest(acked=3).SerializeToString(),
        pb.StepStreamRequest(number=5, step=pb.StepRequest()).SerializeToString(),
        pb.StepStreamRequest(
            number=5, step=pb.StepRequest(call=pb.SessionCall(number=1), action=encode_value(1))
        ).SerializeToString(),
    ],
)
def test_a_step_that_is_not_plain_is_what_protobuf_makes_of_it(data: bytes) -> None:
    message, request = pb.StepStreamRequest.FromString(data), read_request(data)
    assert (request.number, request.acked, request.kind) == (message.number, message.acked, "step")
    assert (request.content, request.size) == (message.step, len(data))


def test_an_action_that_makes_no_value_is_left_for_its_session_to_refuse() -> None:
    broken = encode_value(np.zeros(3))
    broken.tensor.data = b"12345"
    data = pb.StepStreamRequest(number=5, step=pb.StepRequest(action=broken)).SerializeToString()
    assert read_request(data).kind == "step"


def test_nothing_is_a_request_for_nothing() -> None:
    assert read_request(b"") == (0, 0, None, None, 0)


@pytest.mark.parametrize("length", range(1, len(step([1, 2], number=300, acked=299)) - 1))
def test_a_step_that_is_cut_off_is_no_message(length: int) -> None:
    data = step([1, 2], number=300, acked=299)[:length]
    try:
        expected = pb.StepStreamRequest.FromString(data)
    except Exception:
        with pytest.raises(InvalidOptions, match="bytes that are no message"):
            read_request(data)
    else:
        assert read_request(data).kind == expected.WhichOneof("request")
