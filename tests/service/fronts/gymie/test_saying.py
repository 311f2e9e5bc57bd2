"""Reasons fit into a close frame, and an info loses what cannot be said and nothing else."""

from typing import Any

import pytest

from stepwire_service.fronts.gymie.forms import said
from stepwire_service.fronts.gymie.saying import MAX_REASON_BYTES, fitting, without_unsayable


@pytest.mark.parametrize("text", ["", "short", "x" * 123, "x" * 1000, "é" * 100, "木" * 100, "x" + "😀" * 100])
def test_a_reason_has_room_in_a_close_frame_and_is_cut_between_characters(text: str) -> None:
    cut = fitting(text)
    assert len(cut.encode()) <= MAX_REASON_BYTES
    assert text.startswith(cut)
    assert len(cut.encode()) > MAX_REASON_BYTES - 4 or cut == text


def test_half_a_surrogate_pair_is_no_reason_to_fail() -> None:
    assert fitting("\ud800") == "?"


def test_an_info_keeps_what_can_be_said_at_any_depth() -> None:
    info = {"a": 1, "f": print, "deep": {"b": 2, "g": {1, 2}}, 3: "three", (1, 2): 0}
    assert without_unsayable(info, said) == {"a": 1, "deep": {"b": 2}, "3": "three"}


def test_an_info_that_contains_itself_is_left_out() -> None:
    info: dict[str, Any] = {"a": 1}
    info["self"] = {"one": info, "two": info}
    assert without_unsayable(info, said) == {"a": 1}
