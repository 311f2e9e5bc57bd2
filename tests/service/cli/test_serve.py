"""`stepwire serve` as a real process: what it prints, how it stops, and what it refuses."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import stepwire as client
from stepwire_service.settings import Settings, load
from tests.service.cli.conftest import COMMAND

ANYWHERE = ("--address", "127.0.0.1:0", "--games-address", "127.0.0.1:0", "--web-address", "127.0.0.1:0")


@contextmanager
def _serving(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", dict[str, str]]]:
    """A server process and the addresses it printed."""
    command = [*COMMAND, "serve", *ANYWHERE, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            lines = [process.stdout.readline() for _ in range(4)]
            yield process, dict(line.split() for line in lines[1:])
        finally:
            process.kill()


def _ends(process: "subprocess.Popen[str]", number: int) -> tuple[int, str]:
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    return process.returncode, err


WORKERS = pytest.mark.parametrize(
    "workers",
    ["1", pytest.param("2", marks=pytest.mark.skipif(sys.platform != "linux", reason="workers need Linux"))],
)


@WORKERS
def test_it_says_what_listens_where_and_all_of_it_does(workers: str) -> None:
    with _serving("--workers", workers) as (_, places):
        assert list(places) == ["trainers", "games", "people"]
        with client.RemoteEnv("gym:CartPole-v1", places["trainers"]) as env:
            assert env.reset(seed=1)[1] == {}
        with urllib.request.urlopen(f"{places['people']}/healthz", timeout=10) as answer:
            assert answer.status == 200
        host, port = places["games"].removeprefix("ws://").split(":")
        socket.create_connection((host, int(port)), timeout=10).close()


def test_it_says_where_gymies_agents_connect_where_there_is_such_a_port() -> None:
    with _serving("--gymie-address", "127.0.0.1:0") as (process, places):
        assert process.stdout and list(places) == ["trainers", "games", "people"]
        assert re.fullmatch(r"  agents    ws://127\.0\.0\.1:\d+/gym\n", process.stdout.readline())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
@WORKERS
def test_a_signal_ends_it_cleanly(workers: str, number: int, code: int) -> None:
    with _serving("--workers", workers) as (process, _):
        ended, err = _ends(process, number)
    assert ended == code
    assert "draining" in err and "Traceback" not in err


@WORKERS
def test_a_running_session_may_finish_and_a_second_signal_does_not_wait_for_it(workers: str) -> None:
    with (
        _serving("--workers", workers) as (process, places),
        client.RemoteEnv("gym:CartPole-v1", places["trainers"]) as env,
    ):
        env.reset(seed=1)
        process.send_signal(signal.SIGTERM)
        health = f"{places['people']}/healthz"
        while _status(health) != 503:
            time.sleep(0.01)
        env.step(0)  # still served
        began = time.monotonic()
        code, err = _ends(process, signal.SIGTERM)
    assert code == 0 and time.monotonic() - began < Settings().drain_time / 2
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("module", "command"),
    [("snake", "stepwire play game:snake --address"), ("mine.js", "stepwire envs game: --address")],
)
def test_the_command_to_try_names_a_game_only_when_its_name_is_known(tmp_path: Path, module: str, command: str) -> None:
    (tmp_path / "mine.js").touch()
    with _serving("--games", f"{tmp_path / module if '.' in module else module}=1") as (process, _):
        assert process.stdout
        assert command in process.stdout.readline()


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_logs_as_json_are_all_that_is_written(tmp_path: Path) -> None:
    command = [*COMMAND, "serve", *ANYWHERE, "--log-format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        first = json.loads(process.stderr.readline())
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert "listening" in first["message"]
    assert out == ""
    assert all(json.loads(line)["level"] for line in err.splitlines())


def test_the_config_is_printed_as_a_file_that_can_be_read_back(
    stepwire: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEPWIRE_MAX_GAMES", "7")
    ran = stepwire("serve", "--print-config", "--step-deadline", "2")
    assert ran.code == 0
    assert "step_deadline = 2.0  # --step-deadline\n" in ran.out
    assert "max_games = 7  # STEPWIRE_MAX_GAMES\n" in ran.out
    (tmp_path / "copy.toml").write_text(ran.out)
    assert load({}, {}, tmp_path / "copy.toml").settings == Settings(step_deadline=2, max_games=7)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--step-deadline", "soon"), "--step-deadline is 'soon', expected seconds, more than 0."),
        (("--config", "missing.toml"), "missing.toml: cannot be read: No such file or directory."),
        (("--address", "0.0.0.0:0"), "there is no token. Set --token-file, or --insecure"),
        (("--token-file", os.devnull), "has no token in it"),
    ],
)
def test_settings_that_cannot_be_are_one_line(
    stepwire: Callable[..., Any], arguments: tuple[str, ...], message: str
) -> None:
    ran = stepwire("serve", *ANYWHERE, *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err


@pytest.mark.parametrize("setting", ["--address", "--games-address", "--web-address", "--gymie-address"])
@WORKERS
def test_a_port_in_use_is_one_line(workers: str, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = subprocess.run(
            [*COMMAND, "serve", *ANYWHERE, "--workers", workers, setting, address],
            capture_output=True,
            text=True,
            timeout=20,
        )
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith("stepwire: ") and address in line and "cannot be listened on" in line
