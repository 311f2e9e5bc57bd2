"""Python values of any kind as Value messages.

Knows numbers, text, bytes, None, numpy scalars and arrays, lists, tuples, dicts and graph samples. A batch needs
nothing of its own: `gymnasium.vector` lays it out as arrays, dicts and tuples. Knows nothing of spaces.

Subclasses travel as what they subclass: an OrderedDict comes back as a dict, an IntEnum as an int.

Values are written in the wire format itself (see `wire`), into the parts of a message: that takes half the time of
filling in protobuf's objects, and large arrays are not copied on the way. Objects are parsed from it where wanted.
"""

import struct
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from gymnasium.spaces import GraphInstance

from stepwire.codec.errors import CodecError, at
from stepwire.codec.limits import MAX_DIGITS, check_depth
from stepwire.codec.tensors import Array, code_of, write_tensor_field
from stepwire.codec.wire import FIXED64, VARINT, Parts, tag_of, varint, write_bytes, write_sized
from stepwire.v1 import value_pb2

Value = value_pb2.Value


def encode_value(value: object) -> Value:
    """A Value message that holds a copy of the value; see `write_value`."""
    message = Value()
    write_value(message, value)
    return message


def write_value(message: Value, value: object) -> None:
    """Writes a value into a message, in place of whatever the message held.

    Args:
        message: Where to write. As with `write_tensor`, a part of a fresh message.
        value: bool, int of any size, float, str, bytes, None, numpy scalar, ndarray (of numbers, or of objects), list,
            tuple, mapping with str keys, GraphInstance, nested up to 32 deep. Floats keep their bits.

    Raises:
        CodecError: when the value or something in it is of another kind. The error's path says where.
    """
    parts: Parts = []
    _write(parts, value, 0)
    message.ParseFromString(b"".join(parts))


def check_value(value: object) -> None:
    """Raises the CodecError that writing the value would raise."""
    _write([], value, 0)


def encode_map(mapping: Mapping[str, object]) -> Value.Map:
    """A Map message that holds a copy of the mapping; see `write_map`."""
    message = Value.Map()
    write_map(message, mapping)
    return message


def write_map(message: Value.Map, mapping: Mapping[str, object]) -> None:
    """Writes a mapping, such as options or an environment's kwargs, in place of whatever the message held.

    Nothing may be left out of these; for infos, where something may, see `stepwire.codec.infos.write_info`.

    Raises:
        CodecError: as `write_value`, and for keys that are no str.
    """
    parts: Parts = []
    write_entries(parts, mapping, 0)
    message.ParseFromString(b"".join(parts))


def write_value_field(parts: Parts, tag: bytes, value: object, depth: int = 0) -> int:
    """Writes a field that holds a value, and gives its size in bytes. Raises as `write_value`.

    Arrays are taken from where they lie when the parts are joined, so until then they must stay as they are.

    Args:
        parts: Where to write.
        tag: What the field begins with.
        value: As in `write_value`.
        depth: How many containers are around it.
    """
    return write_sized(parts, tag, _WRITERS.get(type(value)) or _inherited_writer(value), value, depth)


# A function for each type, found by the value's type. Each writes the one field of a Value and gives its size.

_TENSOR = tag_of(Value, "tensor")
_INT64 = tag_of(Value, "int64_value", VARINT)
_DOUBLE = tag_of(Value, "double_value", FIXED64)
_BOOL = tag_of(Value, "bool_value", VARINT)
_NUMPY_SCALAR = tag_of(Value, "numpy_scalar")
_STRING = tag_of(Value, "string_value")
_MAP = tag_of(Value, "map")
_TUPLE = tag_of(Value, "tuple")
_LIST = tag_of(Value, "list")
_BYTES = tag_of(Value, "bytes_value")
_NULL = tag_of(Value, "null_value", VARINT)
_OBJECT_ARRAY = tag_of(Value, "object_array")
_GRAPH = tag_of(Value, "graph")
_BIG_INT = tag_of(Value, "big_int")

_SCALAR_DTYPE, _SCALAR_DATA = tag_of(Value.NumpyScalar, "dtype", VARINT), tag_of(Value.NumpyScalar, "data")
_ITEM = tag_of(Value.Sequence, "values")
_KEY, _ENTRY = tag_of(Value.Map, "keys"), tag_of(Value.Map, "values")
_OBJECT_SHAPE, _OBJECT = tag_of(Value.ObjectArray, "shape"), tag_of(Value.ObjectArray, "values")
_NODES, _EDGES, _LINKS = (tag_of(Value.Graph, field) for field in ("nodes", "edges", "edge_links"))

_double = struct.Struct("<d").pack


def _write(parts: Parts, value: object, depth: int) -> int:
    return (_WRITERS.get(type(value)) or _inherited_writer(value))(parts, value, depth)


def _write_array(parts: Parts, value: Array, depth: int) -> int:
    if value.dtype.hasobject:
        return _write_object_array(parts, value, depth)
    return write_tensor_field(parts, _TENSOR, value)


def _write_bool(parts: Parts, value: bool, depth: int) -> int:
    parts.append(_BOOL + (b"\1" if value else b"\0"))
    return 2


def _write_int(parts: Parts, value: int, depth: int) -> int:
    if not -(2**63) <= value < 2**63:
        return write_bytes(parts, _BIG_INT, _digits(value))
    number = _INT64 + varint(int(value) & 2**64 - 1)
    parts.append(number)
    return len(number)


def _write_float(parts: Parts, value: float, depth: int) -> int:
    parts.append(_DOUBLE + _double(value))
    return 9


def _write_str(parts: Parts, value: str, depth: int) -> int:
    return write_bytes(parts, _STRING, _utf8("text", value))


def _write_bytes(parts: Parts, value: bytes, depth: int) -> int:
    return write_bytes(parts, _BYTES, value)


def _write_none(parts: Parts, value: None, depth: int) -> int:
    parts.append(_NULL + b"\0")  # NULL_VALUE, the enum's only member
    return 2


def _write_scalar(parts: Parts, value: np.generic, depth: int) -> int:
    scalar = _scalar_head(value.dtype) + value.tobytes()
    parts.append(scalar)
    return len(scalar)


@lru_cache
def _scalar_head(dtype: np.dtype[Any]) -> bytes:
    head = _SCALAR_DTYPE + varint(code_of(dtype)) + _SCALAR_DATA + varint(dtype.itemsize)
    return _NUMPY_SCALAR + varint(len(head) + dtype.itemsize) + head


def _write_list(parts: Parts, value: Iterable[object], depth: int) -> int:
    return write_sized(parts, _LIST, _write_items, value, depth)


def _write_tuple(parts: Parts, value: Iterable[object], depth: int) -> int:
    return write_sized(parts, _TUPLE, _write_items, value, depth)


def _write_dict(parts: Parts, value: Mapping[str, object], depth: int) -> int:
    return write_sized(parts, _MAP, write_entries, value, depth)


def _write_object_array(parts: Parts, value: Array, depth: int) -> int:
    if value.dtype != np.dtype(object):
        raise CodecError(f"cannot carry elements of type {value.dtype}")
    return write_sized(parts, _OBJECT_ARRAY, _write_objects, value, depth)


def _write_objects(parts: Parts, value: Array, depth: int) -> int:
    axes = b"".join(map(varint, value.shape))
    size = write_bytes(parts, _OBJECT_SHAPE, axes) if axes else 0
    return size + _write_items(parts, value.ravel().tolist(), depth, _OBJECT)


def _write_graph(parts: Parts, value: GraphInstance, depth: int) -> int:
    check_depth(depth + 1)
    return write_sized(parts, _GRAPH, _write_graph_fields, value, depth + 1)


def _write_graph_fields(parts: Parts, value: GraphInstance, depth: int) -> int:
    size = at(".nodes", write_value_field, parts, _NODES, value.nodes, depth)
    if value.edges is not None:
        size += at(".edges", write_value_field, parts, _EDGES, value.edges, depth)
    if value.edge_links is not None:
        size += at(".edge_links", write_tensor_field, parts, _LINKS, value.edge_links)
    return size


_WRITERS: dict[type, Callable[[Parts, Any, int], int]] = {
    np.ndarray: _write_array,
    bool: _write_bool,
    int: _write_int,
    float: _write_float,
    str: _write_str,
    bytes: _write_bytes,
    type(None): _write_none,
    list: _write_list,
    tuple: _write_tuple,
    dict: _write_dict,
    GraphInstance: _write_graph,
    **dict.fromkeys([np.bool_, np.int8, np.int16, np.intc, np.int32, np.int64, np.longlong], _write_scalar),
    **dict.fromkeys([np.uint8, np.uint16, np.uintc, np.uint32, np.uint64, np.ulonglong], _write_scalar),
    **dict.fromkeys([np.float16, np.float32, np.float64], _write_scalar),
}


def _inherited_writer(value: object) -> Callable[[Parts, Any, int], int]:
    for kind in type(value).__mro__:
        if kind in _WRITERS:
            return _WRITERS[kind]
    if isinstance(value, Mapping):
        return _write_dict
    raise CodecError(f"cannot carry a {type(value).__module__}.{type(value).__qualname__}")


def _write_items(parts: Parts, items: Iterable[object], depth: int, tag: bytes = _ITEM) -> int:
    check_depth(depth + 1)
    size = written = 0
    try:
        for item in items:
            size += write_value_field(parts, tag, item, depth + 1)
            written += 1
    except CodecError as error:
        error.prepend(f"[{written}]")
        raise
    return size


def write_entries(parts: Parts, mapping: Mapping[str, object], depth: int) -> int:
    """Writes the fields of a mapping's Map, and gives their size in bytes. Raises as `write_map`."""
    check_depth(depth + 1)
    key: object = None
    size = 0
    try:
        for key in mapping:
            size += write_bytes(parts, _KEY, _key(key))
        for key in mapping:
            size += write_value_field(parts, _ENTRY, mapping[key], depth + 1)
    except CodecError as error:
        error.prepend(f"[{key!r}]")
        raise
    return size


def _key(key: object) -> bytes:
    if not isinstance(key, str):
        raise CodecError(f"cannot carry a key that is a {type(key).__qualname__}, only str")
    return _utf8("a key", key)


def _utf8(what: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CodecError(f"cannot carry {what} that UTF-8 cannot write: {error.reason}") from error


def _digits(value: int) -> bytes:
    try:
        return str(int(value)).encode()
    except ValueError as error:
        raise CodecError(f"cannot carry a whole number of more than {MAX_DIGITS} digits") from error
