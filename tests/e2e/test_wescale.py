"""Games of WeScale's guide, and one over HTTP, in real Nodes behind a real server; and the page on them, run."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

import stepwire
from stepwire_bridge.dialects.declared import declarations
from tests.bridge.compat.guided import free_port
from tests.bridge.grid import Grid, node
from tests.bridge.slither import SLITHER, TOML, Slither
from tests.e2e.serving import NODE, ROOT, Served, serving

pytestmark = pytest.mark.timeout(120)

PAGE = ROOT / "docs" / "coming-from-wescale.md"
COPIES = 3

DECLARED = """
[{name}]
dialect = "wescale"
url = "{url}"
action_space = {{ type = "Discrete", n = 4 }}
render_modes = ["ansi"]
[{name}.observation_space]
type = "Dict"
spaces.player_pos = {{ type = "Box", low = 0, high = 10, shape = [2], dtype = "int32" }}
spaces.enemy_pos = {{ type = "Box", low = 0, high = 10, shape = [2], dtype = "int32" }}
"""


@contextmanager
def slither() -> Iterator[str]:
    """The game over HTTP; gives its address."""
    with subprocess.Popen([NODE, SLITHER], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://localhost:{process.stdout.readline().strip()}"
        finally:
            process.kill()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a grid that dials, one that it dials, and slither."""
    file = tmp_path_factory.mktemp("games") / "games.toml"
    with ExitStack() as stack:
        listening = stack.enter_context(node("listen.js", "0", "--frames")).removeprefix("listening at ")
        asked = stack.enter_context(slither())
        grids = DECLARED.format(name="dials", url="") + DECLARED.format(name="listens", url=listening)
        file.write_text(grids + TOML.replace("http://localhost:3000", asked))
        served = stack.enter_context(serving("--games-file", str(file)))
        for copy in range(COPIES):
            stack.enter_context(node("dial.js", f"{served.games}/wescale/dials", *(["--typed"] if copy else [])))
        yield served


def equals(env: Any, local: Any, actions: Any) -> int:
    """Play both with these actions; gives how many episodes ended."""
    ends = 0
    assert data_equivalence(env.reset(), local.reset(), exact=True)
    for action in actions:
        result = env.step(action)
        assert data_equivalence(result, local.step(action), exact=True)
        if result[2] or result[3]:
            ends += 1
            assert data_equivalence(env.reset(), local.reset(), exact=True)
    return ends


@pytest.mark.parametrize("game", ["dials", "listens"])
def test_a_game_of_the_guide_equals_its_rules_step_by_step(served: Served, game: str) -> None:
    with stepwire.RemoteEnv(f"game:{game}", served.address) as env:
        assert env.observation_space == Grid.observation_space
        assert equals(env, Grid(), np.random.default_rng(2).integers(0, 4, 300)) > 2


@pytest.mark.parametrize("mode", AutoresetMode)
def test_several_connections_of_a_game_equal_sync_vector_env(served: Served, mode: AutoresetMode) -> None:
    local = SyncVectorEnv([Grid] * COPIES, autoreset_mode=mode)
    envs = stepwire.RemoteVectorEnv("game:dials", served.address, num_envs=COPIES, autoreset_mode=mode)
    with closing(envs):
        assert data_equivalence(envs.reset(), local.reset(), exact=True)
        for actions in np.random.default_rng(3).integers(0, 4, (150, COPIES)):
            result = envs.step(actions)
            assert data_equivalence(result, local.step(actions), exact=True)
            over = result[2] | result[3]
            if mode == AutoresetMode.DISABLED and over.any():
                # The mask is taken out of a local environment's options, so each needs its own.
                assert data_equivalence(
                    envs.reset(options={"reset_mask": over}), local.reset(options={"reset_mask": over}), exact=True
                )


def test_a_frame_of_a_game_is_its_picture(served: Served) -> None:
    local = Grid()
    with stepwire.RemoteEnv("game:listens", served.address, render_mode="ansi") as env:
        env.reset()
        local.reset()
        assert env.render() == local.render()


def test_a_game_over_http_equals_its_rules_step_by_step(served: Served) -> None:
    actions = np.random.default_rng(4).integers(-100, 100, (300, 2), dtype=np.int32)
    with stepwire.RemoteEnv("game:slither", served.address) as env:
        assert env.observation_space == Slither.observation_space
        assert equals(env, Slither(), actions) > 10


def test_an_action_that_is_no_number_is_not_sent_to_it(served: Served) -> None:
    with stepwire.RemoteEnv("game:slither", served.address) as env:
        env.reset()
        with pytest.raises(stepwire.errors.InvalidAction):
            env.step(["abc", 1])


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def blocks(language: str) -> list[str]:
    """The page's blocks of code in that language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)


@contextmanager
def written(folder: Path, address: str, copies: int = 1) -> Iterator[None]:
    """The page's game in Node, which dials that address."""
    game = folder / "game.mjs"
    (code,) = blocks("js")
    game.write_text(code.replace("ws://localhost:8765", address))
    with ExitStack() as stack:
        for _ in range(copies):
            stack.callback(stack.enter_context(subprocess.Popen([NODE, game], stdout=subprocess.DEVNULL)).kill)
        yield


@pytest.mark.parametrize("program", [0, 1])
def test_the_pages_trainers_run_with_the_pages_game(tmp_path: Path, program: int) -> None:
    address = f"ws://127.0.0.1:{free_port()}"
    code = blocks("python")[program]
    assert "ws://localhost:8765" in code
    with written(tmp_path, address):
        exec(code.replace("ws://localhost:8765", address), {})


def test_the_pages_server_and_trainers_run(tmp_path: Path) -> None:
    assert blocks("sh") == ["stepwire serve --games-file my-games.toml\n"]
    file, (chase, asked), (_, _, batch, single) = tmp_path / "my-games.toml", blocks("toml"), blocks("python")
    assert set(declarations(chase + asked)) == {"chase", "slither"}
    with slither() as url:
        file.write_text(chase + asked.replace("http://localhost:3000", url))
        with serving("--games-file", str(file)) as served, written(tmp_path, f"{served.games}/wescale/chase", copies=2):
            exec(batch.replace("localhost:50051", served.address), {})
            exec(single.replace("localhost:50051", served.address), {})
