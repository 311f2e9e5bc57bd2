"""Gymnasium's ten kinds of spaces as Space messages.

Writes all that equality, flags and seeded sampling depend on. Knows nothing of values in a space.
"""

from collections.abc import Callable, Iterable
from typing import Any

import gymnasium.spaces as gs

from stepwire.codec.errors import CodecError, at
from stepwire.codec.limits import check_depth
from stepwire.codec.tensors import Array, code_of, write_tensor
from stepwire.v1 import space_pb2

# Quoted below are the annotations of classes that are generic in the newest Gymnasium and plain in older ones.
AnySpace = gs.Space[Any]


def encode_space(space: AnySpace) -> space_pb2.Space:
    """A Space message that describes a space.

    Args:
        space: Of one of the ten kinds; a subclass travels as the kind it subclasses. Nested up to 32 deep.

    Raises:
        CodecError: for other kinds of spaces, Dict keys that are no str, numbers beyond int64. Its path says where.
    """
    message = space_pb2.Space()
    _write(message, space, 0)
    return message


# A function for each kind, found by the space's type.


def _write(message: space_pb2.Space, space: AnySpace, depth: int) -> None:
    check_depth(depth)
    kind = next((kind for kind in type(space).__mro__ if kind in _WRITERS), None)
    if kind is None:
        raise CodecError(f"{type(space).__qualname__} is none of Gymnasium's kinds of spaces")
    try:
        _WRITERS[kind](message, space, depth)
    except UnicodeEncodeError as error:
        raise CodecError(f"cannot carry text that UTF-8 cannot write: {error.reason}") from error


def _write_box(message: space_pb2.Space, space: "gs.Box[Any]", depth: int) -> None:
    box = message.box
    box.dtype = code_of(space.dtype)
    box.shape.extend(space.shape)
    write_tensor(box.low, _shortest(space.low))
    write_tensor(box.high, _shortest(space.high))
    write_tensor(box.bounded_below, _shortest(space.bounded_below))
    write_tensor(box.bounded_above, _shortest(space.bounded_above))


def _write_discrete(message: space_pb2.Space, space: "gs.Discrete[Any]", depth: int) -> None:
    discrete = message.discrete
    discrete.n = _int64(space.n)
    discrete.start = _int64(space.start)
    discrete.dtype = code_of(space.dtype)


def _write_multi_discrete(message: space_pb2.Space, space: "gs.MultiDiscrete[Any]", depth: int) -> None:
    multi_discrete = message.multi_discrete
    write_tensor(multi_discrete.nvec, space.nvec)
    write_tensor(multi_discrete.start, space.start)
    multi_discrete.dtype = code_of(space.dtype)


def _write_multi_binary(message: space_pb2.Space, space: gs.MultiBinary, depth: int) -> None:
    message.multi_binary.SetInParent()
    message.multi_binary.shape.extend(space.shape)
    message.multi_binary.flat = isinstance(space.n, int)


def _write_text(message: space_pb2.Space, space: gs.Text, depth: int) -> None:
    text = message.text
    text.min_length = _int64(space.min_length)
    text.max_length = _int64(space.max_length)
    text.charset = "".join(space.character_list)


def _write_dict(message: space_pb2.Space, space: "gs.Dict[Any]", depth: int) -> None:
    message.dict.SetInParent()
    message.dict.sort_keys = getattr(space, "sort_keys", True)
    for key, item in space.spaces.items():
        if not isinstance(key, str):
            raise CodecError(f"cannot carry the key {key!r} of a Dict, only str")
        message.dict.keys.append(key)
        at(f"[{key!r}]", _write, message.dict.spaces.add(), item, depth + 1)


def _write_tuple(message: space_pb2.Space, space: "gs.Tuple[Any]", depth: int) -> None:
    message.tuple.SetInParent()
    _write_items(message.tuple.spaces, space.spaces, depth)


def _write_one_of(message: space_pb2.Space, space: "gs.OneOf[Any]", depth: int) -> None:
    _write_items(message.one_of.spaces, space.spaces, depth)


def _write_sequence(message: space_pb2.Space, space: gs.Sequence, depth: int) -> None:
    message.sequence.stack = space.stack
    at(".feature_space", _write, message.sequence.feature_space, space.feature_space, depth + 1)


def _write_graph(message: space_pb2.Space, space: gs.Graph, depth: int) -> None:
    at(".node_space", _write, message.graph.node_space, space.node_space, depth + 1)
    if space.edge_space is not None:
        at(".edge_space", _write, message.graph.edge_space, space.edge_space, depth + 1)


_WRITERS: dict[type, Callable[[space_pb2.Space, Any, int], None]] = {
    gs.Box: _write_box,
    gs.Discrete: _write_discrete,
    gs.MultiDiscrete: _write_multi_discrete,
    gs.MultiBinary: _write_multi_binary,
    gs.Text: _write_text,
    gs.Dict: _write_dict,
    gs.Tuple: _write_tuple,
    gs.Sequence: _write_sequence,
    gs.Graph: _write_graph,
    gs.OneOf: _write_one_of,
}


def _write_items(messages: Any, spaces: Iterable[AnySpace], depth: int) -> None:
    for index, space in enumerate(spaces):
        at(f"[{index}]", _write, messages.add(), space, depth + 1)


def _shortest(bounds: Array) -> Array:
    """One element for all, where all have the same bits (0.0 and -0.0 do not); else the array itself."""
    data = bounds.tobytes()
    alike = bounds.size > 0 and data == data[: bounds.itemsize] * bounds.size
    return bounds.reshape(-1)[0].reshape(()) if alike else bounds


def _int64(number: Any) -> int:
    if not -(2**63) <= int(number) < 2**63:
        raise CodecError(f"{number} does not fit into int64")
    return int(number)
