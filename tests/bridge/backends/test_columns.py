from typing import Any

import numpy as np
import pytest
from gymnasium.spaces import Box, Dict, Discrete, MultiDiscrete, Text
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector.utils import concatenate, create_empty_array

from stepwire_bridge.backends.columns import flags, numbers, stacked

FLOATS = Box(-np.inf, np.inf, (2,), np.float32)


@pytest.mark.parametrize(
    "values",
    [
        [1.5, 2, True],
        [np.float32(0.1), np.float64(0.1), np.int8(-3)],
        [2**80, 1.0],
        [np.array(1.5), 2],
        [float("inf"), -1e308],
    ],
    ids=str,
)
def test_numbers_are_what_assigning_them_one_by_one_gives(values: list[Any]) -> None:
    expected = np.zeros(len(values))
    for i, value in enumerate(values):
        expected[i] = value
    assert data_equivalence(numbers(values), expected, exact=True)


@pytest.mark.parametrize(
    "values", [[True, False], [np.True_, False], [1, 0], [np.array(True), None], ["x", 0.0]], ids=str
)
def test_flags_are_the_truth_of_what_was_given(values: list[Any]) -> None:
    assert data_equivalence(flags(values), np.array([bool(value) for value in values]), exact=True)


@pytest.mark.parametrize("values", [[1.0, "one"], [1.0, 1j], [1.0, [1.0, 2.0]]], ids=str)
def test_what_is_no_number_is_refused(values: list[Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        numbers(values)


@pytest.mark.parametrize(
    ("space", "values"),
    [
        (FLOATS, [np.array([1, 2], np.float32), np.array([3, 4], np.float32)]),
        (FLOATS, [np.array([0.1, 0.2]), np.array([3, 4], np.float32)]),
        (FLOATS, [[1, 2], (3.0, 4.0)]),
        (Discrete(3), [1, np.int64(2)]),
        (MultiDiscrete([3], dtype=np.int32), [[1], np.array([2])]),
        (Box(0, 1, (), np.float64), [0.5, np.float64(0.25)]),
        (Text(3), ["a", "bc"]),
        (Dict(a=FLOATS, b=Text(3)), [{"b": "x", "a": np.ones(2, np.float32)}, {"b": "y", "a": np.zeros(2)}]),
    ],
    ids=str,
)
def test_observations_are_what_gymnasium_makes_of_them(space: Any, values: list[Any]) -> None:
    expected = concatenate(space, values, create_empty_array(space, len(values)))  # type: ignore[arg-type]
    assert data_equivalence(stacked(space, values), expected, exact=True)


@pytest.mark.parametrize("values", [[np.zeros(2), np.zeros(3)], [np.zeros(3), np.zeros(3)], ["a", "b"]], ids=str)
def test_observations_that_do_not_fit_are_refused(values: list[Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        stacked(FLOATS, values)


def test_parts_that_are_no_arrays_are_copied() -> None:
    class Words(Text):
        """A kind of its own."""

    word = [["a"]]
    batch = stacked(Words(3), [word])
    word[0].append("b")
    assert batch == ([["a"]],)
