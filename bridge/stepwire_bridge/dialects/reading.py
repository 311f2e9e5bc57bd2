"""Reading what a game wrote in the native dialect: JSON, and what stands in it for values that JSON cannot say.

Pure. Guards against what a stranger could write instead: arrays that reach beyond their frame, shapes that do not fit
their data, nesting without end. Knows nothing of messages.
"""

import base64
import binascii
import math
import re
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.messages import BadMessage
from stepwire_bridge.spaces import DTYPES

MAX_AXES = 32
"""Axes of an array. Nothing real has more, and numpy itself stops at 32 or 64."""

NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
SCALARS = frozenset((int, float, bool, str, type(None)))
"""What JSON says by itself, and so never holds anything to restore."""


def read_text(text: str) -> Any:
    """The value that a text frame holds.

    Raises:
        BadMessage: It is not JSON, or something in it stands for a value that cannot be.
    """
    return _parsed(text, None)


def read_frame(data: bytes) -> Any:
    """The value that a binary frame holds, with its arrays as views into the frame.

    Raises:
        BadMessage: As for text, or an array reaches beyond the frame.
    """
    length = int.from_bytes(data[:4], "little")
    if len(data) < 4 + length:
        raise BadMessage(f"a binary frame of {len(data)} bytes whose header says it has {length}")
    return _parsed(data[4 : 4 + length], memoryview(data)[rounded_up(4 + length) :])


def _parsed(text: str | bytes, section: memoryview | None) -> Any:
    try:
        value = msgspec.json.decode(text)
        left = text.count(b'"$') if isinstance(text, bytes) else text.count('"$')
        return _Restoring(section, left).of(value) if left else value
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadMessage(f"not JSON: {error}") from error
    except RecursionError as error:
        raise BadMessage("not JSON that can be read: nested too deep") from error


class _Restoring:
    """Puts what JSON cannot say back in its place, and stops walking once nothing is left to restore."""

    def __init__(self, section: memoryview | None, left: int) -> None:
        self._section = section
        self._left = left

    def of(self, value: Any) -> Any:
        """The value with the objects that stand for something replaced by what they stand for."""
        if self._left <= 0:
            return value
        match value:
            case list():
                return value if SCALARS.issuperset(map(type, value)) else [self.of(entry) for entry in value]
            case dict() if len(value) == 1 and next(iter(value)).startswith("$"):
                ((key, inner),) = value.items()
                self._left -= 1
                return self._special(key, inner)
            case dict():
                return {key: self.of(entry) for key, entry in value.items()}
            case _:
                return value

    def _special(self, key: str, value: Any) -> Any:
        match key, value:
            case "$number", str():
                return _read_number(value)
            case "$bytes", str():
                return _read_bytes(value)
            case "$array", {"dtype": str(dtype), "shape": list(shape), "data": list(data)}:
                return _read_listed(_dtype(dtype), _shape(shape), self.of(data))
            case "$array", {"dtype": str(dtype), "shape": list(shape), "offset": int(offset)}:
                return _read_placed(_dtype(dtype), _shape(shape), offset, self._section)
            case _:
                raise BadMessage(f"no such value: {key[:60]}")


def _read_number(text: str) -> int | float:
    if text in NON_FINITE:
        return NON_FINITE[text]
    if re.fullmatch(r"-?\d{1,40}", text):
        return int(text)
    raise BadMessage(f"no number: {text[:60]!r}")


def _read_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadMessage(f"$bytes that are not base64: {error}") from error


def _read_listed(dtype: np.dtype[Any], shape: list[int], data: list[Any]) -> NDArray[Any]:
    try:
        array = np.asarray(data)
        if array.size and array.dtype.kind not in "fiub":
            raise BadMessage("an $array whose data are not numbers")
        return (_whole(array, data, dtype) if dtype.kind in "iu" else array.astype(dtype)).reshape(shape)
    except (ValueError, OverflowError, RecursionError) as error:
        raise BadMessage(f"an $array of shape {shape} cannot hold its data: {error}") from error


def _whole(array: NDArray[Any], data: list[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """The data in that dtype, made anew: numpy reads a list that passes int64 as floats."""
    limits = np.iinfo(dtype)
    if array.size and (array.min() < limits.min or array.max() > limits.max or (array != np.floor(array)).any()):
        raise ValueError(f"not all of them are whole numbers from {limits.min} to {limits.max}")
    return np.array(data, dtype=dtype)


def _read_placed(dtype: np.dtype[Any], shape: list[int], offset: int, section: memoryview | None) -> NDArray[Any]:
    if section is None:
        raise BadMessage("an $array with an offset, in a text frame")
    size = math.prod(shape)
    if offset < 0 or offset % 8 or offset + size * dtype.itemsize > len(section):
        raise BadMessage(f"an $array of shape {shape}, dtype {dtype}, at {offset} in a section of {len(section)} bytes")
    try:
        raw = np.frombuffer(section, np.uint8 if dtype.kind == "b" else dtype.newbyteorder("<"), size, offset)
        return (raw != 0 if dtype.kind == "b" else raw).reshape(shape)
    except ValueError as error:
        raise BadMessage(f"an $array of shape {shape}: {error}") from error


def _dtype(name: str) -> np.dtype[Any]:
    if name not in DTYPES:
        raise BadMessage(f"no such dtype: {name[:60]!r}")
    return np.dtype(name)


def _shape(shape: list[Any]) -> list[int]:
    if len(shape) > MAX_AXES or not all(type(axis) is int and 0 <= axis < 2**40 for axis in shape):
        raise BadMessage(f"no shape: {shape[:8]}")
    return shape


def rounded_up(size: int) -> int:
    """The next multiple of 8, to which everything in a frame is aligned."""
    return (size + 7) & ~7
