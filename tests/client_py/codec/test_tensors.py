import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.codec import CodecError, decode_tensor, encode_tensor, write_tensor
from stepwire.codec.plain_reading import NOT_PLAIN
from stepwire.codec.tensors import read_elements, write_tensor_field
from stepwire.codec.wire import tag_of
from stepwire.v1 import value_pb2
from tests.client_py.codec.sameness import assert_same
from tests.client_py.codec.strategies import arrays

Tensor = value_pb2.Tensor
FLOAT32, UINT8 = value_pb2.DATA_TYPE_FLOAT32, value_pb2.DATA_TYPE_UINT8


@given(arrays())
def test_an_array_of_any_type_order_and_strides_comes_back_bit_for_bit(array):
    message = Tensor.FromString(encode_tensor(array).SerializeToString())
    assert_same(decode_tensor(message), np.ascontiguousarray(array).reshape(array.shape))


@given(arrays())
def test_an_array_is_written_as_protobuf_writes_its_message(array):
    data = written(array)
    assert Tensor.FromString(data).SerializeToString() == data
    assert value_pb2.Value.FromString(written(array, tag_of(value_pb2.Value, "tensor"))).tensor == Tensor.FromString(
        data
    )


LARGE = {
    "just one byte of length": np.arange(127, dtype=np.uint8),
    "two bytes of length": np.arange(128).astype(np.uint8),
    "the most of two bytes": np.arange(16383).astype(np.uint8),
    "three bytes of length": np.arange(16384).astype(np.uint8),
    "four bytes of length": np.arange(2**21).astype(np.uint8).reshape(2**10, 2**11),
    "many numbers": np.arange(70_000, dtype=np.float64).reshape(7, 10, 1000),
    "many big-endian numbers": np.arange(70_000, dtype=">i4"),
    "many bools": np.arange(70_000) % 3 == 0,
    "every other picture, mirrored": np.arange(8 * 84 * 84 * 4).astype(np.uint8).reshape(8, 84, 84, 4)[::2, :, ::-1],
    "axes in another order": np.arange(84 * 84 * 4, dtype=np.int16).reshape(84, 84, 4).transpose(2, 0, 1),
    "columns after each other": np.asfortranarray(np.arange(10_000.0).reshape(100, 100)),
    "no elements": np.zeros((64, 0, 4), np.uint8),
    "no dimensions": np.array(2.5),
    "read-only": np.broadcast_to(np.float32(3), (64, 100)),
}


@pytest.mark.parametrize("array", LARGE.values(), ids=LARGE.keys())
def test_an_array_of_any_size_is_the_same_by_hand_and_by_protobuf(array):
    data = written(array)
    assert data == Tensor.FromString(data).SerializeToString()
    expected = np.ascontiguousarray(array).reshape(array.shape)
    assert_same(read_elements(b"x" + data + b"y", 1, 1 + len(data)), expected)
    assert_same(decode_tensor(Tensor.FromString(data)), expected)


def written(array, tag=b""):
    parts: list = []
    size = write_tensor_field(parts, tag, array)
    data = b"".join(parts)
    assert size == len(data)
    return data


@given(arrays(), arrays())
def test_writing_replaces_whatever_the_message_held(before, after):
    message = encode_tensor(before)
    message.encoding = value_pb2.ENCODING_PNG
    write_tensor(message, after)
    assert message == encode_tensor(after)


@given(arrays())
def test_a_decoded_array_is_fresh_and_writable(array):
    message = encode_tensor(array)
    first, second = decode_tensor(message), decode_tensor(message)
    assert first.flags.writeable
    assert first.flags.c_contiguous
    assert first.flags.owndata
    assert first.dtype.isnative
    assert not np.shares_memory(first, second)


LAYOUT = {
    "bool": (np.array([True, False]), b"\x01\x00"),
    "int16": (np.array([1, -2], np.int16), b"\x01\x00\xfe\xff"),
    "int32 big-endian": (np.array([1], ">i4"), b"\x01\x00\x00\x00"),
    "uint64": (np.array([2**64 - 1], np.uint64), b"\xff" * 8),
    "float16": (np.array([1.0], np.float16), b"\x00\x3c"),
    "float32": (np.array([1.0], np.float32), b"\x00\x00\x80\x3f"),
    "float64": (np.array([-2.0], np.float64), b"\x00\x00\x00\x00\x00\x00\x00\xc0"),
    "rows after each other": (np.array([[1, 2], [3, 4]], np.uint8), b"\x01\x02\x03\x04"),
    "columns after each other in memory": (np.array([[1, 2], [3, 4]], np.uint8, order="F"), b"\x01\x02\x03\x04"),
    "no dimensions": (np.array(7, np.uint8), b"\x07"),
    "no elements": (np.zeros((2, 0), np.float32), b""),
}


@pytest.mark.parametrize(("array", "data"), LAYOUT.values(), ids=LAYOUT.keys())
def test_the_bytes_are_those_of_the_contract(array, data):
    message = encode_tensor(array)
    assert message.data == data
    assert tuple(message.shape) == array.shape


def test_a_bool_may_be_any_byte_on_the_wire_but_not_in_memory():
    message = Tensor(dtype=value_pb2.DATA_TYPE_BOOL, shape=[4], data=b"\x00\x01\x02\xff")
    assert decode_tensor(message).tobytes() == b"\x00\x01\x01\x01"


REFUSED = {
    "objects": np.array([None]),
    "text": np.array(["a"]),
    "bytes": np.array([b"a"]),
    "complex numbers": np.array([1j]),
    "long doubles": np.array([1], np.longdouble),
    "times": np.array(["2020-01-01"], "datetime64[s]"),
    "records": np.array([(1, 2)], "i4,i4"),
}


@pytest.mark.parametrize("array", REFUSED.values(), ids=REFUSED.keys())
def test_elements_without_a_type_on_the_wire_are_refused(array):
    with pytest.raises(CodecError, match="cannot carry elements of type"):
        encode_tensor(array)


MALFORMED = {
    "nothing": (Tensor(), "DataType 0"),
    "an unknown type": (Tensor(dtype=77, shape=[1], data=b"a"), "DataType 77"),
    "a negative type": (Tensor(dtype=-1, shape=[1], data=b"a"), "DataType -1"),
    "an unknown encoding": (Tensor(dtype=UINT8, shape=[1, 1, 3], data=b"abc", encoding=9), "Encoding 9"),
    "too few bytes": (Tensor(dtype=FLOAT32, shape=[2], data=b"1234567"), "7 bytes are no float32 array of shape"),
    "too many bytes": (Tensor(dtype=FLOAT32, shape=[2], data=b"123456789"), "9 bytes"),
    "no bytes": (Tensor(dtype=FLOAT32, shape=[2]), "0 bytes"),
    "no bytes for no dimensions": (Tensor(dtype=FLOAT32), "0 bytes"),
    "bytes for no elements": (Tensor(dtype=UINT8, shape=[0], data=b"a"), "1 bytes"),
    "an axis of -1": (Tensor(dtype=UINT8, shape=[-1], data=b"abcd"), "no uint8 array"),
    "an axis of -1 beside another": (Tensor(dtype=UINT8, shape=[2, -1], data=b"abcd"), "no uint8 array"),
    "an axis of -4": (Tensor(dtype=UINT8, shape=[-4], data=b"abcd"), "no uint8 array"),
    "two negative axes": (Tensor(dtype=UINT8, shape=[-2, -2], data=b"abcd"), "no uint8 array"),
    "no elements along a negative axis": (Tensor(dtype=UINT8, shape=[0, -1]), "no uint8 array"),
    "more elements than memory": (Tensor(dtype=UINT8, shape=[2**50], data=b"abcd"), "no uint8 array"),
    "more elements than an address": (Tensor(dtype=UINT8, shape=[2**62, 2**62], data=b"abcd"), "no uint8 array"),
    "a product that wraps to 4": (Tensor(dtype=UINT8, shape=[2**62, 2**62, 4], data=b"abcd"), "no uint8 array"),
    "a product that wraps to 0": (Tensor(dtype=UINT8, shape=[2**32, 2**32]), "no uint8 array"),
    "more axes than numpy has": (Tensor(dtype=UINT8, shape=[1] * 100, data=b"a"), "and 92 more axes"),
}


@pytest.mark.parametrize(("message", "complaint"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_message_that_makes_no_array_is_refused(message, complaint):
    with pytest.raises(CodecError, match=complaint):
        decode_tensor(message)
    data = message.SerializeToString()
    with pytest.raises(NOT_PLAIN):
        read_elements(data, 0, len(data))


@given(
    st.integers(0, 14),
    st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 5), max_size=6),
    st.binary(max_size=40),
)
def test_no_shape_makes_an_array_of_more_than_its_bytes(dtype, shape, data):
    message = Tensor(dtype=dtype, shape=shape, data=data)
    try:
        array = decode_tensor(message)
    except CodecError:
        return
    assert array.tobytes() == data or array.dtype == np.bool_
    assert array.shape == tuple(shape)
