"""The console: frames and colours on a terminal, plain lines that nothing cuts everywhere else."""

import io

import pytest
from rich.console import Console

from stepwire_service.cli import console

ROWS = [("game:snake", 16, "x" * 300), ("gym:CartPole-v1", 1, "short")]


def test_off_a_terminal_a_table_is_plain_lines_that_are_never_cut(capsys: pytest.CaptureFixture[str]) -> None:
    console.out().print(console.table(console.out(), ["env", "free", "what"], ROWS))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [["env", "free", "what"], *([str(cell) for cell in row] for row in ROWS)]


def test_on_a_terminal_a_table_has_a_frame() -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True, width=80)
    with terminal.capture() as shown:
        terminal.print(console.table(terminal, ["env", "free", "what"], ROWS))
    assert "╭" in shown.get()
    assert all(len(line) <= 80 for line in shown.get().splitlines() if "\x1b" not in line)


def test_results_go_to_stdout_and_the_rest_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    console.out().print("result [1]")
    console.err().print("remark")
    assert capsys.readouterr() == ("result [1]\n", "remark\n")


def test_an_empty_table_has_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    console.out().print(console.table(console.out(), ["env"], []))
    assert capsys.readouterr().out.split() == ["env"]
