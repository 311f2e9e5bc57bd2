"""What JSON cannot say comes back as what it was, and what a stranger wrote instead is refused."""

import json
import math
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence

from stepwire_bridge.messages import BadMessage
from tests.bridge.written import value_of


def frame(header: Any, section: bytes = b"") -> bytes:
    """A binary frame by the page's own words."""
    head = json.dumps(header).encode()
    start = len(head).to_bytes(4, "little") + head
    return start + bytes(-len(start) % 8) + section


def array(dtype: Any, shape: Any, **where: Any) -> dict[str, Any]:
    return {"$array": {"dtype": dtype, "shape": shape, **where}}


def listed(dtype: Any, shape: Any, data: Any) -> str:
    return json.dumps(array(dtype, shape, data=data))


def placed(dtype: Any, shape: Any, offset: Any) -> bytes:
    return frame(array(dtype, shape, offset=offset), BYTES)


BYTES = np.arange(16, dtype=np.uint8).tobytes()


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ('{"a": [1, 2.5, "x", null, true]}', {"a": [1, 2.5, "x", None, True]}),
        ('[{"$number": "Infinity"}, {"$number": "-Infinity"}]', [math.inf, -math.inf]),
        ('{"$number": "-9007199254740993"}', -9007199254740993),
        ('{"$bytes": "AAEC/w=="}', b"\x00\x01\x02\xff"),
        ('{"$two": 1, "$keys": 2}', {"$two": 1, "$keys": 2}),
        ('{"text": "\\"$array"}', {"text": '"$array'}),
        (listed("float32", [2], [1, {"$number": "NaN"}]), np.float32([1, math.nan])),
        (listed("uint64", [2], [1, {"$number": str(2**64 - 1)}]), np.array([1, 2**64 - 1], np.uint64)),
        (listed("int8", [0, 3], []), np.zeros((0, 3), np.int8)),
        (placed("uint8", [2, 8], 0), np.arange(16, dtype=np.uint8).reshape(2, 8)),
        (placed("uint16", [4], 8), np.frombuffer(BYTES[8:], np.uint16)),
        (placed("float64", [0, 5], 16), np.zeros((0, 5))),
        (placed("bool", [3], 0), np.array([False, True, True])),
        (frame({"a": 1}), {"a": 1}),
    ],
)
def test_a_value_comes_back_as_what_it_was(data: str | bytes, value: Any) -> None:
    came = value_of(data)
    assert data_equivalence(came, value) or np.array_equal(came, value, equal_nan=True)
    assert type(came) is type(value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("NaN", "JSON"),
        ("1e999", "range"),
        ("[" * 100_000, "deep"),
        ("[" * 900 + "]" * 900 + ' "$', "JSON"),
        ('{"x": ' + "[" * 900 + "]" * 900 + ', "y": {"$z": 1}}', "deep"),
        ('{"$unknown": 1}', "no such value"),
        ('{"$number": "12x"}', "no number"),
        ('{"$number": 12}', "no such value"),
        (json.dumps({"$number": "9" * 5000}), "no number"),
        ('{"$bytes": "?"}', "base64"),
        (listed("float32", [2], [1]), "cannot hold"),
        (listed("float32", [1], ["1"]), "not numbers"),
        (listed("float32", [1], [[1], [2, 3]]), "cannot hold"),
        (listed("uint8", [1], [300]), "from 0 to 255"),
        (listed("int16", [1], [1.5]), "whole"),
        (listed("int64", [1], [10**30]), "not numbers"),
        (listed("object", [1], [1]), "dtype"),
        (listed("float32", [-1], [1]), "shape"),
        (listed("float32", [1.0], [1]), "shape"),
        (listed("float32", [True], [1]), "shape"),
        (listed("float32", [1] * 33, [1]), "shape"),
        (json.dumps(array("uint8", [16], offset=0)), "text frame"),
        (placed("uint8", [17], 0), "section of 16"),
        (placed("uint8", [9], 8), "section of 16"),
        (placed("float64", [3], 0), "section of 16"),
        (placed("uint8", [1], -8), "section of 16"),
        (placed("uint8", [1], 4), "section of 16"),
        (placed("uint8", [2**39, 2**39], 0), "section of 16"),
        (placed("uint8", [0, 2**39, 2**39], 0), "shape"),
        (placed("uint8", [1], "0"), "no \\$array"),
        (b"", "0 bytes"),
        (b"\xff\xff\xff\xff", "4 bytes"),
        (b"\x02\x00\x00\x00{", "5 bytes"),
        (b"\x02\x00\x00\x00\xff\xff", "JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: str | bytes, says: str) -> None:
    with pytest.raises(BadMessage, match=says):
        value_of(data)


def test_an_array_of_a_frame_is_a_view_and_not_a_copy() -> None:
    data = placed("uint8", [16], 0)
    assert np.shares_memory(value_of(data), np.frombuffer(data, np.uint8))
