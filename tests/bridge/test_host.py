"""A host is started, watched, started again and stopped: stand-ins, and the real runner with a game that hangs."""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwire_bridge import host
from stepwire_bridge.faults import GameSilent
from stepwire_bridge.games import Games
from stepwire_bridge.host import Host
from stepwire_bridge.hosts import HostedGame, Hosts, Launch
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.messages import Reset, Step
from tests.bridge.hosting import NODE, STUCK, Lines, hosts_of, script

TOY = HostedGame(Path("toy/game.js"), 1)


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    logger = logging.getLogger("stepwire_bridge.hosts")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)


async def test_a_host_that_ends_is_started_again(tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "FIRST_PAUSE", 0.01)
    running = Hosts(script(tmp_path, "console.log('here'); process.exit(7)"))
    toy = running.start(TOY)
    assert await lines.until("here") == "toy: here"
    await lines.until("ended with code 7")
    await lines.until("here")
    assert toy.status().restarts == 1
    await running.close()


async def test_a_host_that_cannot_start_is_not_started_again_and_says_why(games: Games, lines: Lines) -> None:
    running = hosts_of(games)
    missing = running.start(HostedGame(Path("no/such/game.js"), 1))
    assert "no/such/game.js" in await missing.failed
    await lines.until("cannot start")
    await running.close()


async def test_a_host_that_does_not_stop_is_killed(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "STOP_SECONDS", 0.1)
    stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('pid', process.pid)"
    running = Hosts(script(tmp_path, stubborn))
    running.start(TOY)
    pid = int((await lines.until("pid")).split()[-1])
    await running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_line_without_end_does_not_stop_the_log(tmp_path: Path, lines: Lines) -> None:
    running = Hosts(script(tmp_path, "console.log('x'.repeat(1e6)); console.log('after')"))
    running.start(TOY)
    await lines.until("after")
    await running.close()


async def test_ctrl_c_at_our_terminal_does_not_reach_the_hosts(tmp_path: Path, lines: Lines) -> None:
    running = Hosts(script(tmp_path, "setInterval(() => {}, 1000); console.log('pid', process.pid)"))
    running.start(TOY)
    pid = int((await lines.until("pid")).split()[-1])
    assert os.getpgid(pid) != os.getpgid(0)
    await running.close()


async def test_a_confined_host_sees_no_variable_of_ours(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "1")
    running = Hosts(script(tmp_path, "console.log('sees', Object.keys(process.env).sort().join())"))
    running.start(HostedGame(Path("toy"), 1, confined=True))
    assert (await lines.until("sees")).startswith("toy: sees LANG,LC_ALL")
    await running.close()


async def test_a_heartbeat_says_what_a_host_has_done_and_is_not_in_the_log(tmp_path: Path, lines: Lines) -> None:
    beat = '@stats {"instances": 1, "steps": 5, "episodes": 2, "faults": 1, "rss_mb": 47, "seconds": 3}'
    toy = Hosts(script(tmp_path, f"console.log('{beat}'); console.log('@stats nonsense'); console.log('after')"))
    status = toy.start(TOY)
    assert "stats" not in await lines.until("")
    now = status.status()
    assert (now.game, now.steps, now.episodes, now.faults, now.rss_mb, now.uptime) == ("toy", 5, 2, 1, 47, 3)
    await toy.close()


async def test_what_was_done_before_a_restart_counts(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "FIRST_PAUSE", 0.01)
    running = Hosts(script(tmp_path, """console.log('@stats {"steps": 5}'); console.log('here')"""))
    toy = running.start(TOY)
    await lines.until("here")
    await lines.until("here")
    assert toy.status().steps == 10
    await running.close()


async def test_a_host_that_says_nothing_for_too_long_is_killed_and_started_again(
    tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "FIRST_PAUSE", 0.01)
    launch = script(tmp_path, "console.log('pid', process.pid); while (true);")
    running = Hosts(Launch(NODE, launch.runner, "ws://nowhere", patience=0.5))
    running.start(TOY)
    await lines.until("pid")
    await lines.until("says nothing for 0.5 s, and is killed")
    await lines.until(f"ended with code {-signal.SIGKILL}")
    await lines.until("pid")
    await running.close()


async def test_a_host_that_was_found_silent_and_shows_that_it_is_not_stuck_goes_on(
    tmp_path: Path, lines: Lines
) -> None:
    beating = "console.log('here'); setInterval(() => console.log('@stats {\"steps\": 1}'), 100)"
    running = Hosts(script(tmp_path, beating))
    toy = running.start(TOY)
    await lines.until("here")
    toy.suspect()
    async with asyncio.timeout(10):
        while toy._suspected:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert toy.status().pid and not toy.status().restarts
    await running.close()


async def stuck_in_a_step(games: Games, lobby: Lobby, folder: Path) -> tuple[Hosts, list[Host]]:
    """Two hosts of one instance each, the first of which hangs, and whose connection the bridge has closed for that."""
    module = folder / "stuck.mjs"
    module.write_text(STUCK)
    running = hosts_of(games)
    both = [running.start(HostedGame(module, 1)), running.start(HostedGame(module, 1))]
    leases = await lobby.lease("stuck", 2, timeout=30)
    first, second = (lease.game for lease in leases)
    for game in (first, second):
        await game.ask(Reset(game.new_id(), [0], [None]), timeout=10)
    with pytest.raises(GameSilent):
        await first.ask(Step(first.new_id(), [0], [1]), timeout=0.2)
    await second.ask(Step(second.new_id(), [0], [0]), timeout=10)
    return running, both


async def test_a_game_that_loops_for_ever_is_killed_and_comes_back_and_its_neighbour_goes_on(
    games: Games, lobby: Lobby, tmp_path: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "SUSPECTED_SECONDS", 1.5)
    running, both = await stuck_in_a_step(games, lobby, tmp_path)
    await lines.until("stuck: says nothing for 1.5 s, and is killed")
    (fresh,) = await lobby.lease("stuck", 1, timeout=30)
    await fresh.game.ask(Reset(fresh.game.new_id(), [0], [None]), timeout=10)
    assert sorted(one.status().restarts for one in both) == [0, 1]
    await running.close()
