"""Numbers out of a game's JSON: what each form picks, and what is said where there is nothing to pick."""

import re
from typing import Any

import gymnasium as gym
import numpy as np
import pytest

from stepwire_bridge.dialects.picking import Unpicked, at, is_number, picker, shown
from tests.bridge.dialects.odd_json import odd

SAID = {
    "over": True,
    "snake": {"size": 3, "score": 1.5, "name": "me", "body": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]},
    "food": [{"at": [7, 8], "size": 1}],
    "board": [[0, 2], [4, 8]],
    "nothing": None,
    "ragged": [[1], [2, 3]],
    "odd": [{"x": [1, 2]}],
}

ROW = gym.spaces.Box(-np.inf, np.inf, (2**20,))
"""A space that numbers stay in a row for."""


def numbers(form: Any, said: Any, values: dict[str, float] | None = None, null: float | None = None) -> Any:
    return picker(form, ROW, "observation", values, null).pick(said)


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
        ({"from": "snake.body", "fields": ["x", "y"], "length": 3, "fill": -1}, [1, 2, 3, 4, -1, -1]),
        ({"from": "snake.body", "fields": ["x", "y"], "length": 1}, [1, 2]),
        ({"from": "food", "fields": ["at.0", "at.1", "size"], "length": 2}, [7, 8, 1, 0, 0, 0]),
        ({"from": "board", "fields": ["0", "1"], "length": 2}, [0, 2, 4, 8]),
        ({"from": "board.0", "fields": [""], "length": 3}, [0, 2, 0]),
        ({"from": "snake", "fields": ["score", "size"]}, [1.5, 3]),
        ({"from": "", "fields": ["snake.size", "over"]}, [3, 1]),
        ({"from": "snake", "fields": ["size", {"from": "score", "range": [0, 4]}]}, [3, -0.25]),
        ({"from": "board", "range": [0, 8]}, [-1, -0.5, 0, 1]),
    ],
)
def test_each_form_gives_its_numbers_in_a_row(form: Any, found: list[float]) -> None:
    assert numbers(form, SAID) == found
    assert all(type(number) in (int, float) for number in numbers(form, SAID))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], []),
        (3, [3]),
        ([1, 2.5], [1, 2.5]),
        ([[1, [2]], [], [[[3]]]], [1, 2, 3]),
        ([[[1], [2]], [[], [3]]], [1, 2, 3]),
        ([True, False], [1, 0]),
        ([1, "center", None], [1, 0.5, -9]),
        ("center", [0.5]),
        (None, [-9]),
    ],
)
def test_numbers_are_taken_in_order_however_they_are_nested_and_words_stand_for_them(
    said: Any, expected: list[float]
) -> None:
    assert numbers("obs", {"obs": said}, {"center": 0.5}, -9) == expected


@pytest.mark.parametrize("inmost", [[7], [7, [8]], ["a"]])
def test_numbers_nested_deeper_than_the_stack_are_read(inmost: Any) -> None:
    nested: Any = inmost
    for _ in range(100_000):
        nested = [nested]
    assert numbers("obs", {"obs": nested}, {"a": 7})[0] == 7


def test_a_list_within_a_list_is_padded_as_well() -> None:
    inner = {"from": "body", "fields": ["x", "y"], "length": 2}
    said = {"others": [{"body": [{"x": 1, "y": 2}], "size": 9}]}
    assert numbers({"from": "others", "fields": [inner, "size"], "length": 2}, said) == [1, 2, 0, 0, 9] + [0] * 5


PLANES = {
    "from": "planes",
    "fields": ["x", {"from": "y", "range": [0, 10]}],
    "length": 2,
    "fill": -1,
    "nearest_to": "me",
}


@pytest.mark.parametrize(
    ("planes", "expected"),
    [
        ([], [-1, -1, -1, -1]),
        ([(3, 0)], [3, -1, -1, -1]),
        ([(3, 0), (4, 10)], [3, -1, 4, 1]),
        ([(9, 10), (3, 0), (4, 5)], [3, -1, 4, 0]),
        ([(1, 5), (900, 0), (2, 5)], [1, 0, 2, 0]),
    ],
)
def test_of_too_many_objects_the_nearest_are_read_and_too_few_are_filled_up(
    planes: list[tuple[int, int]], expected: list[float]
) -> None:
    said = {"me": {"x": 2, "y": 2}, "planes": [{"x": x, "y": y} for x, y in planes]}
    assert numbers(PLANES, said) == expected
    within = {"from": "world", "fields": [PLANES]}
    assert numbers(within, {"world": said, "me": {"x": 900, "y": 0}}) == expected


@pytest.mark.parametrize(
    ("form", "said", "why"),
    [
        ("obs", {"obs": "left"}, "value 0 of obs is 'left', expected a number, 'center'"),
        ("obs", {"obs": [1, "left"]}, "value 1 of obs is 'left', expected a number, 'center'"),
        ("obs", {"obs": [[1], None]}, "value 1 of obs is null, expected a number"),
        ("obs", {"obs": {"x": 1}}, "value 0 of obs is {'x': 1}, expected"),
        ("obs", {"obs": [1, 10**400]}, "value 1 of obs is 1000"),
        ("obs", {"obs": 2**64}, "value 0 of obs is 18446744073709551616, expected"),
        ("obs", {"obs": None}, "'obs' is null, expected a number"),
        ("snake.name", SAID, "value 0 of snake.name is 'me', expected"),
        ({"from": "snake", "fields": ["x"], "length": 2}, SAID, "snake is {"),
        ({"from": "food", "fields": ["x"], "length": 2}, SAID, "there is no 'food.0.x' in it"),
        ({"from": "odd", "fields": ["x"], "length": 2}, SAID, "odd.0 does not have one number for each of its fields"),
        ({"from": "board", "fields": [""], "length": 2}, SAID, "board.0 does not have one number"),
        ({"from": "me", "fields": ["x"]}, {"me": [1]}, "there is no 'me.x' in it"),
        ({"from": "list", "fields": [""], "length": 1}, {"list": ["a"]}, "value 0 of list.0 is 'a', expected"),
        (PLANES, {"planes": 3}, "planes is 3, expected a list"),
        (PLANES, {"planes": [{"x": 1, "y": "low"}]}, "value 0 of planes.0.y is 'low', expected"),
        (PLANES, {"planes": [{"x": 1, "y": 1}] * 3}, "there is no 'me' in it"),
        (PLANES, {"planes": [1] * 3, "me": {"x": 0, "y": 0}}, "there is no 'planes.0.x' in it"),
        (PLANES, {"planes": [{"x": [], "y": 1}] * 3, "me": {"x": 0, "y": 0}}, "planes.0 does not have one number at x"),
        (PLANES, {"planes": [{"x": 1, "y": 1}] * 3, "me": {"x": [0, 0], "y": 0}}, "me does not have one number at x"),
    ],
)
def test_what_is_no_number_is_told_with_its_place(form: Any, said: dict[str, Any], why: str) -> None:
    with pytest.raises(Unpicked) as caught:
        numbers(form, said, values={"center": 0.5})
    assert str(caught.value).startswith(why)


def test_whatever_is_said_comes_to_numbers_or_is_told() -> None:
    form, told = [PLANES, {"from": "planes", "fields": [PLANES, "me"], "length": 1}, "me.x"], 0
    for said in odd(["planes", "me", "x", "y"], 3000):
        try:
            assert all(map(is_number, numbers(form, said, {"a": 1})))
        except Unpicked:
            told += 1
    assert told > 100


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
        (gym.spaces.Dict(size=gym.spaces.Discrete(9), name=gym.spaces.Text(9)), "snake", {"size": 3, "name": "me"}),
        (gym.spaces.Tuple([BOX, gym.spaces.Discrete(9)]), ["board", "over"], [SAID["board"], 1]),
        (gym.spaces.Tuple([gym.spaces.Discrete(9)] * 2), "board.0", [0, 2]),
    ],
)  # fmt: skip
def test_a_pick_has_the_form_of_its_space_where_it_has_its_size(space: Any, form: Any, value: Any) -> None:
    assert picker(form, space, "observation").pick(SAID) == value


def test_an_observation_is_in_a_message_that_has_the_beginnings_of_all_paths() -> None:
    one = picker(["a.x", {"from": "b", "fields": ["y"]}], ROW, "observation")
    said: list[dict[str, Any]] = [{}, {"a": 1}, {"a": 1, "b": None}, {"a": 0, "b": []}]
    assert [one.is_in(message) for message in said] == [False, False, False, True]
    assert picker("", ROW, "observation").is_in({})


def test_a_form_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="observation is a path"):
        picker(3, ROW, "observation")


@pytest.mark.parametrize(
    ("value", "is_one"), [(0, True), (-2.5, True), (2**64 - 1, True), (2**64, False), (True, False), ("1", False)]
)
def test_a_number_is_one_that_can_be_calculated_with(value: Any, is_one: bool) -> None:
    assert is_number(value) == is_one


def test_what_is_shown_is_as_json_has_it_and_short() -> None:
    assert [shown(value) for value in (None, True, "a", [1])] == ["null", "true", "'a'", "[1]"]
    assert len(shown("x" * 1000)) < 50
    assert len(shown([10**4000])) < 80
