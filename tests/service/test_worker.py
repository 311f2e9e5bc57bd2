"""A worker as a real process, on pipes that the test holds in the parent's place."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import stepwire
from stepwire_service.settings import Settings
from stepwire_service.sharing import Place
from stepwire_service.worker import REFUSED, Briefing
from tests.workers import COUNTER, ODD

ROOT = Path(__file__).parents[2]
ANYWHERE = {"address": "127.0.0.1:0", "games_address": "127.0.0.1:0", "web_address": "", "workers": 1}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are workers on Linux only")


class Parent:
    """The test's end of a worker's pipes."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def tell(self, command: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def heard(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def ask(self, question: str, number: int = 1) -> Any:
        self.tell(f"{question} {number}")
        return self.heard()


def own(folder: Path) -> str:
    """Where a worker can be reached: it picks the port of a TCP address itself, and the test would not learn of it."""
    return f"unix:{folder}/own"


@contextmanager
def working(folder: Path, **settings: Any) -> Iterator[Parent]:
    place = Place(0, own(folder), (own(folder), "unix:/nowhere"))
    with subprocess.Popen(
        [sys.executable, "-m", "stepwire_service.worker"], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        parent = Parent(process)
        parent.tell(Briefing(Settings(**{**ANYWHERE, **settings}), place).line().decode().strip())
        try:
            yield parent
        finally:
            process.kill()


def test_a_briefing_is_a_line_that_says_all() -> None:
    settings = Settings(token_file=Path("a/b"), drain_time=float("inf"), games=("snake=1",))
    briefing = Briefing(settings, Place(1, "a:1", ("a:0", "a:1")))
    line = briefing.line()
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert Briefing.read(line) == briefing


def test_a_worker_says_when_it_listens_and_answers_questions(tmp_path: Path) -> None:
    with working(tmp_path) as parent:
        assert parent.heard() == {"number": 0, "answer": "ready"}
        status = parent.ask("status", 7)
        assert (status["number"], status["answer"]["sessions"]) == (7, 0)
        assert parent.ask("games", 8) == {"number": 8, "answer": None}


def test_a_worker_tells_clients_where_its_sessions_are(tmp_path: Path) -> None:
    with working(tmp_path) as parent:
        parent.heard()
        with stepwire.RemoteEnv("gym:CartPole-v1", own(tmp_path)) as env:
            env.reset()
            assert parent.ask("status")["answer"]["sessions"] == 1


def test_what_environments_print_and_read_is_not_the_parents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    (tmp_path / "chatty.py").write_text("import sys\nprint('read:', repr(sys.stdin.read()))\nimport tests.odd_envs\n")
    with working(tmp_path, gym_allow=("chatty:Odd/Counter-v0",)) as parent:
        parent.heard()
        with stepwire.RemoteEnv("gym:chatty:Odd/Counter-v0", own(tmp_path)) as env:
            env.reset()
        assert parent.ask("status")["answer"]["sessions"] == 0
        parent.tell("stop")
        assert parent.process.stderr and "read: ''\n" in parent.process.stderr.read()


def test_settings_that_cannot_be_are_refused_in_words(tmp_path: Path) -> None:
    with working(tmp_path, games=("snail=1",)) as parent:
        assert "no bundled game 'snail'" in parent.heard()["refused"]
        assert parent.process.wait(10) == REFUSED


def test_games_that_do_not_start_are_refused_when_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "game.js").write_text("throw new Error('no such thing')")
    with working(tmp_path, games=(f"{tmp_path}/game.js=1",), make_deadline=0.5) as parent:
        parent.heard()
        assert "not all of them have started" in parent.ask("games")["refused"]
        assert parent.ask("status")["answer"]["sessions"] == 0


@pytest.mark.parametrize(
    "leave",
    [lambda parent: parent.tell("stop"), lambda parent: parent.process.stdin.close()],
    ids=["command", "end of the pipe"],
)
def test_a_worker_stops_on_command_and_when_its_parent_is_gone(leave: Any, tmp_path: Path) -> None:
    with working(tmp_path) as parent:
        parent.heard()
        leave(parent)
        assert parent.process.wait(10) == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda parent: parent.tell("drain"),
        lambda parent: parent.process.send_signal(signal.SIGTERM),
        lambda parent: parent.process.send_signal(signal.SIGINT),
    ],
    ids=["command", "SIGTERM", "SIGINT"],
)
def test_a_worker_that_drains_ends_with_its_last_session(ask: Any, tmp_path: Path) -> None:
    with working(tmp_path, gym_allow=(ODD,)) as parent:
        parent.heard()
        with stepwire.RemoteEnv(COUNTER, own(tmp_path)) as env:
            env.reset()
            ask(parent)
            while not parent.ask("status")["answer"]["draining"]:
                pass
            assert env.step(0)[0] == 1
        assert parent.process.wait(10) == 0


def test_a_worker_that_is_stuck_ends_without_its_parent() -> None:
    program = (
        "import threading, time\n"
        "from io import FileIO\n"
        "from stepwire_service import worker\n"
        "worker.STOP_SECONDS = 0.1\n"
        "threading.Thread(target=worker._listen, args=(FileIO(0), print)).start()\n"
        "time.sleep(3600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as process:
        process.communicate(b"drain\n", timeout=20)
    assert process.returncode == 1


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system has no such thing")
def test_a_pinned_worker_has_one_core(tmp_path: Path) -> None:
    with working(tmp_path, pin=True) as parent:
        parent.heard()
        tasks = Path(f"/proc/{parent.process.pid}/task")
        cores = {frozenset(os.sched_getaffinity(int(task.name))) for task in tasks.iterdir()}
        assert cores == {frozenset(sorted(os.sched_getaffinity(0))[:1])}
