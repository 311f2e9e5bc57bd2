"""Where the command line writes, and how: colours and boxes on a terminal, plain lines everywhere else.

Knows terminals; does not know what is written. Rich itself heeds NO_COLOR, FORCE_COLOR and TERM.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

UNLIMITED = 10_000
"""Columns where nobody looks at a terminal, so that no line is wrapped or cut before a script reads it."""


def out() -> Console:
    """What was asked for: results, on stdout."""
    return _console(stderr=False)


def err() -> Console:
    """Everything else: errors and progress, on stderr."""
    return _console(stderr=True)


def table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table of text: with a frame on a terminal, else aligned columns alone. A cell that is a number goes right."""
    rows = list(rows)
    drawn = Table(box=box.ROUNDED if console.is_terminal else None, pad_edge=console.is_terminal, highlight=False)
    for i, column in enumerate(columns):
        numbers = bool(rows) and isinstance(rows[0][i], int | float)
        drawn.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(_cell(value) for value in row))
    return drawn


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = UNLIMITED
    return console


def _cell(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
