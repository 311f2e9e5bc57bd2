"""Exits: every expected end of a command has its code and one line; a bug keeps its traceback."""

from collections.abc import Callable

import pytest
import typer

from stepwire.errors import BY_REASON, ConnectionFailed, EpisodeOver, InvalidOptions
from stepwire_service import assets
from stepwire_service.assets import MissingAsset
from stepwire_service.cli.exits import CommandError, guarded
from stepwire_service.settings import ConfigError


def _raising(error: BaseException) -> Callable[[], None]:
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CommandError("no"), 1),
        (CommandError("no", code=2), 2),
        (ConfigError("no"), 2),
        (MissingAsset("no"), 2),
        (InvalidOptions("no"), 2),
        (ConnectionFailed("no"), 1),
        (EpisodeOver("no"), 1),
        (PermissionError("no"), 1),
    ],
)
def test_an_expected_error_is_one_line_on_stderr_and_a_code(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(_raising(error)) == code
    assert capsys.readouterr() == ("", "stepwire: no\n")


def test_an_error_of_several_lines_becomes_one(capsys: pytest.CaptureFixture[str]) -> None:
    guarded(_raising(ConnectionFailed("no server\n  answers there")))
    assert capsys.readouterr().err == "stepwire: no server answers there\n"


@pytest.mark.parametrize(
    ("end", "code"),
    [(SystemExit(0), 0), (SystemExit(2), 2), (SystemExit(None), 0), (KeyboardInterrupt(), 130)],
)
def test_other_ends_say_nothing(end: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(_raising(end)) == code
    assert capsys.readouterr() == ("", "")


def test_a_command_that_returns_is_done() -> None:
    assert guarded(lambda: None) == 0


@pytest.mark.parametrize("bug", [ValueError("bug"), typer.Exit(3)])
def test_a_bug_is_not_hidden(bug: Exception) -> None:
    with pytest.raises(type(bug)):
        guarded(_raising(bug))


def test_every_error_of_the_client_is_on_the_page_for_troubles() -> None:
    page = (assets.TREE / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    seen_by_users = [error.__name__ for error in BY_REASON.values() if not error.__subclasses__()]
    assert [name for name in seen_by_users if f"`{name}`" not in page] == []
