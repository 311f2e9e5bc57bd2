"""Values read straight from their bytes, where they are plain: as protobuf's own classes write them.

Reading by hand makes no objects on the way and copies a tensor once, where protobuf copies it three times. What is rare
is handed to protobuf piece by piece, and what is not plain (fields in another order, given twice, unknown, cut off,
broken) is not read here at all: every function raises one of `NOT_PLAIN`, and the caller then leaves the whole message
to protobuf and to `value_reading`, which know all that is legal and what to say of the rest.

Positions are byte offsets; each function reads what lies from `at` to `end`, no more and no less. Map, list and tuple
take `depth`, how many containers are around them.
"""

import struct
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from google.protobuf.message import DecodeError

from stepwire.codec.limits import check_depth
from stepwire.codec.tensors import DTYPES, Array, read_elements
from stepwire.codec.value_reading import decode_value
from stepwire.codec.wire import FIXED64, VARINT, NotPlain, read_varint, sized, tag_of
from stepwire.v1 import value_pb2

Value = value_pb2.Value

NOT_PLAIN: Final = (ValueError, LookupError, TypeError, DecodeError)
"""What reading raises by itself or lets through, from Python and numpy: bytes that end early, lengths that differ."""

_ITEM = tag_of(Value.Sequence, "values")[0]
_KEY, _ENTRY = tag_of(Value.Map, "keys")[0], tag_of(Value.Map, "values")[0]


def _scalar(code: value_pb2.DataType, size: int) -> bytes:
    return Value(numpy_scalar=Value.NumpyScalar(dtype=code, data=bytes(size))).SerializeToString()


_SCALARS = {_scalar(code, dtype.itemsize)[:6]: dtype for code, dtype in DTYPES.items()}
"""The element type by the six bytes that stand before a numpy scalar's one element."""

_double = struct.Struct("<d").unpack_from


def read_value(data: bytes, at: int, end: int, depth: int = 0) -> Any:
    """The value whose Value message lies there; arrays are fresh and writable."""
    return _READERS.get(data[at], _read_other)(data, at, end, depth)


def read_map(data: bytes, at: int, end: int, depth: int = 0) -> dict[str, Any]:
    """The dict whose Map message lies there."""
    check_depth(depth + 1)
    keys: list[str] = []
    values: list[Any] = []
    while at < end:
        tag = data[at]
        start, at = sized(data, at, end)
        if tag == _ENTRY:
            values.append(read_value(data, start, at, depth + 1))
        elif tag == _KEY:
            keys.append(data[start:at].decode())
        else:
            raise NotPlain("another field")
    entries = dict(zip(keys, values, strict=True))
    if len(entries) != len(keys):
        raise NotPlain("a key that comes twice")
    return entries


# A function for each kind, found by the tag of the one field that a Value has.


def _read_tensor(data: bytes, at: int, end: int, depth: int) -> Array:
    start, stop = sized(data, at, end)
    if stop != end:
        raise NotPlain("not all that is there")
    return read_elements(data, start, end)


def _read_int(data: bytes, at: int, end: int, depth: int) -> int:
    number, stop = read_varint(data, at + 1)
    _check_end(stop, end)
    return number if number < 2**63 else number - 2**64


def _read_double(data: bytes, at: int, end: int, depth: int) -> float:
    if at + 9 != end:
        raise NotPlain("not all that is there")
    number: float = _double(data, at + 1)[0]
    return number


def _read_scalar(data: bytes, at: int, end: int, depth: int) -> Any:
    element = data[at + 6 : end]
    dtype = _SCALARS[data[at : at + 6]]
    if len(element) != dtype.itemsize:
        raise NotPlain("not one element")
    match dtype.kind:
        case "i" | "u" as kind:  # quicker than by way of an array; floats would lose bits of their NaNs
            return dtype.type(int.from_bytes(element, "little", signed=kind == "i"))
        case "b":
            return np.bool_(element != b"\0")
        case _:
            return np.frombuffer(element, dtype)[0]


def _read_list(data: bytes, at: int, end: int, depth: int) -> list[Any]:
    check_depth(depth + 1)
    at = _content(data, at, end)
    items: list[Any] = []
    while at < end:
        if data[at] != _ITEM:
            raise NotPlain("another field")
        start, at = sized(data, at, end)
        items.append(read_value(data, start, at, depth + 1))
    return items


def _read_tuple(data: bytes, at: int, end: int, depth: int) -> tuple[Any, ...]:
    return tuple(_read_list(data, at, end, depth))


def _read_dict(data: bytes, at: int, end: int, depth: int) -> dict[str, Any]:
    return read_map(data, _content(data, at, end), end, depth)


def _read_other(data: bytes, at: int, end: int, depth: int) -> Any:
    return decode_value(Value.FromString(data[at:end]), depth)


_READERS: Final[dict[int, Callable[[bytes, int, int, int], Any]]] = {
    tag_of(Value, "tensor")[0]: _read_tensor,
    tag_of(Value, "int64_value", VARINT)[0]: _read_int,
    tag_of(Value, "double_value", FIXED64)[0]: _read_double,
    tag_of(Value, "numpy_scalar")[0]: _read_scalar,
    tag_of(Value, "list")[0]: _read_list,
    tag_of(Value, "tuple")[0]: _read_tuple,
    tag_of(Value, "map")[0]: _read_dict,
}


def _content(data: bytes, at: int, end: int) -> int:
    """Where the content of the field begins that fills all of the place."""
    start, stop = sized(data, at, end)
    _check_end(stop, end)
    return start


def _check_end(stop: int, end: int) -> None:
    if stop != end:
        raise NotPlain("not all that is there")
