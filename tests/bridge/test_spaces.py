"""Spaces survive the way into JSON and back, and a bad one is told from a good one by name of field."""

import json
from typing import Any

import numpy as np
import pytest
from gymnasium import spaces as gym_spaces

from stepwire.codec import decode_space, encode_space
from stepwire_bridge import spaces
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.messages import Hello
from tests.bridge.catalogue import SPACES


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_space_written_and_read_is_equal(space: gym_spaces.Space[Any]) -> None:
    assert spaces.read(spaces.write(space)) == space


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_space_survives_the_wire_in_a_hello(space: gym_spaces.Space[Any]) -> None:
    form = spaces.write(space)
    text = Native().encode(Hello(protocol=1, name="x", observation_space=form, action_space=form))
    json.loads(text, parse_constant=pytest.fail)
    said = Native().decode(text)
    assert isinstance(said, Hello)
    assert spaces.read(said.observation_space) == space


@pytest.mark.parametrize(
    ("form", "space"),
    [
        ({"type": "Box", "shape": [2]}, gym_spaces.Box(-np.inf, np.inf, (2,))),
        ({"type": "Box", "shape": [1], "low": 0, "dtype": "uint8"}, gym_spaces.Box(0, 255, (1,), np.uint8)),
        ({"type": "Box", "shape": [2], "high": [1, 2.5]}, gym_spaces.Box(-np.inf, np.array([1, 2.5], np.float32))),
        ({"type": "Discrete", "n": 3}, gym_spaces.Discrete(3)),
        ({"type": "MultiDiscrete", "nvec": [[2], [3]]}, gym_spaces.MultiDiscrete([[2], [3]])),
        ({"type": "MultiBinary", "n": [5]}, gym_spaces.MultiBinary([5])),
        ({"type": "Text", "max_length": 4}, gym_spaces.Text(4)),
        ({"type": "Graph", "node_space": {"type": "Discrete", "n": 2}}, gym_spaces.Graph(gym_spaces.Discrete(2), None)),
    ],
)
def test_what_a_form_leaves_out_has_a_default(form: dict[str, Any], space: gym_spaces.Space[Any]) -> None:
    assert spaces.read(form) == space


def test_a_dict_keeps_the_order_in_which_it_is_written() -> None:
    form = {"type": "Dict", "spaces": {key: {"type": "Discrete", "n": 2} for key in ("z", "a", "m")}}
    space = spaces.read(form)
    assert isinstance(space, gym_spaces.Dict)
    assert list(space.spaces) == ["z", "a", "m"]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"type": "Box"}, "shape"),
        ({"type": "Cube", "shape": [1]}, "Cube"),
        (3, "object"),
        ({"type": "Dict", "spaces": {"a": {"type": "Discrete", "n": "many"}}}, "n"),
        ({"type": "Discrete", "n": 0}, "positive"),
        ({"type": "Discrete", "n": 2, "dtype": "float32"}, "whole"),
        ({"type": "Discrete", "n": 10**30}, "large"),
        ({"type": "Box", "shape": [2], "low": [1, 2, 3]}, "shape"),
        ({"type": "Box", "shape": [2], "low": [[1], [2, 3]]}, "inhomogeneous"),
        ({"type": "Box", "shape": [2], "low": 2, "high": 1}, "low"),
        ({"type": "Box", "shape": [2], "low": "a"}, "number"),
        ({"type": "Box", "shape": [1], "low": float("nan")}, "nan"),
        ({"type": "Box", "shape": [1], "high": 300, "low": 0, "dtype": "uint8"}, "300"),
        ({"type": "Box", "shape": [1], "dtype": "complex64"}, "complex64"),
        ({"type": "Box", "shape": [-1]}, "0"),
        ({"type": "Box", "shape": [10**9, 10**9]}, "limit"),
        ({"type": "Tuple", "spaces": [{"type": "Box", "shape": [2**23]}] * 3}, "limit"),
        ({"type": "MultiBinary", "n": 10**12}, "limit"),
        ({"type": "MultiBinary", "n": [10**6, 10**6]}, "limit"),
        ({"type": "MultiDiscrete", "nvec": [2.5]}, "whole"),
        ({"type": "Text", "max_length": 1, "min_length": 2}, "min_length"),
    ],
)
def test_a_space_that_cannot_be_read_is_refused_with_the_field_and_the_reason(form: Any, says: str) -> None:
    with pytest.raises(spaces.BadSpace, match=f"(?i)^action_space: .*{says}"):
        spaces.read(form, "action_space")


@pytest.mark.parametrize("deep", [33, 100, 5000])
def test_nesting_beyond_the_limit_is_refused(deep: int) -> None:
    with pytest.raises(spaces.BadSpace):
        spaces.read(_nested(deep))


def test_what_may_nest_here_can_be_carried_to_a_trainer() -> None:
    space = spaces.read(_nested(32))
    assert decode_space(encode_space(space)) == space


def _nested(deep: int) -> dict[str, Any]:
    form: dict[str, Any] = {"type": "Discrete", "n": 2}
    for _ in range(deep):
        form = {"type": "Tuple", "spaces": [form]}
    return form


def test_a_space_of_a_kind_that_games_do_not_know_is_refused() -> None:
    with pytest.raises(spaces.BadSpace, match="Odd"):
        spaces.write(type("Odd", (gym_spaces.Space,), {})())
