"""What a declaration may be, and what is said of one that cannot be."""

import re

import pytest

from stepwire_bridge.dialects.declared import DIALECTS, BadDeclaration, declarations

BIT = '{type = "Discrete", n = 2}'
X = '[x]\ndialect = "wemi"'


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[", "TOML"),
        ("x = 1", "[x]"),
        ("[x]", "dialect"),
        ('[x]\ndialect = "klingon"', "dialect"),
        ("[x]\ndialect = 3", "dialect"),
        ("[x]\ndialect = []", "dialect"),
        (X, "observation_space"),
        (f"{X}\nobservation_space = 3\naction_space = {BIT}", "observation_space"),
        (f'{X}\nobservation_space = {{type = "Cube"}}\naction_space = {BIT}', "Cube"),
        (f'{X}\nmood = "good"', "no field 'mood'"),
        (f'{X}\nname = "y"', "no field 'name'"),
        (f'{X}\nobservation_space = {BIT}\naction_space = {BIT}\nscale = "big"', "scale"),
    ],
)
def test_a_declaration_that_cannot_be_read_names_the_game_and_the_field(toml: str, says: str) -> None:
    with pytest.raises(BadDeclaration, match=re.escape(says)):
        declarations(toml)


def test_a_declared_game_has_the_name_of_its_table_and_makes_a_dialect_for_each_connection() -> None:
    (game,) = declarations(f"{X}\nobservation_space = {BIT}\naction_space = {BIT}").values()
    assert (game.name, game.dialect, game.url) == ("x", "wemi", "")
    assert game.new_dialect() is not game.new_dialect()


def test_a_dialect_is_asked_for_by_its_own_name() -> None:
    assert all(kind.dialect == name for name, kind in DIALECTS.items())
