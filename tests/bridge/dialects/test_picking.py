"""Numbers out of a game's JSON: what each form picks, and what is said where there is nothing to pick."""

import re
from typing import Any

import gymnasium as gym
import numpy as np
import pytest

from stepwire_bridge.dialects.picking import MAX_NUMBERS, Unpicked, at, check, numbers, pick

SAID = {
    "over": True,
    "snake": {"size": 3, "score": 1.5, "name": "me", "body": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]},
    "food": [{"at": [7, 8], "size": 1}],
    "board": [[0, 2], [4, 8]],
    "nothing": None,
    "ragged": [[1], [2, 3]],
    "odd": [{"x": [1, 2]}],
}


@pytest.mark.parametrize(
    ("path", "found"),
    [("snake.size", 3), ("snake.body.1.x", 3), ("board.0", [0, 2]), ("", SAID), ("nothing", None)],
)
def test_a_path_leads_through_keys_and_places(path: str, found: Any) -> None:
    assert at(SAID, path) == found


@pytest.mark.parametrize("path", ["snake.speed", "food.1", "food.-1", "food.x", "snake.size.x", "nothing.x", "a..b"])
def test_a_path_that_leads_nowhere_is_named(path: str) -> None:
    with pytest.raises(Unpicked, match=re.escape(repr(path))):
        at(SAID, path)


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("snake.size", [3]),
        ("over", [1]),
        ("board", [0, 2, 4, 8]),
        ("ragged", [1, 2, 3]),
        (["snake.size", "snake.score", "board.0"], [3, 1.5, 0, 2]),
        ({"from": "snake.body", "fields": ["x", "y"], "length": 3}, [1, 2, 3, 4, 0, 0]),
        ({"from": "snake.body", "fields": ["x", "y"], "length": 1}, [1, 2]),
        ({"from": "food", "fields": ["at.0", "at.1", "size"], "length": 2}, [7, 8, 1, 0, 0, 0]),
        ({"from": "board", "fields": ["0", "1"], "length": 2}, [0, 2, 4, 8]),
        ({"from": "board.0", "fields": [""], "length": 3}, [0, 2, 0]),
    ],
)
def test_each_form_gives_its_numbers_in_a_row(form: Any, found: list[float]) -> None:
    assert numbers(form, SAID) == found
    assert all(type(number) in (int, float) for number in numbers(form, SAID))


def test_a_list_within_a_list_is_padded_as_well() -> None:
    inner = {"from": "body", "fields": ["x", "y"], "length": 2}
    said = {"others": [{"body": [{"x": 1, "y": 2}], "size": 9}]}
    assert numbers({"from": "others", "fields": [inner, "size"], "length": 2}, said) == [1, 2, 0, 0, 9] + [0] * 5


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("snake.name", "'snake.name' holds str, not a number"),
        ("nothing", "'nothing' holds NoneType"),
        ("snake", "'snake' holds dict"),
        ({"from": "snake", "fields": ["x"], "length": 2}, "'snake' is no list"),
        ({"from": "food", "fields": ["x"], "length": 2}, "there is no 'x'"),
        ({"from": "odd", "fields": ["x"], "length": 2}, "an entry of 'odd'"),
    ],
)
def test_what_is_no_number_is_named(form: Any, says: str) -> None:
    with pytest.raises(Unpicked, match=re.escape(says)):
        numbers(form, SAID)


BOX = gym.spaces.Box(0, 9, (2, 2), np.float32)


@pytest.mark.parametrize(
    ("space", "form", "value"),
    [
        (BOX, "board", [[0, 2], [4, 8]]),
        (BOX, ["board.0", "board.1"], [[0, 2], [4, 8]]),
        (BOX, "board.0", [0, 2]),
        (gym.spaces.Box(0, 9, ()), "snake.size", 3),
        (gym.spaces.Discrete(9), "snake.size", 3),
        (gym.spaces.Discrete(9), "board.0", [0, 2]),
        (gym.spaces.MultiBinary(1), "over", [1]),
        (gym.spaces.Text(9), "snake.name", "me"),
        (gym.spaces.Dict(a=BOX, b=gym.spaces.Discrete(9)), {"a": "board", "b": "over"}, {"a": SAID["board"], "b": 1}),
        (gym.spaces.Tuple([BOX, gym.spaces.Discrete(9)]), ["board", "over"], [SAID["board"], 1]),
    ],
)  # fmt: skip
def test_a_pick_has_the_form_of_its_space_where_it_has_its_size(space: Any, form: Any, value: Any) -> None:
    check(form, space, "observation")
    assert pick(form, SAID, space) == value


@pytest.mark.parametrize(
    ("space", "form", "says"),
    [
        (gym.spaces.Dict(a=BOX), {"b": "x"}, "observation is a table with the keys of its space: a"),
        (gym.spaces.Dict(a=BOX), "a", "observation is a table"),
        (gym.spaces.Dict(a=BOX), {"a": 3}, "observation.a is a path"),
        (gym.spaces.Tuple([BOX]), ["x", "y"], "observation is a list of 1"),
        (BOX, [], "observation is a path"),
        (BOX, ["x", 3], "observation.1 is a path"),
        (BOX, {"from": "x", "fields": ["y"]}, "observation is a path"),
        (BOX, {"from": "x", "fields": ["y"], "length": 1, "more": 1}, "observation is a path"),
        (BOX, {"from": "x", "fields": [], "length": 1}, "observation.fields is a path"),
        (BOX, {"from": "x", "fields": ["y"], "length": 0}, "observation.length"),
        (BOX, {"from": "x", "fields": ["y"], "length": MAX_NUMBERS + 1}, "observation.length"),
    ],
)
def test_a_form_that_is_none_is_refused_by_its_place(space: Any, form: Any, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        check(form, space, "observation")
