"""Whether two values are the same: types, element types, order of keys and every bit."""

from typing import Any

import numpy as np


def assert_same(found: Any, expected: Any, path: str = "value") -> None:
    """Fails, naming the place, unless both have the same types and bits all the way down."""
    assert type(found) is type(expected), f"{path}: {type(found)} is not {type(expected)}"
    match expected:
        case np.ndarray():
            assert_same_array(found, expected, path)
        case dict():
            assert list(found) == list(expected), f"{path}: keys {list(found)} are not {list(expected)}"
            for key in expected:
                assert_same(found[key], expected[key], f"{path}[{key!r}]")
        case list() | tuple():
            assert len(found) == len(expected), f"{path}: {len(found)} items are not {len(expected)}"
            for index, (left, right) in enumerate(zip(found, expected, strict=True)):
                assert_same(left, right, f"{path}[{index}]")
        case float() | np.generic():
            assert bits(found) == bits(expected), f"{path}: {found!r} is not {expected!r}"
        case _:
            assert found == expected, f"{path}: {found!r} is not {expected!r}"


def assert_same_array(found: Any, expected: Any, path: str) -> None:
    """Fails unless shape, element type (in native order) and elements are the same."""
    assert found.shape == expected.shape, f"{path}: shape {found.shape} is not {expected.shape}"
    native = expected.dtype.newbyteorder("=")
    assert found.dtype == native, f"{path}: {found.dtype} is not {native}"
    if expected.dtype == np.dtype(object):
        assert_same(found.ravel().tolist(), expected.ravel().tolist(), path)
    else:
        same = found.tobytes() == expected.astype(native).tobytes()
        assert same, f"{path}: {found} is not {expected}"


def bits(number: float | np.generic) -> bytes:
    """The bytes of a number: NaNs and zeros of different signs differ."""
    return np.asarray(number).tobytes()
