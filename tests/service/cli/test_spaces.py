"""`stepwire spaces` against a real server."""

from collections.abc import Callable
from typing import Any


def test_it_shows_spaces_and_metadata(stepwire: Callable[..., Any], address: str) -> None:
    ran = stepwire("spaces", "gym:FrozenLake-v1", "--address", address)
    assert ran.code == 0
    assert ran.out.splitlines()[:2] == ["observation: Discrete(16)", "action: Discrete(4)"]
    assert "'render_fps': 4" in ran.out


def test_the_parts_of_a_space_have_a_line_each(stepwire: Callable[..., Any], address: str) -> None:
    lines = stepwire("spaces", "gym:Blackjack-v1", "--address", address).out.splitlines()
    assert lines[:4] == ["observation: Tuple", "  0: Discrete(32)", "  1: Discrete(11)", "  2: Discrete(2)"]


def test_an_unknown_environment_is_one_line(stepwire: Callable[..., Any], address: str) -> None:
    ran = stepwire("spaces", "gym:Nothing-v0", "--address", address)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "gym:Nothing-v0" in ran.err


def test_without_an_environment_it_is_wrong_usage(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("spaces")
    assert ran.code == 2
    assert "ENV" in ran.err
