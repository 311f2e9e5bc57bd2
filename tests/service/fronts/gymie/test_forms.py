"""Values and spaces in classic's words: as Gymie's code writes them, and always valid JSON."""

import json
import math
from typing import Any

import numpy as np
import pytest
from gymnasium import spaces

from stepwire_service.fronts.gymie.forms import said, space_form, text


class Homemade(spaces.Space[Any]):
    """A kind that nobody else knows."""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (np.array([0.1, 0.2]), "[0.1, 0.2]"),
        ([np.float32([0, 1]), 1.0, False, {}], "[[0.0, 1.0], 1.0, false, {}]"),
        (np.int64(3), "3"),
        (np.array(3), "3"),
        (np.array([math.nan, math.inf, -math.inf]), '["NaN", "Infinity", "-Infinity"]'),
        (np.float32(math.inf), '"Infinity"'),
        ({"a": (1, np.array([True]))}, '{"a": [1, [true]]}'),
        (b"\x00\xff", '"AP8="'),
        (spaces.GraphInstance(np.array([1]), None, None), '{"nodes": [1], "edges": null, "edge_links": null}'),
        (2**60, "1152921504606846976"),
    ],
)
def test_a_value_is_written_as_pythons_json_writes_it(value: Any, written: str) -> None:
    assert text(value) == written


@pytest.mark.parametrize("value", [{1}, print, np.array([1j]), object()])
def test_what_json_has_no_form_for_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        said(value)


@pytest.mark.parametrize(
    ("space", "form"),
    [
        (spaces.Discrete(2), {"name": "Discrete", "n": 2}),
        (spaces.Discrete(2, start=-1), {"name": "Discrete", "n": 2, "start": -1}),
        (
            spaces.Box(-5, 5, (2,), np.float32),
            {"name": "Box", "shape": [2], "low": [-5.0, -5.0], "high": [5.0, 5.0]},
        ),
        (
            spaces.Box(-np.inf, np.inf, (1,), np.float32),
            {"name": "Box", "shape": [1], "low": ["-Infinity"], "high": ["Infinity"]},
        ),
        (spaces.MultiBinary(3), {"name": "MultiBinary", "n": 3, "shape": [3]}),
        (spaces.MultiBinary([2, 2]), {"name": "MultiBinary", "n": [2, 2], "shape": [2, 2]}),
        (spaces.MultiDiscrete([2, 3]), {"name": "MultiDiscrete", "nvec": [2, 3], "shape": [2]}),
        (
            spaces.MultiDiscrete([2, 3], start=[1, 1]),
            {"name": "MultiDiscrete", "nvec": [2, 3], "shape": [2], "start": [1, 1]},
        ),
        (spaces.Tuple([spaces.Discrete(2)]), {"name": "Tuple", "spaces": [{"name": "Discrete", "n": 2}]}),
        (spaces.Dict(a=spaces.Discrete(2)), {"name": "Dict", "spaces": {"a": {"name": "Discrete", "n": 2}}}),
        (spaces.Text(5, charset="ab"), {"name": "Text", "max_length": 5, "charset": "ab"}),
        (Homemade(), {"name": "Homemade"}),
    ],
)
def test_every_space_has_a_form(space: spaces.Space[Any], form: Any) -> None:
    assert space_form(space) == form
    json.dumps(space_form(space), allow_nan=False)


def test_the_readme_has_another_spelling_and_the_bounds_of_bits() -> None:
    both = spaces.Tuple([spaces.Discrete(4), spaces.MultiBinary(5)])
    discrete, binary = space_form(both, readme=True)["spaces"]
    assert discrete == {"name": "Discreate", "n": 4}
    assert binary == {"name": "MultiBinary", "n": 5, "shape": [5], "low": [0], "high": [1]}
