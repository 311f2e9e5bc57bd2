"""Flags: one for each setting, and what was typed arrives as it was typed."""

import inspect
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from stepwire_service.cli.flags import with_settings
from stepwire_service.settings import ConfigError, Settings, flag, kinds, load


@pytest.fixture
def app() -> tuple[typer.Typer, dict[str, Any]]:
    seen: dict[str, Any] = {}

    @with_settings
    def command(own: int = 3, **flags: Any) -> None:
        seen.update(flags, own=own)

    application = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    application.command()(command)
    return application, seen


def test_every_setting_has_its_flag_and_its_description(app: tuple[typer.Typer, dict[str, Any]]) -> None:
    text = CliRunner().invoke(app[0], ["--help"], terminal_width=200).output
    assert [name for name in kinds() if f"{flag(name)} " not in text] == []
    assert "Sessions at one time." in text


def test_flags_arrive_as_they_were_typed_and_the_others_as_none(app: tuple[typer.Typer, dict[str, Any]]) -> None:
    several = ["--games", "snake=2", "--games", "lander=1"]
    arguments = ["--own", "4", *several, "--step-deadline", "soon", "--insecure", "--web-address", ""]
    result = CliRunner().invoke(app[0], arguments)
    assert result.exit_code == 0, result.output
    given = {name: value for name, value in app[1].items() if value is not None}
    assert given == {
        "own": 4,
        "games": ["snake=2", "lander=1"],
        "step_deadline": "soon",
        "insecure": True,
        "web_address": "",
    }


def test_what_arrives_is_what_load_reads(app: tuple[typer.Typer, dict[str, Any]]) -> None:
    CliRunner().invoke(app[0], ["--games", "snake=2", "--no-insecure", "--max-games", "7"])
    del app[1]["own"]
    loaded = load(app[1], {"STEPWIRE_INSECURE": "true"}).settings
    assert loaded == Settings(games=("snake=2",), max_games=7)


def test_a_wrong_flag_is_an_error_of_the_settings(app: tuple[typer.Typer, dict[str, Any]]) -> None:
    CliRunner().invoke(app[0], ["--max-games", "none"])
    del app[1]["own"]
    with pytest.raises(ConfigError, match="--max-games is 'none'"):
        load(app[1], {})


def test_the_commands_own_parameters_stay() -> None:
    def command(own: int, **flags: Any) -> None: ...

    assert list(inspect.signature(with_settings(command)).parameters) == ["own", *kinds()]
