import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "needs-docker.sh"


def ask(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", TOOL], env={"PATH": str(folder)}, capture_output=True, text=True)


def docker(folder: Path, *, answers: str) -> None:
    """A docker program that succeeds at one command only."""
    (folder / "docker").write_text(f'#!/bin/sh\n[ "$1" = "{answers}" ]\n')
    (folder / "docker").chmod(0o755)


@pytest.mark.parametrize(
    ("answers", "lacking"),
    [(None, "this needs Docker:"), ("version", "a running Docker engine"), ("info", "docker-compose, 1.29 or 2")],
)
def test_what_is_missing_is_said_in_one_line(tmp_path: Path, answers: str | None, lacking: str) -> None:
    if answers:
        docker(tmp_path, answers=answers)
    told = ask(tmp_path)
    assert told.returncode == 2
    assert lacking in told.stderr
    assert len(told.stderr.splitlines()) == 1
