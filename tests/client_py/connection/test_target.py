from pathlib import Path
from typing import Any

import pytest

from stepwire.connection.target import Target, Timeouts, target_for
from stepwire.errors import InvalidOptions


def _target(**given: Any) -> Target:
    arguments = {"token": None, "tls": None, "transport": "stream", "timeouts": Timeouts()} | given
    return target_for("a:1", **arguments)


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEPWIRE_TOKEN", raising=False)
    monkeypatch.delenv("STEPWIRE_TOKEN_FILE", raising=False)


def test_a_given_token_counts_more_than_the_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWIRE_TOKEN", "other")

    assert _target(token="mine").token == "mine"


def test_the_environment_variable_counts_more_than_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEPWIRE_TOKEN", "variable")
    monkeypatch.setenv("STEPWIRE_TOKEN_FILE", str(tmp_path / "none"))

    assert _target().token == "variable"


def test_the_token_may_be_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-file\n")
    monkeypatch.setenv("STEPWIRE_TOKEN_FILE", str(tmp_path / "token"))

    assert _target().token == "from-file"


def test_of_a_servers_token_file_the_first_token_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("# who may come in\n\n  first \nsecond\n")
    monkeypatch.setenv("STEPWIRE_TOKEN_FILE", str(tmp_path / "tokens"))

    assert _target().token == "first"


def test_a_token_file_that_is_no_text_is_told_with_its_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tokens").write_bytes(b"\xff")
    monkeypatch.setenv("STEPWIRE_TOKEN_FILE", str(tmp_path / "tokens"))

    with pytest.raises(InvalidOptions, match="tokens"):
        _target()


def test_a_token_file_that_is_not_there_is_told_with_its_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEPWIRE_TOKEN_FILE", str(tmp_path / "none"))

    with pytest.raises(InvalidOptions, match="none"):
        _target()


def test_no_token_is_none() -> None:
    assert _target().token == ""


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(_target(token="secret"))


@pytest.mark.parametrize(("given", "meant"), [(None, None), (False, None), (True, ""), ("ca.pem", "ca.pem")])
def test_tls_is_off_or_by_the_systems_certificates_or_by_a_file(given: Any, meant: str | None) -> None:
    assert _target(tls=given).tls == meant


def test_an_unknown_transport_is_refused() -> None:
    with pytest.raises(InvalidOptions, match="'stream' or 'unary'"):
        _target(transport="pigeon")


@pytest.mark.parametrize("name", ["connect", "make", "reset", "step", "render"])
def test_a_timeout_that_is_no_time_is_refused(name: str) -> None:
    with pytest.raises(InvalidOptions, match=f"{name}_timeout"):
        Timeouts(**{name: 0})
