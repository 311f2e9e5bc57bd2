"""Parts of messages as numbers, in the order that a layout says."""

from typing import Any

import pytest

from stepwire_bridge.dialects.layout import Field, Layout, Part, Unreadable, is_number, shown

PLANES = Part("planes", (Field("x"), Field("y", (0, 10))), count=2, fill=-1, nearest_to="me")


def numbers(part: Part, said: dict[str, Any], **layout: Any) -> list[int | float]:
    return Layout((part,), layout.pop("values", {}), **layout).numbers(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], []),
        (3, [3]),
        ([1, 2.5], [1, 2.5]),
        ([[1, [2]], [], [[[3]]]], [1, 2, 3]),
        ([True, False], [1, 0]),
        ([1, "center", None], [1, 0.5, -9]),
    ],
)
def test_numbers_are_taken_in_order_however_they_are_nested(said: Any, expected: list[float]) -> None:
    assert numbers(Part("obs"), {"obs": said}, values={"center": 0.5}, null=-9) == expected


def test_numbers_nested_deeper_than_the_stack_are_read() -> None:
    nested: Any = 7
    for _ in range(100_000):
        nested = [nested]
    assert numbers(Part("obs"), {"obs": nested}) == [7]


def test_a_range_becomes_minus_one_to_one() -> None:
    assert numbers(Part("obs", range=(0, 375)), {"obs": [0, [375], 75]}) == [-1, 1, 2 * 75 / 375 - 1]


def test_an_object_gives_its_fields_in_the_order_of_the_layout() -> None:
    part = Part("player", (Field("y"), Field("x", (0, 4))))
    assert numbers(part, {"player": {"x": 1, "name": "I", "y": 5}}) == [5, -0.5]


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


def test_without_a_place_to_measure_from_the_first_objects_are_read() -> None:
    part = Part("planes", (Field("x"),), count=2)
    assert numbers(part, {"planes": [{"x": x} for x in (9, 8, 7)]}) == [9, 8]


@pytest.mark.parametrize(
    ("part", "said", "why"),
    [
        (Part("obs"), {"obs": [1, "left"]}, "value 1 of obs is 'left', expected a number, 'center'"),
        (Part("obs"), {"obs": [[1], None]}, "value 1 of obs is null, expected"),
        (Part("obs"), {"obs": {"x": 1}}, "value 0 of obs is {'x': 1}, expected"),
        (Part("me", (Field("x"),)), {"me": [1]}, "me is [1], expected an object"),
        (Part("me", (Field("x"),)), {"me": {}}, "me.x is null, expected"),
        (PLANES, {"planes": 3}, "planes is 3, expected a list of objects"),
        (PLANES, {"planes": [{"x": 1, "y": "low"}]}, "planes[0].y is 'low', expected"),
        (PLANES, {"planes": [{"x": 1, "y": 1}] * 3}, "me is null, expected an object"),
        (PLANES, {"planes": [1] * 3, "me": {"x": 0, "y": 0}}, "planes[0] is 1, expected an object"),
    ],
)
def test_what_is_no_number_is_told_with_its_place(part: Part, said: dict[str, Any], why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        numbers(part, said, values={"center": 0.5})
    assert str(caught.value).startswith(why)


def test_a_layout_is_in_a_message_that_has_all_parts() -> None:
    layout = Layout((Part("a"), Part("b")), {})
    assert [layout.is_in(said) for said in ({}, {"a": 1, "b": None}, {"a": 0, "b": []})] == [False, False, True]


@pytest.mark.parametrize(
    ("value", "is_one"), [(0, True), (-2.5, True), (2**64 - 1, True), (2**64, False), (True, False), ("1", False)]
)
def test_a_number_is_one_that_can_be_calculated_with(value: Any, is_one: bool) -> None:
    assert is_number(value) == is_one


def test_what_is_shown_is_as_json_has_it_and_short() -> None:
    assert [shown(value) for value in (None, True, "a", [1])] == ["null", "true", "'a'", "[1]"]
    assert len(shown("x" * 1000)) < 50
    assert len(shown([10**4000])) < 80
