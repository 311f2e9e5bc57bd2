import contextlib
import math
import struct

import numpy as np
import pytest
from google.protobuf.message import DecodeError
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array
from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.codec import CodecError, decode_map, decode_space, decode_value, encode_map, encode_value
from stepwire.v1 import space_pb2, value_pb2
from tests.client_py.codec.catalogue import SPACES
from tests.client_py.codec.sameness import assert_same, bits
from tests.client_py.codec.strategies import any_float, maps, numpy_scalars, values

Value = value_pb2.Value
Tensor = value_pb2.Tensor

every_space = pytest.mark.parametrize("space", SPACES.values(), ids=SPACES.keys())


@given(values)
def test_a_value_comes_back_with_its_types_and_bits(value):
    assert_same(there_and_back(value), value)


@given(maps)
def test_a_map_comes_back_in_its_order(mapping):
    message = Value.Map.FromString(encode_map(mapping).SerializeToString())
    assert_same(decode_map(message), mapping)


@given(any_float)
def test_a_float_keeps_every_bit(number):
    assert bits(there_and_back(number)) == bits(number)


@given(numpy_scalars)
def test_a_numpy_scalar_keeps_its_type_and_every_bit(scalar):
    assert_same(there_and_back(scalar), scalar)


def test_a_nan_keeps_its_payload_in_every_form():
    payload = struct.unpack("<d", bytes.fromhex("efbeadde0000f07f"))[0]
    assert math.isnan(payload)
    for value in (payload, np.float64(payload), np.full(2, payload), [payload]):
        assert_same(there_and_back(value), value)


@every_space
def test_a_sample_comes_back_as_it_was(space):
    space.seed(11)
    for _ in range(5):
        sample = space.sample()
        assert_same(there_and_back(sample), sample)


@every_space
def test_a_batch_as_gymnasium_draws_it_comes_back_as_it_was(space):
    batched = batch_space(space, 3)
    batched.seed(12)
    sample = batched.sample()
    assert_same(there_and_back(sample), sample)


@every_space
def test_a_batch_as_gymnasium_collects_it_comes_back_as_it_was(space):
    space.seed(13)
    samples = [space.sample() for _ in range(3)]
    batch = concatenate(space, samples, create_empty_array(space, 3))
    assert_same(there_and_back(batch), batch)


@every_space
def test_an_empty_batch_comes_back_as_it_was(space):
    empty = create_empty_array(space, 2)
    assert_same(there_and_back(empty), empty)


def test_arrays_inside_a_value_are_fresh_and_writable():
    message = encode_value({"a": [np.zeros(3)]})
    first, second = decode_value(message)["a"][0], decode_value(message)["a"][0]
    first[0] = 1
    assert second[0] == 0


def scalar(dtype, data):
    return Value(numpy_scalar=Value.NumpyScalar(dtype=dtype, data=data))


def objects(shape, count):
    return Value(object_array=Value.ObjectArray(shape=shape, values=[Value(int64_value=1)] * count))


def mapping(keys, count):
    return Value(map=Value.Map(keys=keys, values=[Value(int64_value=1)] * count))


def nested(depth):
    message = Value(int64_value=1)
    for _ in range(depth):
        message = Value(list=Value.Sequence(values=[message]))
    return message


FLOAT32 = value_pb2.DATA_TYPE_FLOAT32

MALFORMED = {
    "nothing": (Value(), "no kind is set"),
    "a field of a later version": (Value.FromString(b"\x82\x7d\x01x"), "no kind is set"),
    "a tensor inside that lacks bytes": (
        Value(list=Value.Sequence(values=[Value(int64_value=1), Value(tensor=Tensor(dtype=FLOAT32, shape=[1]))])),
        r"value\[1\]: 0 bytes",
    ),
    "a fault inside a map": (
        Value(map=Value.Map(keys=["a", "b"], values=[Value(int64_value=1), Value()])),
        r"value\['b'\]: no kind",
    ),
    "a scalar without type": (scalar(0, b""), "DataType 0"),
    "a scalar of an unknown type": (scalar(55, b"a"), "DataType 55"),
    "a scalar that lacks bytes": (scalar(FLOAT32, b"abc"), "3 bytes are no float32"),
    "a scalar of two elements": (scalar(FLOAT32, bytes(8)), "8 bytes are no float32"),
    "a bool of no byte": (scalar(value_pb2.DATA_TYPE_BOOL, b""), "0 bytes are no bool"),
    "a big number that is none": (Value(big_int="12a"), "no whole number"),
    "a big number of nothing": (Value(big_int=""), "no whole number"),
    "a big number of two signs": (Value(big_int="--1"), "no whole number"),
    "a big number with a plus": (Value(big_int="+1"), "no whole number"),
    "a big number with spaces": (Value(big_int=" 1"), "no whole number"),
    "a big number with underscores": (Value(big_int="1_000"), "no whole number"),
    "a big number in other digits": (Value(big_int="١٢"), "no whole number"),
    "a big number without end": (Value(big_int="9" * 5000), "no whole number of at most 4300"),
    "more keys than values": (mapping(["a", "b"], 1), "2 keys and 1 values"),
    "more values than keys": (mapping(["a"], 2), "1 keys and 2 values"),
    "values without keys": (mapping([], 1), "0 keys and 1 values"),
    "one key twice": (mapping(["a", "a"], 2), "comes twice"),
    "objects that lack one": (objects([2, 2], 3), "3 values are no object array"),
    "objects along -1": (objects([-1], 3), "negative"),
    "objects along two negative axes": (objects([-1, -3], 3), "negative"),
    "objects in more axes than numpy has": (objects([1] * 100, 1), "no object array"),
    "objects beyond memory": (objects([2**62, 2**62], 0), "no object array"),
    "no objects beside all": (objects([0, 2**62, 2**62], 0), "no object array"),
    "a graph of nothing": (Value(graph=Value.Graph()), r"value\.nodes: no kind"),
    "a graph of broken edges": (
        Value(graph=Value.Graph(nodes=Value(int64_value=1), edges=Value())),
        r"value\.edges: no kind",
    ),
    "a graph of broken links": (
        Value(graph=Value.Graph(nodes=Value(int64_value=1), edge_links=Tensor())),
        r"value\.edge_links: DataType 0",
    ),
    "nesting beyond the limit": (nested(33), "nested deeper than 32"),
}


@pytest.mark.parametrize(("message", "complaint"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_message_that_makes_no_value_is_refused_with_its_place(message, complaint):
    with pytest.raises(CodecError, match=complaint):
        decode_value(message)


def test_nesting_at_the_limit_is_read():
    value = decode_value(nested(32))
    assert_same(decode_value(encode_value(value)), value)


def test_a_bool_scalar_may_be_any_byte_on_the_wire():
    assert_same(decode_value(scalar(value_pb2.DATA_TYPE_BOOL, b"\x07")), np.True_)


@settings(max_examples=500)
@given(st.binary(max_size=200))
def test_random_bytes_are_refused_or_make_a_value(data):
    decode_or_refuse(Value, decode_value, data)
    decode_or_refuse(Value.Map, decode_map, data)
    decode_or_refuse(space_pb2.Space, decode_space, data)


@settings(max_examples=500)
@given(values, st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_damaged_messages_are_refused_or_make_a_value(value, damages):
    data = bytearray(encode_value(value).SerializeToString())
    for place, byte in damages:
        data[place % len(data)] = byte
    decode_or_refuse(Value, decode_value, bytes(data))


def decode_or_refuse(kind, decode, data):
    with contextlib.suppress(DecodeError, CodecError):
        decode(kind.FromString(data))


def there_and_back(value):
    return decode_value(Value.FromString(encode_value(value).SerializeToString()))
