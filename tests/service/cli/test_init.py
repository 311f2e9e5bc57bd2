"""The command line as a whole: help with examples everywhere, and wrong usage is refused."""

import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from tests.service.cli.conftest import COMMAND

COMMANDS = ("serve", "host", "gymie", "demo", "envs", "spaces", "play", "health", "version")


def test_help_lists_every_command_and_the_exit_codes(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("--help")
    assert ran.code == 0
    assert re.findall(r"^  ([a-z]+)  ", ran.out, re.MULTILINE) == list(COMMANDS)
    assert "130 Ctrl-C" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(stepwire: Callable[..., Any], command: str) -> None:
    ran = stepwire(command, "--help")
    assert ran.code == 0
    assert re.search(rf"^ +stepwire {command}\b", ran.out, re.MULTILINE)


@pytest.mark.parametrize("arguments", [("nonsense",), ("serve", "--nonsense"), ("play",), ("envs", "a", "b")])
def test_wrong_usage_has_code_2_and_says_where_help_is(
    stepwire: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    ran = stepwire(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err and "Traceback" not in ran.err


def test_off_a_terminal_help_is_plain_text(stepwire: Callable[..., Any]) -> None:
    ran = subprocess.run([*COMMAND, "serve", "--help"], capture_output=True, text=True, check=True)
    assert not re.search("[\x1b╭│]", ran.stdout)


def test_help_is_there_without_waiting_for_grpc() -> None:
    code = "import sys; from stepwire_service.cli import run; run(['serve', '--help']); print('grpc' in sys.modules)"
    ran = subprocess.run([COMMAND[0], "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("False\n")
