"""Settings: who wins, what is refused and in which words, and that they can be written down and read again."""

import re
from pathlib import Path
from typing import Any

import pytest

from stepwire_service.settings import (
    ConfigError,
    Settings,
    as_toml,
    descriptions,
    expected,
    flag,
    is_list,
    kinds,
    load,
    variable,
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _write(text: str) -> Path:
    file = Path("some.toml")
    file.write_text(text)
    return file


def test_without_anything_all_is_default() -> None:
    loaded = load({}, {})
    assert loaded.settings == Settings()
    assert set(loaded.origins.values()) == {"default"}


@pytest.mark.parametrize(
    ("flags", "environ", "file", "value", "origin"),
    [
        ({"step_deadline": "1"}, {"STEPWIRE_STEP_DEADLINE": "2"}, "step_deadline = 3", 1.0, "--step-deadline"),
        ({"step_deadline": None}, {"STEPWIRE_STEP_DEADLINE": "2"}, "step_deadline = 3", 2.0, "STEPWIRE_STEP_DEADLINE"),
        ({}, {}, "step_deadline = 3", 3.0, "some.toml"),
        ({}, {}, "", 10.0, "default"),
    ],
)
def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(
    flags: dict[str, Any], environ: dict[str, str], file: str, value: float, origin: str
) -> None:
    loaded = load(flags, environ, _write(file))
    assert (loaded.settings.step_deadline, loaded.origins["step_deadline"]) == (value, origin)


def test_an_empty_flag_empties_a_list() -> None:
    assert load({"game_folders": [""]}, {}).settings.game_folders == ()


def test_the_file_of_the_working_directory_is_read_unasked() -> None:
    Path("stepwire.toml").write_text('games = ["snake=4"]')
    assert load({}, {}).settings.games == ("snake=4",)


def test_the_file_that_the_environment_names_is_read_instead_of_the_usual_one() -> None:
    Path("stepwire.toml").write_text("max_games = 1")
    _write("max_games = 2")
    assert load({}, {"STEPWIRE_CONFIG": "some.toml"}).settings.max_games == 2


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("STEPWIRE_GAMES", "snake=16, ./mine.js=2", "games", ("snake=16", "./mine.js=2")),
        ("STEPWIRE_GAMES", "", "games", ()),
        ("STEPWIRE_GAME_FOLDERS", "", "game_folders", ()),
        ("STEPWIRE_GAME_FOLDERS", "a, /b", "game_folders", (Path("a"), Path("/b"))),
        ("STEPWIRE_INLINE", "gym:CartPole-*,gymvec:*", "inline", ("gym:CartPole-*", "gymvec:*")),
        ("STEPWIRE_TOKEN_FILE", "/run/secrets/token", "token_file", Path("/run/secrets/token")),
        ("STEPWIRE_TOKEN_FILE", "", "token_file", None),
        ("STEPWIRE_WEB_ADDRESS", "", "web_address", ""),
        ("STEPWIRE_INSECURE", "1", "insecure", True),
        ("STEPWIRE_MAX_GAMES", "7", "max_games", 7),
        ("STEPWIRE_ADDRESS", "unix:/tmp/stepwire.sock", "address", "unix:/tmp/stepwire.sock"),
        ("STEPWIRE_ADDRESS", "[::1]:0", "address", "[::1]:0"),
        ("STEPWIRE_GRACE_TIME", "0", "grace_time", 0.0),
    ],
)
def test_text_from_the_environment_becomes_what_the_setting_is(
    variable: str, text: str, name: str, value: object
) -> None:
    assert getattr(load({}, {variable: text}).settings, name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("address", "localhost"),
        ("address", "localhost:70000"),
        ("games_address", "unix:/tmp/games"),
        ("max_games", "0"),
        ("max_games", "many"),
        ("max_message_bytes", "10"),
        ("step_deadline", "0"),
        ("step_deadline", "nan"),
        ("grace_time", "-1"),
        ("insecure", "perhaps"),
        ("log_level", "LOUD"),
        ("log_format", "xml"),
        ("games", "snake"),
        ("inline", "CartPole-v1"),
        ("inline", "game:snake"),
        ("dial_games", "http://localhost:80"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line_that_names_its_variable(name: str, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load({}, {variable(name): text})
    assert str(caught.value).startswith(f"{variable(name)} is ")
    assert f"expected {expected(kinds()[name])}." in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_flag_is_named_as_a_flag() -> None:
    with pytest.raises(ConfigError, match=re.escape("--step-deadline is 'soon', expected seconds, more than 0.")):
        load({"step_deadline": "soon"}, {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('step_deadline = "3"', "some.toml: step_deadline is '3', expected seconds, more than 0."),
        ("max_games = 0", "some.toml: max_games is 0, expected a whole number, at least 1."),
        ("insecure = 1", "some.toml: insecure is 1, expected true or false."),
        ("token_file = 5", "some.toml: token_file is 5, expected a path."),
        ('games = "snake=4"', "some.toml: games is 'snake=4', expected a list, each NAME_OR_PATH=INSTANCES."),
        ("step_deadlin = 3", "some.toml: there is no setting 'step_deadlin'. Did you mean 'step_deadline'?"),
        ("colour = 3", "some.toml: there is no setting 'colour'. docs/settings.md lists them all."),
        ("[server]\nmax_games = 3", "some.toml: there is no setting 'server'."),
        ("max_games =", "some.toml: is not TOML: "),
    ],
)
def test_a_file_that_cannot_be_is_refused_in_one_line_that_names_the_file(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load({}, {}, _write(text))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("environ", [{"STEPWIRE_CONFIG": "missing.toml"}, {}])
def test_a_named_file_that_is_not_there_is_an_error(environ: dict[str, str]) -> None:
    named = None if environ else Path("missing.toml")
    with pytest.raises(ConfigError, match=r"missing\.toml: cannot be read: No such file"):
        load({}, environ, named)


def test_settings_written_as_toml_read_back_the_same() -> None:
    loaded = load(
        {"games": ["snake=2"], "insecure": True, "idle_time": "inf"}, {"STEPWIRE_TOKEN_FILE": 'a "quoted" file'}
    )
    assert load({}, {}, _write(as_toml(loaded))).settings == loaded.settings


def test_settings_written_as_toml_say_where_each_came_from() -> None:
    lines = as_toml(load({"max_games": "3"}, {})).splitlines()
    assert "max_games = 3  # --max-games" in lines
    assert "# token_file is not set  # default" in lines


def test_every_setting_is_described_and_has_words_for_its_values() -> None:
    assert list(descriptions()) == list(kinds())
    assert all(expected(kind) for kind in kinds().values())


def test_every_default_is_a_value_that_may_be_given() -> None:
    assert load({}, {}, _write(as_toml(load({}, {})))).settings == Settings()


def test_names_of_flags_and_variables_follow_from_the_setting() -> None:
    assert (flag("max_games"), variable("max_games")) == ("--max-games", "STEPWIRE_MAX_GAMES")
    assert [name for name, kind in kinds().items() if is_list(kind)] == [
        "games",
        "game_folders",
        "dial_games",
        "gym_allow",
        "gym_kwargs",
        "inline",
        "allowed_origins",
    ]
