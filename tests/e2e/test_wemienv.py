"""A real game in WemiEnv's messages, in a real Node, played in each of the three ways there are: the same episode."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stepwire
from stepwire_bridge.compat.wemi import GAMES_FILE, create_env
from stepwire_bridge.faults import GameGone
from tests.bridge.compat.guided import GuidedEnv, free_port
from tests.e2e.serving import COMMAND, NODE, ROOT, serving

pytestmark = pytest.mark.timeout(120)

MERGE = ROOT / "js_client" / "examples" / "merge" / "dial.js"
PAGE = ROOT / "docs" / "coming-from-wemienv.md"
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
    where = ("--instances", "1", "--url", f"ws://127.0.0.1:{port}")
    command = [*COMMAND, "host", str(MERGE.parent), *where]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as host:
        try:
            env: Any = GuidedEnv(port)  # type: ignore[no-untyped-call]
            assert episode(env.reset(), lambda action: env.step(action)[:3]) == expected
            env.conn.close()
        finally:
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
        serving("--games-file", str(GAMES_FILE), "--default-game", "Game2048") as served,
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


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def blocks(language: str) -> list[str]:
    """The page's blocks of code in that language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)


@pytest.mark.parametrize("block", blocks("python")[:-1])
def test_the_pages_programs_run(block: str) -> None:
    port = free_port()
    assert "7891" in block
    with merging(f"ws://127.0.0.1:{port}"):
        exec(block.replace("7891", str(port)), {})


def test_the_pages_server_and_trainer_run() -> None:
    (command,) = blocks("sh")
    shown = command.replace("stepwire serve", r"printf '%s\n'")
    environ = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    said = subprocess.run(["bash", "-c", shown], env=environ, capture_output=True, text=True, check=True)
    flags = said.stdout.splitlines()
    assert flags == ["--default-game", "Game2048", "--games-file", str(GAMES_FILE)]
    with serving(*flags) as served, merging(served.games):
        exec(blocks("python")[-1].replace("localhost:50051", served.address), {})
