"""The command line and the variables of a host."""

from dataclasses import replace
from pathlib import Path

import pytest

from stepwire_bridge.launching import HostedGame, Launch, command, environment, label

LAUNCH = Launch(Path("node"), Path("run.js"), "ws://h:1")
OURS = {"SECRET": "1", "STEPWIRE_TOKEN": "2", "STEPWIRE_NODE_MODULES": "/somewhere"}


def value(flag: str, words: list[str]) -> str:
    return words[words.index(flag) + 1]


def test_a_host_is_told_what_to_run_and_where_to_dial() -> None:
    words = command(LAUNCH, HostedGame(Path("toy/game.js"), 3), "abc")
    assert words[:2] == ["node", "run.js"]
    assert [value(flag, words) for flag in ("--game", "--instances")] == ["toy/game.js", "3"]
    assert words[-1] == "--stdin-leash"
    assert {"--name", "--given", "--stdin-token"}.isdisjoint(words)


def test_name_table_options_and_wrapper_have_their_places() -> None:
    game = HostedGame(Path("toy"), 1, "other", '{"name": "toy"}', ("--permission",))
    launch = Launch(Path("node"), Path("run.js"), "ws://h:1", "secret", ("nice",), ("--resolve-every", "2"))
    words = command(launch, game, "abc")
    assert words[:4] == ["nice", "node", "--permission", "run.js"]
    assert [value(flag, words) for flag in ("--name", "--given", "--resolve-every")] == [
        "other",
        '{"name": "toy"}',
        "2",
    ]
    assert "--stdin-token" in words and "secret" not in words


@pytest.mark.parametrize(
    ("url", "dialled"),
    [
        ("ws://h:1", "ws://h:1/?host=abc"),
        ("ws://h:1/wemi/toy", "ws://h:1/wemi/toy?host=abc"),
        ("wss://h/?a=b", "wss://h/?a=b&host=abc"),
    ],
)
def test_the_url_has_the_hosts_key(url: str, dialled: str) -> None:
    launch = Launch(Path("node"), Path("run.js"), url)
    assert value("--url", command(launch, HostedGame(Path("toy"), 1), "abc")) == dialled


def test_a_confined_host_sees_nothing_of_ours_but_where_optional_packages_are() -> None:
    seen = environment(LAUNCH, HostedGame(Path("toy"), 1, confined=True), OURS)
    assert seen == {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "STEPWIRE_NODE_MODULES": "/somewhere"}


def test_where_optional_packages_are_may_be_told() -> None:
    launch = replace(LAUNCH, modules=Path("/modules"))
    assert environment(launch, HostedGame(Path("toy"), 1, confined=True), {})["STEPWIRE_NODE_MODULES"] == "/modules"


def test_any_other_host_sees_all_of_it_but_the_token() -> None:
    assert "STEPWIRE_TOKEN" not in environment(LAUNCH, HostedGame(Path("toy"), 1), OURS)
    assert environment(LAUNCH, HostedGame(Path("toy"), 1), OURS)["SECRET"] == "1"


@pytest.mark.parametrize(
    ("module", "name"), [("toy/mine.js", "mine"), ("toy/game.js", "toy"), ("toy/stepwire.game.toml", "toy")]
)
def test_a_game_goes_by_its_folder_or_by_its_file(module: str, name: str) -> None:
    assert label(Path(module)) == name
