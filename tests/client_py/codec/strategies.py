"""Hypothesis strategies for whatever the codec carries."""

import struct

import numpy as np
from gymnasium.spaces import GraphInstance
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

NAMES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]
"""Every element type, by numpy's short names."""

native_dtypes = st.sampled_from([np.dtype(name) for name in NAMES])
dtypes = st.sampled_from([np.dtype(order + name) for name in NAMES for order in "<>"])
shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


@st.composite
def arrays(draw, dtype=dtypes):
    """Arrays of any bits (so of every NaN), axes in any order, some of them backwards or with gaps."""
    kind, shape = draw(dtype), draw(shapes)
    length = int(np.prod(shape)) * kind.itemsize
    raw = draw(st.binary(min_size=length, max_size=length))
    data = bytes(byte & 1 for byte in raw) if kind == np.bool_ else raw
    array = np.ndarray(shape, kind, data).transpose(draw(st.permutations(range(len(shape)))))
    steps = [draw(st.sampled_from([1, 1, 2, -1])) for _ in shape]
    return array[(..., *(slice(None, None, step) for step in steps))]


any_float = st.binary(min_size=8, max_size=8).map(lambda raw: struct.unpack("<d", raw)[0])
any_int = st.integers() | st.integers(-(2**70), 2**70) | st.sampled_from([2**63, 2**63 - 1, -(2**63), -(2**63) - 1])
numpy_scalars = arrays(native_dtypes).filter(lambda array: array.size > 0).map(lambda array: array.flat[0])
text = st.text(st.characters(exclude_categories=["Cs"]))
leaves = st.none() | st.booleans() | any_int | st.floats() | any_float | text | st.binary() | numpy_scalars | arrays()


def object_arrays(items):
    """Arrays of Python objects, of any shape."""
    return st.lists(items, max_size=4).flatmap(
        lambda found: st.sampled_from(shapes_of(len(found))).map(lambda shape: object_array(found, shape))
    )


def shapes_of(count):
    """A few shapes with that many elements."""
    return [(count,), (1, count), (count, 1, 1), *([()] if count == 1 else []), *([(2, 2)] if count == 4 else [])]


def object_array(items, shape):
    """An object array of these items, which numpy does not look into."""
    array = np.empty(len(items), dtype=object)
    for index, item in enumerate(items):
        array[index] = item
    return array.reshape(shape)


links = st.none() | arrays(st.just(np.dtype(np.int32)))
graphs = st.builds(GraphInstance, arrays(), st.none() | arrays(), links)
values = st.recursive(
    leaves | graphs,
    lambda items: (
        st.lists(items, max_size=4)
        | st.lists(items, max_size=4).map(tuple)
        | st.dictionaries(text, items, max_size=4)
        | object_arrays(items)
    ),
    max_leaves=12,
)
maps = st.dictionaries(text, values, max_size=5)
