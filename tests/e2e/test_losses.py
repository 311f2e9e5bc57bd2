"""Games and networks that are lost in the middle of an episode. Everybody learns of it soon."""

import os
import signal
import statistics
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest

import stepwire
from stepwire import errors
from tests.e2e.bad_game import ACTION, BadGame, but
from tests.e2e.conftest import Figure
from tests.e2e.neighbour import episode, same
from tests.e2e.serving import SHORT, Served, hosted, serving
from tests.e2e.waiting import later, soon
from tests.proxy import Proxy

pytestmark = pytest.mark.timeout(60)

SILENT = but("step", lambda *_: [])
ROUNDS = 5
NOTICED = 0.1  # seconds: what the trainer's GameGone may come after the end of the connection


# ── a game that is lost ──


@pytest.mark.usefixtures("neighbour")
def test_a_game_that_hangs_up_in_mid_step_is_gone_for_its_trainer_within_100_ms(served: Served, figure: Figure) -> None:
    delays = [_hang_up(served, f"mortal-{number}") for number in range(ROUNDS)]
    figure(f"GameGone after a reset connection: {_told(delays)}")
    assert statistics.median(delays) <= NOTICED


def _told(delays: list[float]) -> str:
    return f"median {1e3 * statistics.median(delays):.1f} ms, longest {1e3 * max(delays):.1f} ms of {len(delays)}"


def _hang_up(served: Served, name: str) -> float:
    with BadGame(served.games, SILENT, name=name) as game, stepwire.RemoteEnv(f"game:{name}", served.address) as env:
        env.reset()
        thread, outcome = later(lambda: env.step(ACTION))
        game.until("step")  # it has been asked and does not answer
        ended = time.perf_counter()
        game.abort()
        thread.join()
    assert isinstance(outcome[0][1], errors.GameGone), outcome
    return outcome[0][0] - ended


@pytest.mark.usefixtures("neighbour")
def test_a_game_whose_process_is_killed_is_gone_for_its_trainer_within_100_ms(served: Served, figure: Figure) -> None:
    with serving(*SHORT) as own:
        delays = [_kill(own) for _ in range(ROUNDS)]
    figure(f"GameGone after kill -9 of the game's process: {_told(delays)}")
    assert statistics.median(delays) <= NOTICED


def _kill(served: Served) -> float:
    with hosted(served.games) as node, stepwire.RemoteEnv("game:snake", served.address) as env:
        env.reset()
        node.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, node.pid, os.WSTOPPED | os.WNOWAIT)  # from here on it answers nothing
        thread, outcome = later(lambda: env.step(0))
        killed = time.perf_counter()
        node.kill()
        thread.join()
    assert isinstance(outcome[0][1], errors.GameGone), outcome
    return outcome[0][0] - killed


def test_after_a_crash_and_a_restart_of_the_host_the_next_reset_works() -> None:
    with serving(*SHORT) as served, stepwire.RemoteEnv("game:snake", served.address, reset_timeout=1) as env:
        with hosted(served.games) as node:
            first = env.reset(seed=3)
            node.kill()
            with pytest.raises(errors.GameGone, match=r"'snake' is gone.*reset\(\) starts over"):
                env.step(0)
            with pytest.raises(errors.NotReset, match="Call reset"):
                env.step(0)
            with pytest.raises(errors.NoGameWaiting, match="no game 'snake' is connected"):
                env.reset()
        with hosted(served.games):
            again = env.reset(seed=3)
            assert np.array_equal(again[0], first[0])
            env.step(0)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_host_that_the_server_started_is_started_again_and_does_not_outlive_the_server() -> None:
    with serving("--games", "snake=1") as served, stepwire.RemoteEnv("game:snake", served.address) as env:
        first, before = env.reset(seed=3)[0], _children(served)
        os.kill(before[0], signal.SIGKILL)
        with pytest.raises(errors.GameGone):
            env.step(0)
        assert np.array_equal(env.reset(seed=3)[0], first)  # waits for the next one
        (after,) = _children(served)
        assert after not in before
        served.process.kill()
        soon(lambda: not _alive(after))


def _alive(pid: int) -> bool:
    """Whether a process runs; one that has ended may be left for its parent to look at."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def _children(served: Served) -> list[int]:
    pid = served.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_reset_waits_for_a_host_that_is_being_restarted() -> None:
    with serving(*SHORT) as served, stepwire.RemoteEnv("game:snake", served.address) as env:
        with hosted(served.games) as node:
            env.reset(seed=3)
            node.kill()
            with pytest.raises(errors.GameGone):
                env.step(0)
        thread, outcome = later(env.reset)
        with hosted(served.games):
            thread.join()
            assert outcome[0][1][0].shape == (3, 10, 10), outcome


def test_a_lost_game_may_be_a_truncated_episode_instead(served: Served) -> None:
    env = stepwire.RemoteEnv("game:brittle", served.address, truncate_on_game_gone=True)
    with BadGame(served.games, name="brittle") as game, env:
        env.reset()
        before = env.step(ACTION)
        game.abort()
        observation, reward, terminated, truncated, info = env.step(ACTION)
        assert np.array_equal(observation, before[0])
        assert (reward, terminated, truncated) == (0.0, False, True)
        assert "'brittle' is gone" in info["game_gone"]
        with pytest.raises(errors.EpisodeOver):
            env.step(ACTION)
        with BadGame(served.games, name="brittle"):
            assert env.reset()[0].tolist() == [1, 0]


def test_a_batch_loses_only_the_copies_of_the_lost_game(served: Served) -> None:
    batch = stepwire.RemoteVectorEnv(
        "game:twins", num_envs=4, address=served.address, truncate_on_game_gone=True, autoreset_mode="NextStep"
    )
    with ExitStack() as stack:
        games = [stack.enter_context(BadGame(served.games, name="twins", instances=2)) for _ in range(2)]
        envs = stack.enter_context(closing(batch))
        actions = {"thrust": np.zeros((4, 2), np.float32), "gear": np.zeros(4, np.int64)}
        envs.reset()
        envs.step(actions)
        games[1].abort()
        observations, rewards, terminations, truncations, infos = envs.step(actions)
        assert sorted(rewards) == [0, 0, 1, 1] and not terminations.any()
        assert (truncations == (rewards == 0)).all()
        assert observations[~truncations].tolist() == [[1, 2]] * 2
        assert (infos["_game_gone"] == truncations).all()
        stack.enter_context(BadGame(served.games, name="twins", instances=2))
        observations, _, _, truncations, _ = envs.step(actions)  # the lost ones start over elsewhere
        assert sorted(observations.tolist()) == [[1, 0], [1, 0], [1, 3], [1, 3]] and not truncations.any()


# ── a network that goes silent ──


@pytest.mark.usefixtures("neighbour")
def test_a_game_behind_a_dead_network_is_silent_after_the_steps_deadline(served: Served) -> None:
    with Proxy(served.games.removeprefix("ws://")) as proxy:
        env = stepwire.RemoteEnv("game:far", served.address, step_timeout=0.3)
        with BadGame(f"ws://{proxy.address}", name="far"), env:
            env.reset()
            proxy.freeze()
            with pytest.raises(errors.GameSilent, match=r"'far' did not answer step within 0\.3 s"):
                env.step(ACTION)
            with BadGame(served.games, name="far"):
                env.reset()


@pytest.mark.usefixtures("neighbour")
@pytest.mark.parametrize("transport", ["stream", "unary"])
def test_a_trainer_behind_a_dead_network_gets_its_deadline_and_starts_anew(transport: str, served: Served) -> None:
    with Proxy(served.address) as proxy:
        env = stepwire.RemoteEnv("game:snake", proxy.address, step_timeout=0.3, transport=transport)
        with env:
            env.reset(seed=1)
            proxy.freeze()
            began = time.monotonic()
            with pytest.raises(errors.DeadlineExceeded, match=r"did not answer in time.*reset\(\) makes a new one"):
                env.step(0)
            assert time.monotonic() - began < 5
            env.reset(seed=1)  # over a new connection
            env.step(0)


@pytest.mark.usefixtures("neighbour")
def test_a_step_over_a_connection_that_is_cut_is_taken_once(served: Served) -> None:
    with ExitStack() as stack:
        proxy = stack.enter_context(Proxy(served.address))
        twin = stack.enter_context(stepwire.RemoteEnv("game:snake", served.address))
        env = stack.enter_context(stepwire.RemoteEnv("game:snake", proxy.address))
        for number, (ours, theirs) in enumerate(zip(episode(env), episode(twin), strict=True)):
            assert same(ours, theirs)
            if number % 3 == 0:
                proxy.cut()
