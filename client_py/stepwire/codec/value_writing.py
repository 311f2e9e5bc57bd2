"""Python values of any kind as Value messages.

Knows numbers, text, bytes, None, numpy scalars and arrays, lists, tuples, dicts and graph samples. A batch needs
nothing of its own: `gymnasium.vector` lays it out as arrays, dicts and tuples. Knows nothing of spaces.

Subclasses travel as what they subclass: an OrderedDict comes back as a dict, an IntEnum as an int.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from gymnasium.spaces import GraphInstance

from stepwire.codec.errors import CodecError, at
from stepwire.codec.limits import MAX_DIGITS, check_depth
from stepwire.codec.tensors import Array, code_of, write_tensor
from stepwire.v1 import value_pb2

Value = value_pb2.Value


def encode_value(value: object) -> Value:
    """A Value message that holds a copy of the value; see `write_value`."""
    message = Value()
    _write(message, value, 0)
    return message


def write_value(message: Value, value: object) -> None:
    """Writes a value into a message, in place of whatever the message held.

    Args:
        message: Where to write. As with `write_tensor`, a part of a fresh message.
        value: bool, int of any size, float, str, bytes, None, numpy scalar, ndarray (of numbers, or of objects), list,
            tuple, mapping with str keys, GraphInstance, nested up to 32 deep. Floats keep their bits.

    Raises:
        CodecError: when the value or something in it is of another kind. The error's path says where; the message is
            then in no defined state.
    """
    message.Clear()
    _write(message, value, 0)


def encode_map(mapping: Mapping[str, object]) -> Value.Map:
    """A Map message that holds a copy of the mapping; see `write_map`."""
    message = Value.Map()
    _write_entries(message, mapping, 0)
    return message


def write_map(message: Value.Map, mapping: Mapping[str, object]) -> None:
    """Writes a mapping, such as options or an environment's kwargs, in place of whatever the message held.

    Nothing may be left out of these; for infos, where something may, see `stepwire.codec.infos.write_info`.

    Raises:
        CodecError: as `write_value`, and for keys that are no str.
    """
    message.Clear()
    _write_entries(message, mapping, 0)


# A function for each type, found by the value's type.


def _write(message: Value, value: object, depth: int) -> None:
    (_WRITERS.get(type(value)) or _inherited_writer(value))(message, value, depth)


def _write_array(message: Value, value: Array, depth: int) -> None:
    if value.dtype.hasobject:
        _write_object_array(message, value, depth)
    else:
        write_tensor(message.tensor, value)


def _write_bool(message: Value, value: bool, depth: int) -> None:
    message.bool_value = value


def _write_int(message: Value, value: int, depth: int) -> None:
    try:
        message.int64_value = value
    except ValueError:
        message.big_int = _digits(value)


def _write_float(message: Value, value: float, depth: int) -> None:
    message.double_value = value


def _write_str(message: Value, value: str, depth: int) -> None:
    try:
        message.string_value = value
    except UnicodeEncodeError as error:
        raise CodecError(f"cannot carry text that UTF-8 cannot write: {error.reason}") from error


def _write_bytes(message: Value, value: bytes, depth: int) -> None:
    message.bytes_value = value


def _write_none(message: Value, value: None, depth: int) -> None:
    message.null_value = 0  # type: ignore[assignment]  # NULL_VALUE, the enum's only member


def _write_scalar(message: Value, value: np.generic, depth: int) -> None:
    scalar = message.numpy_scalar
    scalar.dtype = code_of(value.dtype)
    scalar.data = value.tobytes()


def _write_list(message: Value, value: Iterable[object], depth: int) -> None:
    message.list.SetInParent()
    _write_items(message.list.values, value, depth)


def _write_tuple(message: Value, value: Iterable[object], depth: int) -> None:
    message.tuple.SetInParent()
    _write_items(message.tuple.values, value, depth)


def _write_dict(message: Value, value: Mapping[str, object], depth: int) -> None:
    message.map.SetInParent()
    _write_entries(message.map, value, depth)


def _write_object_array(message: Value, value: Array, depth: int) -> None:
    if value.dtype != np.dtype(object):
        raise CodecError(f"cannot carry elements of type {value.dtype}")
    message.object_array.SetInParent()
    message.object_array.shape.extend(value.shape)
    _write_items(message.object_array.values, value.ravel().tolist(), depth)


def _write_graph(message: Value, value: GraphInstance, depth: int) -> None:
    check_depth(depth + 1)
    graph = message.graph
    at(".nodes", _write, graph.nodes, value.nodes, depth + 1)
    if value.edges is not None:
        at(".edges", _write, graph.edges, value.edges, depth + 1)
    if value.edge_links is not None:
        at(".edge_links", write_tensor, graph.edge_links, value.edge_links)


_WRITERS: dict[type, Callable[[Value, Any, int], None]] = {
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


def _inherited_writer(value: object) -> Callable[[Value, Any, int], None]:
    for kind in type(value).__mro__:
        if kind in _WRITERS:
            return _WRITERS[kind]
    if isinstance(value, Mapping):
        return _write_dict
    raise CodecError(f"cannot carry a {type(value).__module__}.{type(value).__qualname__}")


def _write_items(messages: Any, items: Iterable[object], depth: int) -> None:
    check_depth(depth + 1)
    try:
        for item in items:
            _write(messages.add(), item, depth + 1)
    except CodecError as error:
        error.prepend(f"[{len(messages) - 1}]")
        raise


def _write_entries(message: Value.Map, mapping: Mapping[str, object], depth: int) -> None:
    check_depth(depth + 1)
    key: object = None
    try:
        for key, item in mapping.items():
            _write_key(message, key)
            _write(message.values.add(), item, depth + 1)
    except CodecError as error:
        error.prepend(f"[{key!r}]")
        raise


def _write_key(message: Value.Map, key: object) -> None:
    if not isinstance(key, str):
        raise CodecError(f"cannot carry a key that is a {type(key).__qualname__}, only str")
    try:
        message.keys.append(key)
    except UnicodeEncodeError as error:
        raise CodecError(f"cannot carry a key that UTF-8 cannot write: {error.reason}") from error


def _digits(value: int) -> str:
    try:
        return str(int(value))
    except ValueError as error:
        raise CodecError(f"cannot carry a whole number of more than {MAX_DIGITS} digits") from error
