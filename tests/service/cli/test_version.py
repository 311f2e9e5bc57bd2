"""`stepwire version` and `--version`."""

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import stepwire as client


def test_version_tells_what_a_bug_report_needs(stepwire: Callable[..., Any]) -> None:
    ran = stepwire("version")
    assert ran.code == 0
    assert ran.out.startswith(f"stepwire {client.__version__}\n")
    assert f"grpcio {version('grpcio')}\n" in ran.out
    assert f"python {platform.python_version()} on " in ran.out


def test_the_flag_tells_one_line(stepwire: Callable[..., Any]) -> None:
    assert stepwire("--version") == (0, f"stepwire {client.__version__}\n", "")
