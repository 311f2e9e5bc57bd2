"""Writing values as JSON, and what stands in it for those that JSON cannot say: the other half of `reading`.

Pure. Knows numbers, arrays, bytes and what holds them; knows nothing of messages. The forms are in
docs/game-protocol.md.
"""

import base64
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from gymnasium.spaces import GraphInstance
from numpy.typing import NDArray

from stepwire_bridge.reading import NON_FINITE
from stepwire_bridge.spaces import DTYPES

SAFE_INTEGER = 2**53 - 1
"""The largest whole number that JavaScript reads exactly."""

Place = Callable[[NDArray[Any]], Any]
"""What stands for an array: `listed` where a space tells its dtype, `tagged` where nothing does."""


def plain(value: Any, place: Place) -> Any:
    """The value as JSON can hold it; `place` says what stands for an array.

    Raises:
        TypeError: A value that there is no form for, such as a set.
    """
    match value:
        case np.generic():  # first, since a float64 is a float and a str_ a str, which the encoder refuses all the same
            bare = value.item()
            return plain(float(bare) if isinstance(bare, np.longdouble) else bare, place)
        case None | bool() | str():
            return value
        case int() | float():
            return number(value)
        case np.ndarray():
            return place(value)
        case GraphInstance():
            return plain(value._asdict(), place)
        case Mapping():
            return {_key(key): plain(entry, place) for key, entry in value.items()}
        case list() | tuple():
            return [plain(entry, place) for entry in value]
        case bytes() | bytearray():
            return {"$bytes": base64.b64encode(value).decode()}
        case _:
            raise TypeError(f"JSON has no form for a {type(value).__name__}")


def number(value: float) -> Any:
    """A number, or what stands for one that JSON or JavaScript cannot say."""
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"$number": _NON_FINITE_NAME[str(float(value))]}
    return int(value) if -SAFE_INTEGER <= value <= SAFE_INTEGER else {"$number": str(int(value))}


def listed(array: NDArray[Any]) -> Any:
    """The array as nested lists."""
    return array.tolist() if _is_sayable(array) else plain(array.tolist(), listed)


def tagged(array: NDArray[Any]) -> dict[str, Any]:
    """The array with its dtype and shape.

    Raises:
        TypeError: A dtype that is not one of numbers.
    """
    return {"$array": {"dtype": dtype_name(array), "shape": list(array.shape), "data": listed(array.ravel())}}


def dtype_name(array: NDArray[Any]) -> str:
    """What the array's dtype is called.

    Raises:
        TypeError: It has no name here.
    """
    name = _NAMES.get(array.dtype)
    if name is None:
        raise TypeError(f"JSON has no form for an array of dtype {array.dtype}")
    return name


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    raise TypeError(f"a key of a JSON object is a string, not {key!r}")


def _is_sayable(array: NDArray[Any]) -> bool:
    """Whether JSON has a number for every element."""
    if array.dtype.kind == "f":
        return bool(np.isfinite(array).all())
    if array.dtype.itemsize < 8 or not array.size:
        return True
    least, most = np.minimum.reduce(array, axis=None), np.maximum.reduce(array, axis=None)
    return bool(least >= -SAFE_INTEGER and most <= SAFE_INTEGER)


_NON_FINITE_NAME = {str(value): name for name, value in NON_FINITE.items()}
_NAMES = {np.dtype(name): name for name in DTYPES}
