"""`stepwire gymie` as a real process: what it prints, how it stops, and what it refuses."""

import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.service.cli.conftest import COMMAND
from tests.service.fronts.gymie.agents import classic


@contextmanager
def _serving(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server process and the host:port it printed."""
    command = [*COMMAND, "gymie", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            words = process.stdout.readline().partition("ws://")[2]
            yield process, words.partition("/")[0]
        finally:
            process.kill()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
async def test_it_says_where_agents_connect_and_a_signal_ends_it(number: int, code: int) -> None:
    with _serving("--port", "0") as (process, address):
        assert address.startswith("127.0.0.1:")
        async with classic(address) as agent:
            assert len(await agent.make("CartPole-v1")) == 32
            process.send_signal(number)
            assert (await agent.closed())[0] == 1001
        _, err = process.communicate(timeout=20)
    assert process.returncode == code and "Traceback" not in err


async def test_the_short_flags_are_those_of_gymie(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("secret\n")
    with _serving("-l", "localhost", "-p", "0", "--token-file", str(tmp_path / "tokens")) as (_, address):
        async with classic(address, "?token=secret") as agent:
            assert len(await agent.make("CartPole-v1")) == 32


async def test_whoever_insists_may_let_everybody_in_and_pages_as_well() -> None:
    arguments = ("-l", "0.0.0.0", "-p", "0", "--insecure", "--allowed-origins", "http://localhost:3000")
    with _serving(*arguments) as (_, address):
        async with classic(address.replace("0.0.0.0", "127.0.0.1"), origin="http://localhost:3000") as agent:
            assert len(await agent.make("CartPole-v1")) == 32


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-l", "0.0.0.0", "-p", "0"), "gymie_address 0.0.0.0:0 can be reached from other machines"),
        (("-p", "0", "--token-file", "/nowhere"), "token_file /nowhere: cannot be read"),
        (("-l", "127.0.0.1:9"), "host 127.0.0.1:9: expected a name or an address, without a port"),
        (("--config", "/nowhere"), "/nowhere: cannot be read"),
    ],
)
def test_what_cannot_be_is_one_line(stepwire: Callable[..., Any], arguments: tuple[str, ...], message: str) -> None:
    ran = stepwire("gymie", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err


def test_a_port_in_use_is_one_line(stepwire: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = stepwire("gymie", "--port", address.rpartition(":")[2])
    assert (ran.code, ran.out) == (2, "")
    assert f"gymie_address {address}: cannot be listened on" in ran.err.splitlines()[-1]


def test_a_port_beyond_the_last_is_wrong_usage(stepwire: Callable[..., Any]) -> None:
    assert stepwire("gymie", "--port", "70000").code == 2


def test_the_settings_address_is_taken_where_no_flag_gives_one(
    stepwire: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPWIRE_GYMIE_ADDRESS", "0.0.0.0:0")
    assert "gymie_address 0.0.0.0:0" in stepwire("gymie").err
    monkeypatch.setenv("STEPWIRE_ADDRESS", "0.0.0.0:0")  # not listened on, so nobody minds
    assert "gymie_address 0.0.0.0:1" in stepwire("gymie", "-l", "0.0.0.0", "-p", "1").err
