"""The page about the settings: it is current, complete, and says so when it is not."""

from pathlib import Path

import pytest

from stepwire_service.settings import kinds
from tools import settings_page


def test_the_page_in_the_repository_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert settings_page.main(["--check"]) == 0, capsys.readouterr().err


def test_a_page_that_is_not_current_is_told_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.md").write_text("old")
    monkeypatch.setattr(settings_page, "PAGE", tmp_path / "settings.md")
    assert settings_page.main(["--check"]) == 1
    assert "run python tools/settings_page.py" in capsys.readouterr().err
    assert (tmp_path / "settings.md").read_text() == "old"


def test_writing_makes_it_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_page, "PAGE", tmp_path / "settings.md")
    assert [settings_page.main([]), settings_page.main(["--check"])] == [0, 0]


def test_every_setting_has_its_row() -> None:
    rows = [line for line in settings_page.page().splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(kinds())
    assert all(row.replace("\\|", "").count("|") == 6 for row in rows)
