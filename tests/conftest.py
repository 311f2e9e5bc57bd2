"""For all tests: Ctrl-C is heard, and what was measured is printed at the end.

A test measures with `record_property("figure", "...")`, in whatever process it runs.
"""

import signal
from collections.abc import Iterator
from typing import Any

import pytest

# A shell starts what it runs in the background with SIGINT ignored, and whatever that starts inherits it.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    figures = list(_figures(terminalreporter.getreports("passed") + terminalreporter.getreports("failed")))
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.line(figure)


def _figures(reports: list[pytest.TestReport]) -> Iterator[str]:
    for report in reports:
        if report.when == "call":
            yield from (str(value) for name, value in report.user_properties if name == "figure")
