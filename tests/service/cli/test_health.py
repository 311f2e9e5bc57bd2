"""`stepwire health`: exit codes that a health check can use."""

from collections.abc import Callable
from typing import Any


def test_a_server_that_takes_sessions_is_healthy(stepwire: Callable[..., Any], address: str) -> None:
    assert stepwire("health", address) == (0, f"{address} is serving\n", "")


def test_nobody_is_not(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("health", "127.0.0.1:1", "--timeout", "1")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "no stepwire server answers at 127.0.0.1:1" in ran.err


def test_a_name_that_nobody_knows_is_not(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("health", "dns:///no-such-name.invalid:1", "--timeout", "1")
    assert ran.code == 1
    assert "no-such-name.invalid" in ran.err


def test_no_time_at_all_is_wrong_usage(stepwire: Callable[..., Any], address: str) -> None:
    assert stepwire("health", address, "--timeout", "0").code == 2
