from typing import Any

import numpy as np
import pytest

from stepwire.codec import decode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1 import value_pb2
from stepwire_bridge.faults import InvalidOptions, Unsupported
from stepwire_service.fronts.messages import write_frame
from stepwire_service.fronts.pictures import check_encoding, packed


def test_a_batch_of_frames_is_a_tuple_of_packed_pictures() -> None:
    message = pb.RenderResponse()
    frame = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    write_frame(message, packed((frame, frame), value_pb2.ENCODING_PNG))
    tensors = [value.tensor for value in message.frame.tuple.values]
    assert [tensor.encoding for tensor in tensors] == [value_pb2.ENCODING_PNG] * 2
    assert all(np.array_equal(part, frame) for part in decode_value(message.frame))


@pytest.mark.parametrize("frame", ["a drawing", None])
def test_what_is_no_picture_travels_as_it_is(frame: Any) -> None:
    message = pb.RenderResponse()
    write_frame(message, packed(frame, value_pb2.ENCODING_PNG))
    assert decode_value(message.frame) == frame


@pytest.mark.parametrize(
    ("shape", "encoding"), [((2, 2, 4), value_pb2.ENCODING_JPEG), ((2, 2, 7), value_pb2.ENCODING_PNG)]
)
def test_a_picture_that_the_encoding_has_no_room_for_is_unsupported(
    shape: tuple[int, ...], encoding: value_pb2.Encoding
) -> None:
    with pytest.raises(Unsupported, match=r"\[2, 2, .\]"):
        packed(np.zeros(shape, np.uint8), encoding)


def test_only_the_contracts_encodings_may_be_asked_for() -> None:
    for encoding in (value_pb2.ENCODING_UNSPECIFIED, value_pb2.ENCODING_PNG, value_pb2.ENCODING_JPEG):
        check_encoding(encoding)
    with pytest.raises(InvalidOptions, match="encoding"):
        check_encoding(99)  # type: ignore[arg-type]
