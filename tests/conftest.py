"""Prints at the end what tests have measured: `record_property("figure", "...")`, from whatever process they ran in."""

from collections.abc import Iterator
from typing import Any

import pytest


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
