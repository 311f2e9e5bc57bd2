"""What a declaration may say of numbers that are picked, and what is said of a form that is none."""

import re
from typing import Any

import gymnasium as gym
import numpy as np
import pytest

from stepwire_bridge.dialects.picks import MAX_NUMBERS, Pick, compiled, roots

BOX = gym.spaces.Box(0, 9, (2, 2), np.float32)
PARTS = gym.spaces.Dict(a=BOX, b=gym.spaces.Tuple([gym.spaces.Discrete(9), gym.spaces.Text(9)]))


@pytest.mark.parametrize(
    ("space", "form", "result"),
    [
        (BOX, "a.b", (Pick("a.b"),)),
        (BOX, ["x", ["y", {"from": "z", "range": [0, 5]}]], (Pick("x"), Pick("y"), Pick("z", range=(0, 5)))),
        (BOX, {"from": "", "fields": ["x"]}, (Pick("", (Pick("x"),)),)),
        (
            BOX,
            {"from": "l", "fields": ["x"], "length": 3, "fill": -1, "nearest_to": "me"},
            (Pick("l", (Pick("x"),), 3, -1, "me"),),
        ),
        (gym.spaces.Text(9), "name", "name"),
        (PARTS, {"a": "x", "b": ["y", "z"]}, {"a": (Pick("x"),), "b": [(Pick("y"),), "z"]}),
        (PARTS, "obs", {"a": (Pick("obs.a"),), "b": [(Pick("obs.b.0"),), "obs.b.1"]}),
        (PARTS, "", {"a": (Pick("a"),), "b": [(Pick("b.0"),), "b.1"]}),
    ],
)
def test_a_form_becomes_picks_laid_out_as_its_space_is(space: Any, form: Any, result: Any) -> None:
    assert compiled(form, space, "observation") == result


@pytest.mark.parametrize(
    ("form", "width"),
    [
        ("x", 1),
        ({"from": "x", "fields": ["y", "z"]}, 2),
        ({"from": "x", "fields": ["y", {"from": "z", "fields": ["u", "v"], "length": 3}], "length": 2}, 14),
    ],
)
def test_it_is_known_how_many_numbers_a_pick_comes_to(form: Any, width: int) -> None:
    (pick,) = compiled(form, BOX, "observation")
    assert pick.width == width


def test_the_roots_are_the_keys_of_the_message_itself() -> None:
    form = {"a": ["me.x", {"from": "list", "fields": ["y"], "length": 2, "nearest_to": "me"}, ""], "b": "b"}
    assert set(roots(compiled(form, PARTS, "observation"))) == {"me", "list", "b"}


LISTED = {"from": "x", "fields": ["y"], "length": 1}


@pytest.mark.parametrize(
    ("space", "form", "says"),
    [
        (gym.spaces.Dict(a=BOX), {"b": "x"}, "observation is a table with the keys of its space: a; or a path"),
        (gym.spaces.Dict(a=BOX), ["a"], "observation is a table"),
        (gym.spaces.Dict(a=BOX), {"a": 3}, "observation.a is a path, a list of picks, or a table"),
        (gym.spaces.Tuple([BOX]), ["x", "y"], "observation is a list of 1"),
        (gym.spaces.Text(9), ["x"], "observation is a path, since the Text in the observation_space"),
        (BOX, [], "observation is a path"),
        (BOX, ["x", 3], "observation.1 is a path"),
        (BOX, {"fields": ["y"], "length": 1}, "observation: Object missing required field `from`"),
        (BOX, [LISTED | {"more": 1}], "observation.0: Object contains unknown field `more`"),
        (BOX, LISTED | {"fields": []}, "observation.fields is a path"),
        (BOX, LISTED | {"fields": ["y", {"from": 3}]}, "observation.fields.1: Expected `str`, got `int` - at `$.from`"),
        (BOX, LISTED | {"length": True}, "observation: Expected `int | null`"),
        (BOX, LISTED | {"length": 0}, "observation.length"),
        (BOX, LISTED | {"length": MAX_NUMBERS + 1}, "observation.length"),
        (BOX, {"from": "x", "fields": [LISTED | {"length": MAX_NUMBERS}] * 2, "length": 1}, "observation.length"),
        (BOX, {"from": "x", "range": [1, 1]}, "observation: a range goes from a number to a larger one, not from 1"),
        (BOX, {"from": "x", "range": [0, float("nan")]}, "observation: a range goes"),
        (BOX, {"from": "x", "range": [0, float("inf")]}, "observation: a range goes"),
        (BOX, {"from": "x", "range": [0]}, "observation: Expected `array` of length 2"),
        (BOX, LISTED | {"range": [0, 1]}, "observation, from x: a range is that of a field"),
        (BOX, {"from": "x", "length": 3}, "observation, from x: a length is one of objects"),
        (BOX, {"from": "x", "fields": ["y"], "fill": 1}, "observation, from x: fill and nearest_to"),
        (BOX, {"from": "x", "fields": ["y"], "nearest_to": "me"}, "observation, from x: fill and nearest_to"),
    ],
)
def test_a_form_that_is_none_is_refused_by_its_place(space: Any, form: Any, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        compiled(form, space, "observation")
