"""docs/from-a-game-to-a-curve.md, followed to the letter."""

import csv
import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "from-a-game-to-a-curve.md"
LISTENING = "stepwire is listening"


def blocks() -> Iterator[tuple[str, str]]:
    """The fenced blocks of the page: language and text."""
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)


def free_port() -> int:
    with socket.socket() as picked:
        picked.bind(("127.0.0.1", 0))
        port: int = picked.getsockname()[1]
        return port


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what a clone has, as far as the page names it."""
    for name in ("js_client", "client_py"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.fixture
def environ() -> dict[str, str]:
    """The programs of this Python first, and ports that nobody else has."""
    ports = [f"127.0.0.1:{free_port()}" for _ in range(2)]
    addresses = {"STEPWIRE_ADDRESS": ports[0], "STEPWIRE_GAMES_ADDRESS": ports[1], "STEPWIRE_WEB_ADDRESS": ""}
    return os.environ | addresses | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_guide_leads_to_a_curve_that_rises(clone: Path, environ: dict[str, str]) -> None:
    said: dict[str, str] = {}
    servers: list[subprocess.Popen[str]] = []
    try:
        for language, text in blocks():
            if language == "toml":
                (clone / text.splitlines()[0].removeprefix("# ")).write_text(text)
                continue
            for line in text.splitlines():
                if " --instances " in line:
                    servers.append(started(line, clone, environ))
                else:
                    said[line] = done(line, clone, environ)
    finally:
        for server in servers:
            server.terminate()
            server.communicate(timeout=30)
    assert len(servers) == 1
    assert "game:my-game" in said["stepwire envs game:"]
    with (clone / "curve" / "curve.csv").open() as file:
        means = [float(row["mean"]) for row in csv.DictReader(file)]
    assert sum(means[-3:]) / 3 > 1.5 * sum(means[:3]) / 3, means
    assert (clone / "curve" / "curve.png").stat().st_size > 5000


def started(line: str, folder: Path, environ: dict[str, str]) -> subprocess.Popen[str]:
    """A command that goes on, once it says that it listens and its games are there."""
    server = subprocess.Popen(
        shlex.split(line), cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    heard = ""
    for said in server.stdout:
        heard += said
        if LISTENING in said:
            return server
    raise AssertionError(f"{line} ended: {heard}")


def done(line: str, folder: Path, environ: dict[str, str]) -> str:
    """What a command printed; it has to end well."""
    ran = subprocess.run(shlex.split(line), cwd=folder, env=environ, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, f"{line}: {ran.stdout}{ran.stderr}"
    return ran.stdout
