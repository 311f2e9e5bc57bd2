import numpy as np
import pytest
from google.protobuf.message import DecodeError
from gymnasium.vector.utils import batch_space
from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.codec import CodecError, decode_map, decode_value, encode_map, encode_value
from stepwire.codec.plain_reading import NOT_PLAIN, read_map, read_value
from stepwire.v1 import value_pb2
from tests.client_py.codec.catalogue import SPACES
from tests.client_py.codec.sameness import assert_same
from tests.client_py.codec.strategies import arrays, maps, values

Value, Tensor = value_pb2.Value, value_pb2.Tensor
UINT8 = value_pb2.DATA_TYPE_UINT8


@given(values, st.binary(max_size=3), st.binary(max_size=3))
def test_a_plain_value_is_read_as_protobuf_reads_it_wherever_it_lies(value, before, after):
    data = before + encode_value(value).SerializeToString() + after
    assert_same(read_value(data, len(before), len(data) - len(after)), decode_value(encode_value(value)))


@given(maps)
def test_a_plain_map_is_read_in_its_order(mapping):
    data = encode_map(mapping).SerializeToString()
    assert_same(read_map(data, 0, len(data)), decode_map(encode_map(mapping)))


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES.keys())
def test_a_sample_of_every_space_is_plain(space):
    for one in (space, batch_space(space, 3)):
        one.seed(3)
        sample = one.sample()
        data = encode_value(sample).SerializeToString()
        assert_same(read_value(data, 0, len(data)), sample)


@given(arrays())
def test_an_array_is_fresh_and_writable(array):
    data = encode_value(array).SerializeToString()
    first, second = read_value(data, 0, len(data)), read_value(data, 0, len(data))
    assert first.flags.writeable
    assert first.flags.owndata
    assert first.flags.c_contiguous
    assert not np.shares_memory(first, second)


def test_a_bool_may_be_any_byte_on_the_wire_but_not_in_memory():
    tensor = Tensor(dtype=value_pb2.DATA_TYPE_BOOL, shape=[4], data=b"\x00\x01\x02\xff")
    data = Value(tensor=tensor).SerializeToString()
    assert read_value(data, 0, len(data)).tobytes() == b"\x00\x01\x01\x01"
    scalar = Value(numpy_scalar=Value.NumpyScalar(dtype=value_pb2.DATA_TYPE_BOOL, data=b"\x07")).SerializeToString()
    assert_same(read_value(scalar, 0, len(scalar)), np.True_)


def fields(*parts):
    """A Value that holds a Tensor of these fields, in this order."""
    tensor = b"".join(part.SerializeToString() for part in parts)
    return b"\x0a" + bytes([len(tensor)]) + tensor


DTYPE, SHAPE, DATA = Tensor(dtype=UINT8), Tensor(shape=[2]), Tensor(data=b"ab")
FLAT = np.frombuffer(b"ab", np.uint8)
TWO_INTS = Value(int64_value=1).SerializeToString() + Value(int64_value=2).SerializeToString()

LEGAL = {
    "the elements first": (fields(DATA, DTYPE, SHAPE), FLAT),
    "the shape first": (fields(SHAPE, DTYPE, DATA), FLAT),
    "the elements twice": (fields(DTYPE, SHAPE, Tensor(data=b"xyz"), DATA), FLAT),
    "the axes in two pieces": (fields(DTYPE, Tensor(shape=[1]), SHAPE, DATA), FLAT.reshape(1, 2)),
    "the axes one by one": (b"\x0a\x08\x08\x06\x10\x02\x1a\x02ab", FLAT),
    "an unknown field in a tensor": (b"\x0a\x0b\x08\x06\x12\x01\x02\x1a\x02ab\x78\x01", FLAT),
    "an unknown field beside it": (fields(DTYPE, SHAPE, DATA) + b"\x78\x01", FLAT),
    "a length in more bytes than it needs": (b"\x0a\x89\x00\x08\x06\x12\x01\x02\x1a\x02ab", FLAT),
    "a number in more bytes than it needs": (b"\x10\x81\x00", 1),
    "a kind, and then another": (b"\x20\x01" + TWO_INTS, 2),
    "a kind in two pieces": (fields(DTYPE, SHAPE) + fields(DATA), FLAT),
    "the values before their keys": (b"\x3a\x07\x12\x02\x10\x01\x0a\x01a", {"a": 1}),
}


@pytest.mark.parametrize(("data", "expected"), LEGAL.values(), ids=LEGAL.keys())
def test_what_is_legal_but_not_plain_is_left_to_protobuf_or_read_alike(data, expected):
    assert_same(decode_value(Value.FromString(data)), expected)
    assert read_or_leave(data) in ("left", "the same")


def test_a_picture_that_is_packed_is_left_to_protobuf():
    data = Value(tensor=Tensor(dtype=UINT8, shape=[1, 1, 3], data=b"abc", encoding=1)).SerializeToString()
    with pytest.raises(NOT_PLAIN):
        read_value(data, 0, len(data))


@given(values, st.data())
def test_a_value_that_is_cut_off_is_not_plain(value, data):
    whole = encode_value(value).SerializeToString()
    cut = data.draw(st.integers(0, len(whole) - 1))
    for rest in (b"", whole[cut:]):  # alone, and with what may lie behind it
        with pytest.raises(NOT_PLAIN):
            read_value(whole[:cut] + rest, 0, cut)


@settings(max_examples=1000)
@given(values, st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_what_is_read_of_damaged_bytes_is_what_protobuf_reads(value, damages):
    data = bytearray(encode_value(value).SerializeToString())
    for place, byte in damages:
        data[place % len(data)] = byte
    read_or_leave(bytes(data))


@settings(max_examples=1000)
@given(st.binary(min_size=1, max_size=200))
def test_what_is_read_of_random_bytes_is_what_protobuf_reads(data):
    read_or_leave(data)


def test_nesting_beyond_the_limit_is_not_plain():
    message = encode_value(1)
    for _ in range(33):
        message = Value(list=Value.Sequence(values=[message]))
    data = message.SerializeToString()
    with pytest.raises(NOT_PLAIN):
        read_value(data, 0, len(data))


def read_or_leave(data):
    try:
        found = read_value(data, 0, len(data))
    except NOT_PLAIN:
        return "left"
    try:
        assert_same(found, decode_value(Value.FromString(data)))
    except (DecodeError, CodecError) as error:
        raise AssertionError(f"{found!r} was read of what is no value") from error
    return "the same"
