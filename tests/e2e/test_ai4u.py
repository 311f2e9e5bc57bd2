"""AI4U's agents through a whole server, single and in batches of every autoreset mode; what the page on them says."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

import stepwire
from stepwire_bridge.compat.portal import Portal
from stepwire_bridge.dialects.ai4u_declared import Declaration
from stepwire_service import embedded
from tests.bridge.udp.ai4u_engine import GOAL, MAX_STEPS, Agent
from tests.bridge.udp.engine import free_port
from tests.e2e.serving import ROOT

PAGE = (ROOT / "docs" / "coming-from-ai4u.md").read_text()
STEPS = 60


class Counter(gymnasium.Env[Any, Any]):
    """The rules of the tests' agents, without an engine."""

    observation_space = gymnasium.spaces.Box(0, 1000, (2,), np.float32)
    action_space = gymnasium.spaces.Discrete(4)
    start = -1

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.start = self.start + 1 if seed is None else seed
        self.count = self.steps = 0
        return self.observation(), {"steps": 0}

    def step(self, action: Any) -> Any:
        if self.steps >= MAX_STEPS:
            return self.observation(), 0.0, False, True, {"steps": 0}
        self.count, self.steps = self.count + int(action), self.steps + 1
        return self.observation(), float(action), self.count >= GOAL, False, {"steps": self.steps}

    def observation(self) -> Any:
        return np.array([self.start, self.count], np.float32)


@pytest.fixture
def port() -> int:
    return free_port()


Dial = Callable[[int], None]


@pytest.fixture
def dial(port: int) -> Iterator[Dial]:
    """Start so many engines, in a thread of their own."""
    engines = Portal()
    playing: list[asyncio.Task[None]] = []

    def start(count: int) -> None:
        for i in range(count):
            agent = Agent(("127.0.0.1", port), str(i), patience=0.2)
            engines.call(lambda agent=agent: playing.append(asyncio.get_running_loop().create_task(agent.play())))  # type: ignore[misc]

    yield start
    engines.close()


@pytest.fixture
def address(port: int, tmp_path: Path) -> Iterator[str]:
    """A server on which the page's game is declared, and knows seeds."""
    (toml,) = blocks("toml")
    file = tmp_path / "games.toml"
    file.write_text(toml.replace("8080", str(port)) + 'seed_field = "seed"\n')
    with embedded(games_file=file) as address:
        yield address


def test_one_agent_is_an_environment(address: str, dial: Dial) -> None:
    dial(1)
    with stepwire.RemoteEnv("udp:boxchase", address) as env:
        local = Counter()
        assert (env.observation_space, env.action_space) == (local.observation_space, local.action_space)
        assert data_equivalence(env.reset(seed=3), local.reset(seed=3))
        chance = np.random.default_rng(1)
        for _ in range(STEPS):
            action = chance.integers(4)
            given = env.step(action)
            assert data_equivalence(given, local.step(action))
            if given[2] or given[3]:
                assert data_equivalence(env.reset(), local.reset())


@pytest.mark.parametrize("mode", list(AutoresetMode))
def test_several_agents_are_a_batch_as_gymnasium_has_them(mode: AutoresetMode, address: str, dial: Dial) -> None:
    dial(3)
    local = SyncVectorEnv([Counter] * 3, autoreset_mode=mode)
    local.action_space.seed(2)
    remote = stepwire.RemoteVectorEnv("udp:boxchase", address, num_envs=3, autoreset_mode=mode)
    with closing(remote):
        assert data_equivalence(remote.reset(seed=5), local.reset(seed=5), exact=True)
        for _ in range(STEPS):
            actions = local.action_space.sample()
            given, expected = remote.step(actions), local.step(actions)
            assert data_equivalence(given, expected, exact=True)
            over = given[2] | given[3]
            if mode is AutoresetMode.DISABLED and over.any():
                mask = {"options": {"reset_mask": over}}
                assert data_equivalence(remote.reset(**mask), local.reset(**mask), exact=True)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def blocks(language: str) -> list[str]:
    """The page's blocks of code in that language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_pages_program_runs(port: int, dial: Dial) -> None:
    dial(1)
    program = blocks("python")[0]
    assert "8080" in program
    exec(program.replace("8080", str(port)), {})


def test_the_pages_trainer_runs(address: str, dial: Dial) -> None:
    dial(1)
    exec(blocks("python")[1].replace("localhost:50051", address), {})


def test_the_page_names_every_field_of_the_declaration() -> None:
    table = PAGE.split("### The declaration")[1].split("##")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert named == {field.name for field in fields(Declaration)} - {"name"}
