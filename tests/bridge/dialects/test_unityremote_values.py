"""What the fields of a state come to in a space."""

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from gymnasium import spaces

from stepwire_bridge.dialects.unityremote_values import NotSaid, flag, image, observed, reward

PICTURE = "0,1,2;3,4,5"


@dataclass(frozen=True)
class As:
    names: tuple[str, ...] = ("state",)
    image: bool = False
    image_base64: bool = False

    def observed_fields(self) -> list[str]:
        return list(self.names)


@pytest.mark.parametrize(
    ("space", "reading", "fields", "batch"),
    [
        (spaces.Box(0, 9, (1,)), As(), {"state": 3.0}, [[3.0]]),
        (spaces.Box(0, 9, ()), As(), {"state": 3}, [3]),
        (spaces.Box(0, 9, (2, 2)), As(), {"state": np.arange(4.0)}, [[[0, 1], [2, 3]]]),
        (spaces.Box(0, 9, (3,)), As(), {"state": np.arange(4.0)}, [[0, 1, 2, 3]]),  # judged elsewhere
        (spaces.Discrete(4), As(), {"state": 3}, [3]),
        (spaces.MultiBinary(2), As(("a", "b")), {"a": True, "b": False}, [[1, 0]]),
        (spaces.Box(0, 9, (2, 3)), As(image=True), {"state": PICTURE}, [[[0, 1, 2], [3, 4, 5]]]),
        (spaces.Text(9), As(), {"state": "hello"}, ["hello"]),
    ],
)
def test_fields_become_a_batch_of_one(space: Any, reading: As, fields: dict[str, Any], batch: Any) -> None:
    made = observed(space, reading, fields)
    assert (made.tolist() if isinstance(made, np.ndarray) else made) == batch


def test_the_keys_of_a_dict_are_fields() -> None:
    space = spaces.Dict({"place": spaces.Box(0, 9, (2,)), "lifes": spaces.Discrete(4)})
    made = observed(space, As(), {"place": np.array([1.0, 2.0]), "lifes": 3, "more": 1})
    assert {name: value.tolist() for name, value in made.items()} == {"place": [[1, 2]], "lifes": [3]}


@pytest.mark.parametrize(
    ("reading", "fields", "problem"),
    [
        (As(), {}, "'state' is missing"),
        (As(("a", "b")), {"a": 1.0}, "'b' is missing"),
        (As(), {"state": "1 2"}, "'state' is text"),
        (As(), {"state": ["a"]}, "'state' is text"),
        (As(image=True), {"state": "1,x"}, "'state' is no image"),
        (As(image=True), {"state": "1,2;3"}, "rows have several lengths"),
        (As(image=True, image_base64=True), {"state": "%%%"}, "not text in base64"),
    ],
)
def test_what_holds_no_observation_says_why(reading: As, fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(NotSaid, match=problem):
        observed(spaces.Box(0, 9, (2,)), reading, fields)


def test_an_image_is_rows_of_numbers() -> None:
    assert image(PICTURE).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert image("0, 1.5 ,;2,3,;").tolist() == [[0, 1.5], [2, 3]]  # with the separators that engines end rows with
    assert image(base64.b64encode(PICTURE.encode()).decode(), is_base64=True).shape == (2, 3)
    assert image("").shape == (0, 0)


def test_a_reward_is_a_number_and_0_where_none_is_said() -> None:
    assert (reward({"r": 2}, "r"), reward({}, "r")) == (2.0, 0.0)
    for wrong in (True, "1", np.array([1.0])):
        with pytest.raises(NotSaid, match="'r' is a number"):
            reward({"r": wrong}, "r")


@pytest.mark.parametrize(("said", "meant"), [(True, True), (0, False), (1, True), (1.0, True)])
def test_an_end_is_a_bool_or_as_good_as_one(said: Any, meant: bool) -> None:
    assert flag({"done": said}, "done", None) is meant


def test_an_end_that_is_not_said_needs_a_default() -> None:
    assert flag({}, "done", True) is True
    for fields in ({}, {"done": 2}, {"done": "1"}, {"done": np.array([1.0])}):
        with pytest.raises(NotSaid, match="'done'"):
            flag(fields, "done", None)
