"""Gymnasium's ten kinds of spaces as Space messages, and back.

Exact: the space that is read equals the one that was written, has the same flags and, seeded alike, gives the same
samples. Knows the differences between Gymnasium's versions, 1.1 to 1.4. Knows nothing of values in a space.
"""

import inspect
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import gymnasium.spaces as gs
import numpy as np

from stepwire.codec.errors import CodecError, check_depth
from stepwire.codec.tensors import Array, code_of, decode_tensor, dtype_of, write_tensor
from stepwire.v1 import space_pb2, value_pb2

# Quoted below are the annotations of classes that are generic in the newest Gymnasium and plain in older ones.
AnySpace = gs.Space[Any]

_MAX_BYTES = 256 * 1024 * 1024
"""Most memory that a decoded space may take: as much as the bounds and flags of a 64 MiB uint8 picture."""

_BYTES_PER_SPACE = 1024
"""What a space takes besides its bounds, roughly."""

_MAX_AXES = 64
"""Most axes of an array in any version of numpy."""

_DICT_HAS_SORT_KEYS = "sort_keys" in inspect.signature(gs.Dict).parameters
"""Since Gymnasium 1.4; before, a Dict sorts the keys of every plain dict."""


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


def decode_space(message: space_pb2.Space) -> AnySpace:
    """The space of a message, not yet seeded.

    Raises:
        CodecError: when the message makes no space, or one that would take more than 256 MiB. Its path says where.
    """
    if _weight(message, 0) > _MAX_BYTES:
        raise CodecError(f"the space would take more than {_MAX_BYTES} bytes of memory")
    return _read(message)


# Writing: a function for each kind, found by the space's type.


def _write(message: space_pb2.Space, space: AnySpace, depth: int) -> None:
    check_depth(depth)
    for kind in type(space).__mro__:
        if kind in _WRITERS:
            return _WRITERS[kind](message, space, depth)
    raise CodecError(f"{type(space).__qualname__} is none of Gymnasium's kinds of spaces")


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
        _at(f"[{key!r}]", _write, message.dict.spaces.add(), item, depth + 1)


def _write_tuple(message: space_pb2.Space, space: "gs.Tuple[Any]", depth: int) -> None:
    message.tuple.SetInParent()
    _write_items(message.tuple.spaces, space.spaces, depth)


def _write_one_of(message: space_pb2.Space, space: "gs.OneOf[Any]", depth: int) -> None:
    _write_items(message.one_of.spaces, space.spaces, depth)


def _write_sequence(message: space_pb2.Space, space: gs.Sequence, depth: int) -> None:
    message.sequence.stack = space.stack
    _at(".feature_space", _write, message.sequence.feature_space, space.feature_space, depth + 1)


def _write_graph(message: space_pb2.Space, space: gs.Graph, depth: int) -> None:
    _at(".node_space", _write, message.graph.node_space, space.node_space, depth + 1)
    if space.edge_space is not None:
        _at(".edge_space", _write, message.graph.edge_space, space.edge_space, depth + 1)


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
        _at(f"[{index}]", _write, messages.add(), space, depth + 1)


def _shortest(bounds: Array) -> Array:
    """One element for all, where all have the same bits (0.0 and -0.0 do not); else the array itself."""
    data = bounds.tobytes()
    alike = bounds.size > 0 and data == data[: bounds.itemsize] * bounds.size
    return bounds.reshape(-1)[0].reshape(()) if alike else bounds


def _int64(number: Any) -> int:
    if not -(2**63) <= int(number) < 2**63:
        raise CodecError(f"{number} does not fit into int64")
    return int(number)


# Reading: a function for each kind, found by the name of the field that is set.


def _read(message: space_pb2.Space) -> AnySpace:
    kind = message.WhichOneof("kind")
    if kind is None:
        raise CodecError("no kind of space is set, or one that this version does not know")
    try:
        return _READERS[kind](getattr(message, kind))
    except CodecError:
        raise
    except Exception as error:  # whatever Gymnasium's constructors say, of which some assert
        raise CodecError(f"no {kind} space: {error}") from error


def _read_box(box: space_pb2.Box) -> AnySpace:
    dtype, shape = dtype_of(box.dtype), tuple(box.shape)
    space = gs.Box(_bounds(box.low, shape, dtype), _bounds(box.high, shape, dtype), shape, dtype.type)
    if box.HasField("bounded_below"):
        space.bounded_below = _bounds(box.bounded_below, shape, np.dtype(bool))
    if box.HasField("bounded_above"):
        space.bounded_above = _bounds(box.bounded_above, shape, np.dtype(bool))
    return space


def _read_discrete(discrete: space_pb2.Discrete) -> AnySpace:
    dtype = dtype_of(discrete.dtype)
    # Gymnasium before 1.2 has no such argument and int64 only.
    if dtype == np.int64:
        return gs.Discrete(discrete.n, start=discrete.start)
    return gs.Discrete(discrete.n, start=discrete.start, dtype=dtype)


def _read_multi_discrete(multi_discrete: space_pb2.MultiDiscrete) -> AnySpace:
    dtype = dtype_of(multi_discrete.dtype)
    nvec = decode_tensor(multi_discrete.nvec)
    start = decode_tensor(multi_discrete.start) if multi_discrete.HasField("start") else np.zeros(nvec.shape, dtype)
    if nvec.dtype != dtype or start.dtype != dtype:
        raise CodecError(f"nvec is of {nvec.dtype} and start of {start.dtype} in a space of {dtype}")
    return gs.MultiDiscrete(nvec, dtype.type, start=start)


def _read_multi_binary(multi_binary: space_pb2.MultiBinary) -> AnySpace:
    shape = multi_binary.shape[:]
    if not multi_binary.flat:
        return gs.MultiBinary(shape)
    if len(shape) != 1:
        raise CodecError(f"a flat MultiBinary of shape {shape}")
    return gs.MultiBinary(shape[0])


def _read_text(text: space_pb2.Text) -> AnySpace:
    if len(set(text.charset)) != len(text.charset):
        raise CodecError("a charset in which a character comes twice")
    return gs.Text(text.max_length, min_length=text.min_length, charset=text.charset)


def _read_dict(message: space_pb2.Dict) -> AnySpace:
    keys, spaces = message.keys[:], message.spaces
    if len(keys) != len(spaces) or len(set(keys)) != len(keys):
        raise CodecError(f"a Dict of {len(spaces)} spaces with {len(set(keys))} different keys out of {len(keys)}")
    entries = [(key, _at(f"[{key!r}]", _read, item)) for key, item in zip(keys, spaces, strict=True)]
    others: dict[str, Any] = {"sort_keys": message.sort_keys} if _DICT_HAS_SORT_KEYS else {}
    return gs.Dict(entries, **others)


def _read_tuple(message: space_pb2.Tuple) -> AnySpace:
    return gs.Tuple(_read_items(message.spaces))


def _read_one_of(message: space_pb2.OneOf) -> AnySpace:
    return gs.OneOf(_read_items(message.spaces))


def _read_sequence(message: space_pb2.Sequence) -> AnySpace:
    return gs.Sequence(_at(".feature_space", _read, message.feature_space), stack=message.stack)


def _read_graph(message: space_pb2.Graph) -> AnySpace:
    edge_space = _at(".edge_space", _read, message.edge_space) if message.HasField("edge_space") else None
    return gs.Graph(_at(".node_space", _read, message.node_space), edge_space)


_READERS: dict[str, Callable[[Any], AnySpace]] = {
    "box": _read_box,
    "discrete": _read_discrete,
    "multi_discrete": _read_multi_discrete,
    "multi_binary": _read_multi_binary,
    "text": _read_text,
    "dict": _read_dict,
    "tuple": _read_tuple,
    "sequence": _read_sequence,
    "graph": _read_graph,
    "one_of": _read_one_of,
}


def _read_items(messages: Iterable[space_pb2.Space]) -> list[AnySpace]:
    return [_at(f"[{index}]", _read, message) for index, message in enumerate(messages)]


def _bounds(message: value_pb2.Tensor, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    array = decode_tensor(message)
    if array.dtype != dtype:
        raise CodecError(f"bounds of {array.dtype} where {dtype} was expected")
    if array.shape not in ((), shape):
        raise CodecError(f"bounds of shape {array.shape} in a Box of shape {shape}")
    return np.full(shape, array) if array.shape != shape else array


# How much memory a space will take, before any is taken: a few bytes may describe a Box of any size.


def _weight(message: space_pb2.Space, depth: int) -> int:
    """Bytes of memory, roughly and at least.

    Also says no to nesting that is too deep, so that `_read` need not count.
    """
    check_depth(depth)
    inner = sum(_weight(part, depth + 1) for part in _parts(message))
    copies = 2 if message.HasField("graph") or message.sequence.stack else 1  # they keep a batched copy of their parts
    return _BYTES_PER_SPACE + copies * inner + _bulk(message)


def _parts(message: space_pb2.Space) -> Iterator[space_pb2.Space]:
    yield from message.dict.spaces
    yield from message.tuple.spaces
    yield from message.one_of.spaces
    if message.HasField("sequence"):
        yield message.sequence.feature_space
    if message.HasField("graph"):
        yield message.graph.node_space
        if message.graph.HasField("edge_space"):
            yield message.graph.edge_space


def _bulk(message: space_pb2.Space) -> int:
    if message.HasField("box"):
        return _elements(message.box.shape) * 2 * (dtype_of(message.box.dtype).itemsize + 1)  # low, high and the flags
    return _elements(message.multi_binary.shape) if message.HasField("multi_binary") else 0


def _elements(shape: Any) -> int:
    if len(shape) > _MAX_AXES or min(shape, default=0) < 0:
        raise CodecError(f"no array has the shape {shape[: _MAX_AXES + 1]}")
    return math.prod(shape)


def _at(step: str, function: Callable[..., Any], *arguments: object) -> Any:
    """Calls a function for one part, so that its errors name the part."""
    try:
        return function(*arguments)
    except CodecError as error:
        error.prepend(step)
        raise
