"""A real game in WemiEnv's messages, in a real Node, played in each of the three ways there are: the same episode."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stepwire
from stepwire_bridge.compat.wemi import create_env
from stepwire_bridge.dialects import wemi
from stepwire_bridge.faults import GameGone
from tests.bridge.compat.guided import GuidedEnv, free_port
from tests.e2e.serving import COMMAND, NODE, ROOT, serving

pytestmark = pytest.mark.timeout(120)

MERGE = ROOT / "js_client" / "examples" / "merge" / "dial.js"
GAMES = Path(wemi.__file__).parent / "wemi_games.toml"
ACTIONS = np.random.default_rng(7).integers(0, 4, 2000).tolist()

Step = tuple[list[int], float, bool]


@contextmanager
def merging(url: str) -> Iterator[None]:
    """The game in a process of its own, which dials until somebody listens."""
    with subprocess.Popen([NODE, MERGE, url], stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


def episode(first: Any, step: Callable[[int], tuple[Any, Any, Any]]) -> list[Step]:
    """All that is given, from the reset to the end."""
    given: list[Step] = [(np.asarray(first).tolist(), 0, False)]
    for action in ACTIONS:
        observation, reward, over = step(action)
        given.append((np.asarray(observation).tolist(), float(reward), bool(over)))
        if over:
            return given
    raise AssertionError("the game has no end")


@pytest.fixture(scope="module")
def expected() -> list[Step]:
    """The episode as an environment of the guide's gives it."""
    port = free_port()
    with merging(f"ws://localhost:{port}"):
        env: Any = GuidedEnv(port)  # type: ignore[no-untyped-call]
        given = episode(env.reset(), lambda action: env.step(action)[:3])
        assert episode(env.reset(), lambda action: env.step(action)[:3]) == given
        env.conn.close()
    return given


def test_an_environment_written_after_the_guide_plays_to_the_end(expected: list[Step]) -> None:
    assert len(expected) > 50
    assert sum(reward for _, reward, _ in expected) > 200


def test_the_mini_game_itself_gives_it_the_same_episode(expected: list[Step]) -> None:
    port = free_port()
    command = [*COMMAND, "host", str(MERGE.parent), "--url", f"ws://127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as host:
        env: Any = GuidedEnv(port)  # type: ignore[no-untyped-call]
        assert episode(env.reset(), lambda action: env.step(action)[:3]) == expected
        env.conn.close()
        host.terminate()


def test_create_env_gives_the_same_episode(expected: list[Step]) -> None:
    with create_env("Game2048", port=0) as env, merging(env.address):
        for _ in range(2):
            first, _ = env.reset()
            assert episode(first, lambda action: env.step(action)[:3]) == expected


def test_create_env_gives_it_with_the_calls_of_before_too(expected: list[Step]) -> None:
    with create_env("Game2048", port=0, old_api=True) as env, merging(f"ws://localhost:{env.env.port}"):
        assert episode(env.reset(), lambda action: env.step(action)[:3]) == expected


def test_a_server_gives_the_same_episode(expected: list[Step]) -> None:
    with (
        serving("--games-file", str(GAMES), "--default-game", "Game2048") as served,
        merging(served.games),
        stepwire.RemoteEnv("game:Game2048", served.address) as env,
    ):
        for _ in range(2):
            first, _ = env.reset()
            assert episode(first, lambda action: env.step(action)[:3]) == expected


def test_the_games_process_may_come_back_while_the_trainer_goes_on(expected: list[Step]) -> None:
    with create_env("Game2048", port=0) as env:
        with merging(env.address):
            env.reset()
        with pytest.raises(GameGone):
            env.step(0)
        with merging(env.address):
            first, _ = env.reset()
            assert episode(first, lambda action: env.step(action)[:3]) == expected
