"""docs/coming-from-unityremote.md, its blocks run against engines, and UnityRemote's games on a whole server."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

import stepwire
from stepwire_bridge.compat.portal import portal
from stepwire_bridge.compat.unityremote import utils
from stepwire_bridge.dialects.declared import declarations
from stepwire_service import embedded
from tests.bridge.udp.engine import Engine, engines, free_port

PAGE = Path(__file__).parents[2] / "docs" / "coming-from-unityremote.md"


@pytest.fixture
def row() -> Iterator[list[Engine]]:
    """Two engines, on ports one after the other."""
    playing = engines(2)
    yield portal().run(playing.__aenter__())
    portal().run(playing.__aexit__(None, None, None))


def blocks(language: str, row: list[Engine], address: str = "") -> list[str]:
    """The page's blocks in that language, with the places of these engines and this server."""
    ours, theirs = str(free_port(2)), str(row[0].address[1])
    text = PAGE.read_text().replace("8081", theirs).replace("7070", theirs).replace("8080", ours)
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return [block.replace("localhost:50051", address) for block in found]


@pytest.fixture
def definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary that programs change in place, as it was afterwards."""
    for key, value in [*utils.environment_definitions.items(), ("agent", None), ("actions_meaning", None)]:
        monkeypatch.setitem(utils.environment_definitions, key, value)
    del utils.environment_definitions["agent"], utils.environment_definitions["actions_meaning"]


@pytest.mark.usefixtures("definitions")
def test_a_program_after_the_guide_runs_with_other_imports(
    row: list[Engine], capsys: pytest.CaptureFixture[str]
) -> None:
    exec(blocks("python", row)[0], {"__name__": "program"})
    assert capsys.readouterr().out == "['to the right', 'to the left']\n6.0 4\n"
    assert row[0].heard == ["restart;0;"] + ["go;1;1.5;"] * 4


def test_the_same_runs_with_gymnasiums_interface(row: list[Engine]) -> None:
    found: dict[str, Any] = {}
    exec(blocks("python", row)[1], found)
    assert found["state"].tolist() == [6]
    assert found["terminated"] is True


def test_commands_of_ones_own_are_sent(row: list[Engine], capsys: pytest.CaptureFixture[str]) -> None:
    exec(blocks("python", row)[2], {})
    assert row[0].heard == ["restart;0;", "go;1;0.1;", "act;1;1.0 2.5;", "say;2;hello;3;", "restart;0;"]
    assert capsys.readouterr().out == "0.1 0.0 False\n[0.0, 0.0]\n"


def test_no_port_on_the_page_is_wanted_by_two() -> None:
    """As it stands there, on one machine."""
    toml, *_ = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert declarations(toml)["cube"].name == "cube"
    [(size, ours, theirs)] = re.findall(
        r"size=(\d+), start_input_port=(\d+), start_output_port=(\d+)", PAGE.read_text()
    )
    assert not {*range(int(ours), int(ours) + int(size))} & {*range(int(theirs), int(theirs) + int(size))}


@pytest.fixture
def games_file(row: list[Engine], tmp_path: Path) -> Path:
    """The page's declaration."""
    file = tmp_path / "my-games.toml"
    file.write_text(blocks("toml", row)[0])
    return file


def test_the_declared_game_is_trained_on_over_a_server(row: list[Engine], games_file: Path) -> None:
    with embedded(games_file=games_file) as address:
        found: dict[str, Any] = {}
        exec(blocks("python", row, address)[3], found)
    assert found["state"].tolist() == [6]
    assert found["states"].shape == (2, 1)
    assert row[1].heard[-1].startswith("go;1;")


@pytest.mark.parametrize("mode", list(AutoresetMode))
def test_a_batch_of_engines_ends_and_begins_episodes_in_every_mode(
    row: list[Engine], games_file: Path, mode: AutoresetMode
) -> None:
    with embedded(games_file=games_file) as address:
        envs = stepwire.RemoteVectorEnv("udp:cube", num_envs=2, address=address, autoreset_mode=mode)
        envs.reset()
        given = [envs.step(np.array([0, 1])) for _ in range(4)]
        assert given[-1][2].tolist() == [True, False]
        assert [infos["frame"].tolist() for *_, infos in given[:3]] == [[2, 2], [3, 3], [4, 4]]
        same_step = mode is AutoresetMode.SAME_STEP
        assert given[-1][0].tolist() == ([[0], [-4]] if same_step else [[6], [-4]])
        if mode is AutoresetMode.DISABLED:
            envs.reset(options={"reset_mask": given[-1][2]})
        first = 0 if mode is AutoresetMode.NEXT_STEP else 1.5
        assert envs.step(np.array([0, 1]))[0].tolist() == [[first], [-5]]
        envs.close()


def test_an_agent_class_is_served_as_an_environment_of_gymnasiums(
    row: list[Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my_cube.py").write_text(
        blocks("python", row)[4].replace('"output_port"', '"input_port": 0, "output_port"')
    )
    monkeypatch.syspath_prepend(tmp_path)
    with (
        embedded(gym_allow=("my_cube:Cube-v0",)) as address,
        stepwire.RemoteEnv("gym:my_cube:Cube-v0", address=address) as env,
    ):
        assert env.reset()[0].tolist() == [0]
        state, reward, *_ = env.step(0)
        assert (state.tolist(), reward) == ([1.5], 15.0)
    sys.modules.pop("my_cube")
