"""What the setting games_file may hold, and what it has to do with the other settings."""

from pathlib import Path

import pytest

from stepwire_bridge.dialects.wemi import Declaration
from stepwire_service.declaring import declared_games
from stepwire_service.settings import ConfigError, Settings

BIT = '{ type = "Discrete", n = 2 }'
SPACES = f"observation_space = {BIT}\naction_space = {BIT}\n"


def settings(tmp_path: Path, content: str, default_game: str = "") -> Settings:
    file = tmp_path / "games.toml"
    file.write_text(content)
    return Settings(games_file=file, default_game=default_game)


def test_without_a_file_nothing_is_declared() -> None:
    assert declared_games(Settings(), [], is_alone=True) == {}


def test_what_a_file_declares_is_there_by_name(tmp_path: Path) -> None:
    given = settings(tmp_path, f'[toy]\ndialect = "wemi"\n{SPACES}[cube]\ndialect = "unityremote"\n')
    assert list(declared_games(given, [], is_alone=True)) == ["toy", "cube"]


@pytest.mark.parametrize("content", ["not toml", "[game]\ncolour = 3\n", "\0"])
def test_a_file_that_cannot_be_read_is_a_mistake_in_that_setting(tmp_path: Path, content: str) -> None:
    with pytest.raises(ConfigError, match=r"games_file .*games\.toml: "):
        declared_games(settings(tmp_path, content), [], is_alone=True)


def test_so_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="games_file"):
        declared_games(Settings(games_file=tmp_path / "none.toml"), [], is_alone=True)


def test_the_default_game_must_be_declared_in_the_file_or_by_a_game_that_the_server_runs(tmp_path: Path) -> None:
    content = f'[toy]\ndialect = "wemi"\n{SPACES}'
    with pytest.raises(ConfigError, match=r"default_game tov: .*there: toy"):
        declared_games(settings(tmp_path, content, "tov"), [], is_alone=True)
    assert "toy" in declared_games(settings(tmp_path, content, "toy"), [], is_alone=True)
    bit = {"type": "Discrete", "n": 2}
    hosted = Declaration("tov", bit, bit)
    assert "toy" in declared_games(settings(tmp_path, content, "tov"), [hosted], is_alone=True)


@pytest.mark.parametrize(
    "table",
    [
        'dialect = "unityremote"',
        'dialect = "ai4u"',
        f'dialect = "wescale-http"\nurl = "http://127.0.0.1:3000"\nobservation = "x"\nterminated = "over"\n'
        f'paths = {{ reset = "/reset", step = "/step/{{0}}" }}\n{SPACES}',
    ],
)
def test_games_over_udp_and_http_need_a_server_of_one_process(tmp_path: Path, table: str) -> None:
    given = settings(tmp_path, f"[toy]\n{table}\n")
    assert list(declared_games(given, [], is_alone=True)) == ["toy"]
    with pytest.raises(ConfigError, match=r"toy: .*one process: leave workers = 1"):
        declared_games(given, [], is_alone=False)


def test_other_games_may_be_in_each_of_several_processes(tmp_path: Path) -> None:
    given = settings(tmp_path, f'[toy]\ndialect = "wescale"\n{SPACES}')
    assert list(declared_games(given, [], is_alone=False)) == ["toy"]
