"""Logs: one line for each event, with its fields, and no way to forge one."""

import io
import json
import logging
import re

import pytest

from stepwire_service import logs
from stepwire_service.sessions.session import Identity

FORGED = "hello\n2026-01-01T00:00:00.000Z ERROR server: \x1b[31mforged\r"


def _configured(form: str, level: str = "INFO") -> io.StringIO:
    stream = io.StringIO()
    logs.configure(level, form, stream)
    return stream


def test_a_text_line_says_when_how_bad_where_and_what() -> None:
    stream = _configured("text")
    logging.getLogger("stepwire_bridge.lobby").info("%d games", 16, extra={"game": "snake", "token": None})
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO lobby: 16 games game=snake\n", stream.getvalue())


@pytest.mark.parametrize(("form", "said"), [("text", "16 games worker=1\n"), ("json", '"worker": 1}\n')])
def test_a_line_of_one_of_several_processes_says_which(form: str, said: str) -> None:
    stream = io.StringIO()
    logs.configure("INFO", form, stream, worker=1)
    logging.getLogger("stepwire_bridge.lobby").info("%d games", 16)
    assert stream.getvalue().endswith(said)


def test_a_json_line_has_the_same_as_fields() -> None:
    stream = _configured("json")
    logging.getLogger("stepwire_bridge.lobby").warning("game gone", extra={"game": "snake", "instances": (1, 2)})
    entry = json.loads(stream.getvalue())
    assert entry.pop("time").endswith("Z")
    assert entry == {
        "level": "WARNING",
        "logger": "stepwire_bridge.lobby",
        "message": "game gone",
        "game": "snake",
        "instances": [1, 2],
    }


def test_a_session_named_in_a_message_is_fields_of_a_json_line_and_its_secrets_are_not() -> None:
    stream = _configured("json")
    identity = Identity("session-f00", b"resume", b"make", "token", "game:snake")
    logging.getLogger("stepwire_service.sessions").info("session %s: closed", identity)
    entry = json.loads(stream.getvalue())
    assert (entry["session_id"], entry["env_id"]) == ("session-f00", "game:snake")
    assert entry["message"] == "session session-f00 (game:snake): closed"
    assert set(entry) == {"time", "level", "logger", "message", "session_id", "env_id"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_a_stranger_sends_stays_in_one_line_without_control_characters(form: str) -> None:
    stream = _configured(form)
    logging.getLogger("stepwire_bridge").warning("bad message: %s", FORGED, extra={"game": FORGED})
    line = stream.getvalue()
    assert line.count("\n") == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", line)


def test_a_traceback_follows_its_text_line_indented() -> None:
    stream = _configured("text")
    try:
        raise ValueError("no\nsuch")
    except ValueError:
        logging.getLogger("stepwire_service").exception("our bug")
    first, *rest = stream.getvalue().splitlines()
    assert first.endswith("ERROR stepwire_service: our bug")
    assert all(line.startswith("    ") for line in rest)
    assert "ValueError: no" in stream.getvalue()


def test_a_traceback_is_a_field_of_its_json_line() -> None:
    stream = _configured("json")
    try:
        raise ValueError("no such")
    except ValueError:
        logging.getLogger("stepwire_service").exception("our bug")
    assert json.loads(stream.getvalue())["traceback"].endswith("ValueError: no such")


def test_the_level_is_for_our_own_loggers_and_others_speak_from_warning_on() -> None:
    stream = _configured("text", level="DEBUG")
    logging.getLogger("stepwire_service.web").debug("ours")
    logging.getLogger("websockets.server").info("theirs")
    logging.getLogger("grpc").warning("serious")
    assert [line.split(": ")[1] for line in stream.getvalue().splitlines()] == ["ours", "serious"]


def test_configuring_twice_writes_each_line_once() -> None:
    _configured("text")
    stream = _configured("text")
    logging.getLogger("stepwire_service").info("once")
    assert stream.getvalue().count("once") == 1
