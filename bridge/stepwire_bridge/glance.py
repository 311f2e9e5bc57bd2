"""Whether a batch is certainly in its space, found out for next to nothing; `membership` has the last word where not.

Made once for a space, since what costs in `membership.conform` is less to look at the numbers than to find out what to
look for. Knows arrays of the space's own dtype, and dicts of them: what a game sends in binary frames.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import Space
from numpy.typing import NDArray

Glance = Callable[[Any, int], bool]
"""Given a value and how many copies it should be a batch of: True where `conform` would give this very value back."""

FEW, FEW_BYTES = 16, 1024
"""Elements that are judged without numpy, whose machinery is cold between two steps: 25 us for each reduction then."""


def glance(space: Space[Any]) -> Glance:
    """The test for a space. False says nothing: ask `membership.conform`."""
    make = _MAKERS.get(type(space))
    return _never if make is None else make(space)


def _never(value: Any, batch: int) -> bool:
    return False


def _box(space: gym_spaces.Box) -> Glance:
    return _array(space, space.low, space.high)


def _discrete(space: gym_spaces.Discrete) -> Glance:
    return _array(space, space.start, space.start + space.n - 1)


def _multi_discrete(space: gym_spaces.MultiDiscrete) -> Glance:
    return _array(space, space.start, space.start + (space.nvec - 1))


def _multi_binary(space: gym_spaces.MultiBinary) -> Glance:
    return _array(space, 0, 1)


def _array(space: Space[Any], low: Any, high: Any) -> Glance:
    dtype, shape = space.dtype, space.shape or ()
    if 0 in shape:
        return _never
    within = _within(space.dtype, np.asarray(low), np.asarray(high))

    def test(value: Any, batch: int) -> bool:
        fits = type(value) is np.ndarray and value.dtype == dtype and value.shape == (batch, *shape)
        return fits and within(value)

    return test


def _within(dtype: Any, low: NDArray[Any], high: NDArray[Any]) -> Callable[[NDArray[Any]], bool]:
    """Whether all elements of an array that is not empty lie between the bounds; NaN never does."""
    least, most = low.min().item(), high.max().item()
    if (low != least).any() or (high != most).any():
        return lambda array: bool(np.count_nonzero((array >= low) & (array <= high)) == array.size)
    if dtype.kind in "iu" and least <= np.iinfo(dtype).min and most >= np.iinfo(dtype).max:
        return lambda array: True
    if dtype == np.uint8:
        return _bytes_within(least, most)
    lowest, highest = np.minimum.reduce, np.maximum.reduce  # what array.min() comes to after some turns of its own

    def test(array: NDArray[Any]) -> bool:
        if array.size <= FEW:
            return all(least <= element <= most for element in array.ravel().tolist())
        return bool(least <= lowest(array, axis=None) and highest(array, axis=None) <= most)

    return test


def _bytes_within(least: int, most: int) -> Callable[[NDArray[Any]], bool]:
    allowed = bytes(range(least, most + 1))
    lowest, highest = np.minimum.reduce, np.maximum.reduce

    def test(array: NDArray[Any]) -> bool:
        if array.size <= FEW_BYTES:
            return not array.tobytes().translate(None, allowed)
        return bool((least == 0 or least <= lowest(array, axis=None)) and highest(array, axis=None) <= most)

    return test


def _dict(space: gym_spaces.Dict) -> Glance:
    keys, parts = list(space.spaces), [(key, glance(part)) for key, part in space.spaces.items()]

    def test(value: Any, batch: int) -> bool:
        return type(value) is dict and list(value) == keys and all(part(value[key], batch) for key, part in parts)

    return test


_MAKERS: dict[type, Callable[[Any], Glance]] = {
    gym_spaces.Box: _box,
    gym_spaces.Discrete: _discrete,
    gym_spaces.MultiDiscrete: _multi_discrete,
    gym_spaces.MultiBinary: _multi_binary,
    gym_spaces.Dict: _dict,
}
"""By exact type, as in `membership`."""
