import numpy as np
import pytest

from stepwire.v1 import value_pb2
from stepwire_bridge.faults import InvalidOptions, Unsupported
from stepwire_service.fronts.pictures import check_encoding, packed


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
