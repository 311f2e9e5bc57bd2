"""numpy arrays as Tensor messages, and back.

Knows the twelve element types and the layout of the bytes: little-endian, C order, no padding. Knows nothing of values
that contain arrays, and leaves packed pictures to `pictures`.

This is the hottest part of the codec. What a Tensor has before its elements depends on type and shape only, so it is
made, or read, once for each. The length is checked against the array that numpy lays over the bytes rather than against
a product computed beforehand; and a `bytes` field is read once, since each access copies it.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from stepwire.codec.errors import CodecError
from stepwire.codec.limits import MAX_AXES
from stepwire.codec.pictures import unpack_picture
from stepwire.codec.wire import VARINT, NotPlain, Parts, tag_of, varint
from stepwire.v1 import value_pb2

Array = np.ndarray[Any, Any]

DTYPES: dict[value_pb2.DataType, np.dtype[Any]] = {
    value_pb2.DATA_TYPE_BOOL: np.dtype("?"),
    value_pb2.DATA_TYPE_INT8: np.dtype("i1"),
    value_pb2.DATA_TYPE_INT16: np.dtype("<i2"),
    value_pb2.DATA_TYPE_INT32: np.dtype("<i4"),
    value_pb2.DATA_TYPE_INT64: np.dtype("<i8"),
    value_pb2.DATA_TYPE_UINT8: np.dtype("u1"),
    value_pb2.DATA_TYPE_UINT16: np.dtype("<u2"),
    value_pb2.DATA_TYPE_UINT32: np.dtype("<u4"),
    value_pb2.DATA_TYPE_UINT64: np.dtype("<u8"),
    value_pb2.DATA_TYPE_FLOAT16: np.dtype("<f2"),
    value_pb2.DATA_TYPE_FLOAT32: np.dtype("<f4"),
    value_pb2.DATA_TYPE_FLOAT64: np.dtype("<f8"),
}
"""Element type of each DataType."""

CODES: dict[np.dtype[Any], value_pb2.DataType] = {dtype: code for code, dtype in DTYPES.items()}
"""DataType of each element type, little-endian only."""

_BOOL = DTYPES[value_pb2.DATA_TYPE_BOOL]
_DTYPE = tag_of(value_pb2.Tensor, "dtype", VARINT)
_SHAPE = tag_of(value_pb2.Tensor, "shape")
_DATA = tag_of(value_pb2.Tensor, "data")
_SHAPE_TAG = _SHAPE[0]


def encode_tensor(array: Array) -> value_pb2.Tensor:
    """A Tensor that holds a copy of the array; see `write_tensor`."""
    message = value_pb2.Tensor()
    write_tensor(message, array)
    return message


def write_tensor(message: value_pb2.Tensor, array: Array) -> None:
    """Writes an array into a message, in place of whatever the message held.

    Write into a part of a fresh message, as in ``write_tensor(request.mask, mask)``. A message that is kept and written
    again and again grows: protobuf frees what it replaces only together with the whole message.

    Args:
        message: Where to write.
        array: Of bool, int8 to int64, uint8 to uint64 or float16 to float64; of any shape, 0-dimensional and empty
            ones included, and of any strides and byte order. Bits are kept, also those of NaNs.

    Raises:
        CodecError: when the elements are of another type (object, complex, text, times, long double).
    """
    parts: Parts = []
    write_tensor_field(parts, b"", array)
    message.ParseFromString(b"".join(parts))


def write_tensor_field(parts: Parts, tag: bytes, array: Array) -> int:
    """Writes a field that holds an array's Tensor, and gives its size in bytes; raises as `write_tensor`.

    The elements are taken from where they lie when the parts are joined, so until then they must stay as they are.
    Without a tag the Tensor's own fields are written.
    """
    try:
        head, size = _head(tag, array.dtype, array.shape)
    except KeyError:
        array = _little_endian(array)
        head, size = _head(tag, array.dtype, array.shape)
    parts.append(head)
    parts.append(np.ascontiguousarray(array))
    return size


@lru_cache(maxsize=1024)
def _head(tag: bytes, dtype: np.dtype[Any], shape: tuple[int, ...]) -> tuple[bytes, int]:
    """What stands before the elements, and the size of both; a KeyError where the type has no code."""
    head = _DTYPE + varint(CODES[dtype])
    if shape:
        axes = b"".join(map(varint, shape))
        head += _SHAPE + varint(len(axes)) + axes
    length = math.prod(shape) * dtype.itemsize
    head += _before_data(length)
    if tag:
        head = tag + varint(len(head) + length) + head
    return head, len(head) + length


def _before_data(length: int) -> bytes:
    return _DATA + varint(length) if length else b""  # protobuf leaves out what is empty


def decode_tensor(message: value_pb2.Tensor) -> Array:
    """The array of a message: fresh, writable, in C order, and sharing no memory with the message.

    Raises:
        CodecError: when shape, element type and number of bytes do not fit together, or a packed picture cannot be
            unpacked.
    """
    if message.encoding:
        return unpack_picture(message)
    dtype = dtype_of(message.dtype)
    shape = message.shape[:]
    data = message.data
    try:
        view: Array = np.ndarray(shape, dtype, data)
    except (TypeError, ValueError) as error:
        raise _misfit(message, error) from error
    # numpy takes an axis of -1 for "as many as there are" and overlooks bytes that are left over.
    if -1 in shape or view.nbytes != len(data):
        raise _misfit(message, "the length differs")
    return view.copy() if dtype is not _BOOL else _bools(view)


def read_elements(data: bytes, at: int, end: int) -> Array:
    """The array of a Tensor whose fields lie in these bytes: as `decode_tensor`, but copied once.

    Raises:
        NotPlain: The fields are not dtype, shape and elements in this order, or do not fit together.
        LookupError, DecodeError: The bytes end early, or are no fields.
    """
    # A field of two bytes, then one with a length of one byte, which only a 0-dimensional array lacks.
    split = at + 4 + data[at + 3] if data[at + 2] == _SHAPE_TAG else at + 2
    dtype, shape, before, length = _layout(data[at:split])
    start = split + len(before)
    if start + length != end or data[split:start] != before:
        raise NotPlain("the length differs")
    view: Array = np.ndarray(shape, dtype, data, start)
    return view.copy() if dtype is not _BOOL else _bools(view)


@lru_cache(maxsize=1024)
def _layout(head: bytes) -> tuple[np.dtype[Any], tuple[int, ...], bytes, int]:
    """What dtype and shape say: both, what comes between them and the elements, and the length of the elements."""
    message = value_pb2.Tensor.FromString(head)
    dtype, shape = dtype_of(message.dtype), tuple(message.shape)
    if len(shape) > MAX_AXES or min(shape, default=0) < 0:
        raise NotPlain("no shape of an array")
    length = math.prod(shape) * dtype.itemsize
    return dtype, shape, _before_data(length), length


def _bools(view: Array) -> Array:
    # Any byte is a bool on the wire; in numpy's memory only 0 and 1 are.
    return view.view(np.uint8).astype(_BOOL)


def dtype_of(code: value_pb2.DataType) -> np.dtype[Any]:
    """The element type that a DataType stands for.

    Raises:
        CodecError: for DATA_TYPE_UNSPECIFIED and numbers that this version does not know.
    """
    dtype = DTYPES.get(code)
    if dtype is None:
        raise CodecError(f"DataType {code} is no type of elements")
    return dtype


def code_of(dtype: np.dtype[Any]) -> value_pb2.DataType:
    """The DataType of an element type of any byte order.

    Raises:
        CodecError: when there is none.
    """
    code = CODES.get(dtype) or CODES.get(dtype.newbyteorder("<"))
    if code is None:
        raise CodecError(f"cannot carry elements of type {dtype}")
    return code


def _little_endian(array: Array) -> Array:
    return array.astype(DTYPES[code_of(array.dtype)])


def _misfit(message: value_pb2.Tensor, reason: object) -> CodecError:
    axes = list(message.shape[:8])
    shape = f"{axes}" if len(message.shape) <= 8 else f"{axes} and {len(message.shape) - 8} more axes"
    name = dtype_of(message.dtype).name
    return CodecError(f"{len(message.data)} bytes are no {name} array of shape {shape}: {reason}")
