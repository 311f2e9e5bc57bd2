"""Values as JSON: what JSON can say is said by itself, all else by what stands for it, and `reading` undoes it."""

import json
import math
from typing import Any

import msgspec
import numpy as np
import pytest
from gymnasium.spaces import GraphInstance
from gymnasium.utils.env_checker import data_equivalence

from stepwire_bridge.writing import SAFE_INTEGER, listed, plain, tagged
from tests.bridge.written import value_of


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ({"a": (1, 2.5, None, True, "x")}, {"a": [1, 2.5, None, True, "x"]}),
        (math.nan, {"$number": "NaN"}),
        ([math.inf, -math.inf], [{"$number": "Infinity"}, {"$number": "-Infinity"}]),
        (SAFE_INTEGER, SAFE_INTEGER),
        (SAFE_INTEGER + 1, {"$number": "9007199254740992"}),
        (np.float32(0.5), 0.5),
        (np.float64(0.5), 0.5),
        (np.float64("nan"), {"$number": "NaN"}),
        (np.longdouble(0.5), 0.5),
        (np.int64(3), 3),
        (type("Score", (float,), {})(0.5), 0.5),
        (type("Score", (int,), {})(3), 3),
        (np.str_("x"), "x"),
        (np.bool_(True), True),
        (b"\x00\xff", {"$bytes": "AP8="}),
        (np.array([1.0, math.inf]), [1.0, {"$number": "Infinity"}]),
        (np.array([[1, 2]], np.uint8), [[1, 2]]),
        (np.array([2**63], np.uint64), [{"$number": "9223372036854775808"}]),
        (GraphInstance(np.array([1]), None, None), {"nodes": [1], "edges": None, "edge_links": None}),
    ],
)
def test_a_value_has_its_form(value: Any, form: Any) -> None:
    assert plain(value, listed) == form
    msgspec.json.encode(plain(value, listed))  # which takes no subclass of a float or a str


@pytest.mark.parametrize("value", [{1: 2}, {1, 2}, print, np.array(["x"]), np.array([1j]), np.complex128(1)])
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="JSON"):
        plain(value, tagged)


def test_a_tagged_array_is_read_back_with_its_dtype_and_shape() -> None:
    for array in (np.float32([[1, math.nan]]), np.zeros((0, 3), np.int8), np.array([2**64 - 1], np.uint64)):
        assert data_equivalence(value_of(json.dumps(plain(array, tagged))), array, exact=True) or np.isnan(array).any()
