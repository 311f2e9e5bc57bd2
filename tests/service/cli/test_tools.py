"""`stepwire host --check` and the others: the words and exit codes are those of the host's tools."""

import tomllib
from pathlib import Path

import pytest

from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.dialects.wemi import Declaration
from stepwire_service.cli import run
from stepwire_service.cli.tools import declaration_toml
from tests.service.games import DESCRIPTION, TALKER, TALKER_DESCRIPTION, counter


def test_a_good_description_passes_the_check(tmp_path: Path) -> None:
    assert run(["host", "--check", str(counter(tmp_path))]) == 0


def test_problems_are_told_and_the_exit_code_is_the_tools(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = counter(tmp_path, description=DESCRIPTION.replace("frame_skip", "frame_skp"))
    assert run(["host", "--check", str(folder)]) == 1
    out, err = capfd.readouterr()
    assert "frame_skp" in out + err


def test_toml_that_cannot_be_read_is_one_line_with_its_place(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = counter(tmp_path, description="name = 1 2")
    assert run(["host", "--check", str(folder)]) == 2
    line = capfd.readouterr().err
    assert line.startswith("stepwire: ") and "stepwire.game.toml: is not TOML" in line and "line 1" in line


def test_a_bundled_game_is_checked_by_its_name() -> None:
    assert run(["host", "--check", "plane"]) == 0


def test_a_draft_is_written_only_when_it_is_asked_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = counter(tmp_path)
    (folder / "stepwire.game.toml").unlink()
    assert run(["host", "--init", str(folder)]) == 0
    assert "[action]" in capfd.readouterr().out
    assert not (folder / "stepwire.game.toml").exists()
    assert run(["host", "--init", str(folder), "--write"]) == 0
    assert tomllib.loads((folder / "stepwire.game.toml").read_text())


def test_of_a_game_with_a_protocol_of_its_own_the_check_prints_what_a_server_elsewhere_needs(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["host", "--check", str(counter(tmp_path, description=TALKER_DESCRIPTION, script=TALKER))]) == 0
    text = capfd.readouterr().out
    (talker,) = declarations(text[text.index("[") :]).values()
    assert (talker.name, talker.reset_action, talker.done_key) == ("talker", 3, "over")


def test_a_declaration_is_written_so_that_it_is_read_back() -> None:
    box = {"type": "Box", "low": None, "high": [1, 2.5], "shape": [2]}
    seen = {"type": "Dict", "spaces": {"it's a": {"type": "Discrete", "n": 3}}}
    given = Declaration("./my games/toy", seen, box, reset_action=[1, "a"], scale=0.5, round=True)
    (read,) = declarations(declaration_toml(given)).values()
    assert isinstance(read, Declaration)
    assert read.name == given.name and read.observation_space == seen
    assert read.action_space == {key: value for key, value in box.items() if value is not None}
    assert (read.reset_action, read.scale, read.offset, read.round) == ([1, "a"], 0.5, 0, True)
