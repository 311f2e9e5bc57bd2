"""Value messages as Python values, each of the type that was written.

Treats every message as a stranger's: whatever makes no value is a CodecError. Knows nothing of spaces.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from gymnasium.spaces import GraphInstance

from stepwire.codec.errors import CodecError, at
from stepwire.codec.limits import MAX_AXES, MAX_DIGITS, check_depth
from stepwire.codec.tensors import Array, decode_tensor, dtype_of
from stepwire.v1 import value_pb2

Value = value_pb2.Value


def decode_value(message: Value, depth: int = 0) -> Any:
    """The value of a message: of the type that was written, arrays fresh and writable.

    Args:
        message: What to read.
        depth: How many containers are around it already.

    Raises:
        CodecError: when the message makes no value: no kind set, lengths that do not fit, unknown types of elements,
            keys that come twice, nesting beyond 32. The error's path says where.
    """
    return _read(message, depth)


def decode_map(message: Value.Map) -> dict[str, Any]:
    """The dict of a message, in the order in which it was written.

    Raises:
        CodecError: as `decode_value`.
    """
    return _read_map(message, 0)


# A function for each kind, found by the name of the field that is set.


def _read(message: Value, depth: int) -> Any:
    kind = message.WhichOneof("kind")
    if kind is None:
        raise CodecError("no kind is set, or one that this version does not know")
    return _READERS[kind](getattr(message, kind), depth)


def _read_plain(content: Any, depth: int) -> Any:
    return content


def _read_tensor(content: value_pb2.Tensor, depth: int) -> Array:
    return decode_tensor(content)


def _read_none(content: int, depth: int) -> None:
    return None


def _read_scalar(content: Value.NumpyScalar, depth: int) -> Any:
    dtype, data = dtype_of(content.dtype), content.data
    if len(data) != dtype.itemsize:
        raise CodecError(f"{len(data)} bytes are no {dtype.name}")
    return np.bool_(data != b"\0") if dtype == np.bool_ else np.frombuffer(data, dtype)[0]


def _read_big_int(content: str, depth: int) -> int:
    digits = content.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        raise CodecError(f"{content[:40]!r} is no whole number of at most {MAX_DIGITS} digits")
    return int(content)


def _read_list(content: Value.Sequence, depth: int) -> list[Any]:
    return _read_items(content.values, depth)


def _read_tuple(content: Value.Sequence, depth: int) -> tuple[Any, ...]:
    return tuple(_read_items(content.values, depth))


def _read_map(content: Value.Map, depth: int) -> dict[str, Any]:
    check_depth(depth + 1)
    keys, values = content.keys, content.values
    if not keys and not values:  # most infos
        return {}
    if len(keys) != len(values):
        raise CodecError(f"a map of {len(keys)} keys and {len(values)} values")
    entries: dict[str, Any] = {}
    try:
        for key, item in zip(keys, values, strict=True):
            entries[key] = _read(item, depth + 1)
    except CodecError as error:
        error.prepend(f"[{key!r}]")
        raise
    if len(entries) != len(keys):
        raise CodecError("a map in which a key comes twice")
    return entries


def _read_object_array(content: Value.ObjectArray, depth: int) -> Array:
    items, shape = _read_items(content.values, depth), content.shape[: MAX_AXES + 1]
    array = np.empty(len(items), dtype=object)
    for index, item in enumerate(items):  # one by one: as a whole, numpy would look into lists of equal lengths
        array[index] = item
    try:
        if min(shape, default=0) < 0:  # numpy takes it for "as many as there are"
            raise ValueError("an axis of negative length")
        return array.reshape(shape)
    except ValueError as error:
        raise CodecError(f"{len(items)} values are no object array of shape {shape}: {error}") from error


def _read_graph(content: Value.Graph, depth: int) -> GraphInstance:
    check_depth(depth + 1)
    return GraphInstance(
        at(".nodes", _read, content.nodes, depth + 1),
        at(".edges", _read, content.edges, depth + 1) if content.HasField("edges") else None,
        at(".edge_links", decode_tensor, content.edge_links) if content.HasField("edge_links") else None,
    )


_READERS: dict[str, Callable[[Any, int], Any]] = {
    "tensor": _read_tensor,
    "int64_value": _read_plain,
    "double_value": _read_plain,
    "bool_value": _read_plain,
    "string_value": _read_plain,
    "bytes_value": _read_plain,
    "null_value": _read_none,
    "numpy_scalar": _read_scalar,
    "big_int": _read_big_int,
    "list": _read_list,
    "tuple": _read_tuple,
    "map": _read_map,
    "object_array": _read_object_array,
    "graph": _read_graph,
}


def _read_items(messages: Sequence[Value], depth: int) -> list[Any]:
    check_depth(depth + 1)
    items: list[Any] = []
    try:
        for item in messages:
            items.append(_read(item, depth + 1))
    except CodecError as error:
        error.prepend(f"[{len(items)}]")
        raise
    return items
