"""How much memory a space will take, before any is taken: a few bytes may describe a Box of any size."""

import math
from collections.abc import Iterator, Sequence

from stepwire.codec.errors import CodecError
from stepwire.codec.limits import MAX_AXES, check_depth
from stepwire.codec.tensors import dtype_of
from stepwire.v1 import space_pb2

_BYTES_PER_SPACE = 1024
"""What a space takes besides its bounds, roughly."""


def weight(message: space_pb2.Space, depth: int = 0) -> int:
    """Bytes of memory, roughly and at least.

    Raises:
        TooDeepError: for nesting beyond the limit; who reads the space after this need not count again.
        CodecError: for shapes and types of elements that cannot be. It names no path.
    """
    check_depth(depth)
    inner = sum(weight(part, depth + 1) for part in _parts(message))
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


def _elements(shape: Sequence[int]) -> int:
    if len(shape) > MAX_AXES or min(shape, default=0) < 0:
        raise CodecError(f"no array has the shape {shape[: MAX_AXES + 1]}")
    return math.prod(shape)
