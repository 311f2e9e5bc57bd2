import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.codec.wire import FIXED64, VARINT, NotPlain, read_varint, sized, tag_of, varint, write_bytes, write_sized
from stepwire.v1.env_service_pb2 import StepStreamResponse
from stepwire.v1.value_pb2 import Value

numbers = st.integers(0, 2**64 - 1) | st.sampled_from([127, 128, 16383, 16384, 2**21 - 1, 2**21, 2**63])


@given(numbers)
def test_a_number_is_written_as_protobuf_writes_it(number):
    written = StepStreamResponse(number=number).SerializeToString()
    assert tag_of(StepStreamResponse, "number", VARINT) + varint(number) == (written or b"\x08\0")


@given(numbers, st.binary(max_size=3), st.binary(max_size=3))
def test_a_number_comes_back_from_the_middle_of_bytes(number, before, after):
    data = before + varint(number) + after
    assert read_varint(data, len(before)) == (number, len(data) - len(after))


@pytest.mark.parametrize("data", [b"\xff" * 20, b"\xff" * 9 + b"\x02", b"\x80" * 10 + b"\x00"])
def test_a_number_of_more_than_64_bits_is_not_plain(data):
    with pytest.raises(NotPlain):
        read_varint(data, 0)


@pytest.mark.parametrize(
    ("field", "wire_type", "value"),
    [("int64_value", VARINT, 1), ("double_value", FIXED64, 1.0), ("big_int", 2, "1")],
)
def test_a_tag_is_what_protobuf_begins_the_field_with(field, wire_type, value):
    assert Value(**{field: value}).SerializeToString()[:1] == tag_of(Value, field, wire_type)


@pytest.mark.parametrize("length", [0, 1, 127, 128, 16383, 16384, 70000])
def test_a_field_with_a_length_is_written_as_protobuf_writes_it(length):
    parts: list[bytes] = []
    size = write_bytes(parts, tag_of(Value, "bytes_value"), bytes(length))
    assert b"".join(parts) == Value(bytes_value=bytes(length)).SerializeToString()
    assert size == len(b"".join(parts))


@pytest.mark.parametrize("length", [0, 1, 127, 128, 16383, 16384, 70000])
def test_the_content_of_a_field_is_found(length):
    data = b"before" + Value(bytes_value=bytes(length)).SerializeToString() + b"after"
    start, stop = sized(data, 6, len(data) - 5)
    assert (stop - start, stop) == (length, len(data) - 5)


@pytest.mark.parametrize("length", [1, 127, 128, 16383, 16384, 70000])
def test_a_field_that_is_longer_than_its_place_is_not_plain(length):
    data = Value(bytes_value=bytes(length)).SerializeToString()
    with pytest.raises(NotPlain):
        sized(data + b"of another field", 0, len(data) - 1)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_length_that_is_cut_off_is_no_length(cut):
    data = Value(bytes_value=bytes(70000)).SerializeToString()[:cut]
    with pytest.raises(IndexError):
        sized(data, 0, len(data))


def test_a_field_may_be_written_by_another_function():
    def write_text(parts, text, depth):
        parts.append(text)
        return len(text) + depth - 3

    parts: list[bytes] = [b"before"]
    assert write_sized(parts, b"\x32", write_text, b"text", 3) == 6
    assert b"".join(parts) == b"before\x32\x04text"
