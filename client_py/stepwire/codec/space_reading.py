"""Space messages as Gymnasium's spaces.

The space equals the one that was written, has the same flags and, seeded alike, gives the same samples. Treats every
message as a stranger's. Knows the differences between Gymnasium's versions, 1.1 to 1.4.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import gymnasium.spaces as gs
import numpy as np

from stepwire.codec.errors import CodecError, at
from stepwire.codec.limits import MAX_SPACE_BYTES
from stepwire.codec.space_weight import weight
from stepwire.codec.tensors import Array, decode_tensor, dtype_of
from stepwire.v1 import space_pb2, value_pb2

AnySpace = gs.Space[Any]

_DICT_HAS_SORT_KEYS = "sort_keys" in inspect.signature(gs.Dict).parameters
"""Since Gymnasium 1.4; before, a Dict sorts the keys of every plain dict."""


def decode_space(message: space_pb2.Space) -> AnySpace:
    """The space of a message, not yet seeded.

    Raises:
        CodecError: when the message makes no space, or one that would take more than 256 MiB. Its path says where.
    """
    if weight(message) > MAX_SPACE_BYTES:
        raise CodecError(f"the space would take more than {MAX_SPACE_BYTES} bytes of memory")
    return _read(message)


# A function for each kind, found by the name of the field that is set.


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
    entries = [(key, at(f"[{key!r}]", _read, item)) for key, item in zip(keys, spaces, strict=True)]
    others: dict[str, Any] = {"sort_keys": message.sort_keys} if _DICT_HAS_SORT_KEYS else {}
    return gs.Dict(entries, **others)


def _read_tuple(message: space_pb2.Tuple) -> AnySpace:
    return gs.Tuple(_read_items(message.spaces))


def _read_one_of(message: space_pb2.OneOf) -> AnySpace:
    return gs.OneOf(_read_items(message.spaces))


def _read_sequence(message: space_pb2.Sequence) -> AnySpace:
    return gs.Sequence(at(".feature_space", _read, message.feature_space), stack=message.stack)


def _read_graph(message: space_pb2.Graph) -> AnySpace:
    edge_space = at(".edge_space", _read, message.edge_space) if message.HasField("edge_space") else None
    return gs.Graph(at(".node_space", _read, message.node_space), edge_space)


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
    return [at(f"[{index}]", _read, message) for index, message in enumerate(messages)]


def _bounds(message: value_pb2.Tensor, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    array = decode_tensor(message)
    if array.dtype != dtype:
        raise CodecError(f"bounds of {array.dtype} where {dtype} was expected")
    if array.shape not in ((), shape):
        raise CodecError(f"bounds of shape {array.shape} in a Box of shape {shape}")
    return np.full(shape, array) if array.shape != shape else array
