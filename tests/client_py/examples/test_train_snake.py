"""The example trainer, on real snakes: `make demo` in small."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from stepwire_service import embedded
from tests.client_py.examples.loading import loaded

SEEDS = range(1, 6)


@pytest.fixture(scope="module")
def snakes() -> Iterator[str]:
    with embedded(games=("snake=16",)) as address:
        yield address


@pytest.fixture(scope="module")
def example() -> ModuleType:
    return loaded("train_snake")


def scores(printed: str) -> tuple[float, float]:
    """Foods a game before and after the training, as the trainer prints them."""
    before, after = re.findall(r"^(?:un)?trained: +([0-9.]+) foods", printed, re.MULTILINE)
    return float(before), float(after)


def test_a_short_training_multiplies_the_score_and_saves_what_it_promises(
    example: ModuleType, snakes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert example.main(["--address", snakes, "--steps", "60000", "--out", str(tmp_path)]) == 0
    before, after = scores(capsys.readouterr().out)
    assert after >= 3 * before
    assert after >= 8
    with Image.open(tmp_path / "snake.gif") as film, Image.open(tmp_path / "learning_curve.png") as curve:
        assert film.n_frames > 20
        assert min(curve.size) > 300
    assert {"w", "w_move", "w_value"} <= set(np.load(tmp_path / "policy.npz"))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_four_of_five_training_seeds_reach_eight_foods(
    example: ModuleType, snakes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reached = []
    for seed in SEEDS:
        example.main(["--address", snakes, "--steps", "60000", "--seed", str(seed), "--out", str(tmp_path)])
        before, after = scores(capsys.readouterr().out)
        reached.append(after >= max(8, 3 * before))
    assert sum(reached) >= 4


def test_the_advantage_of_a_lone_reward_decays_towards_the_past_and_stops_at_an_end(example: ModuleType) -> None:
    steps, games = 4, 1
    zeros = np.zeros((steps, games), np.float32)
    rewards, ended = zeros.copy(), zeros.copy()
    rewards[3], ended[1] = 1.0, 1.0
    rollout = example.Rollout(zeros, zeros, zeros, rewards, ended, zeros, np.zeros(games, np.float32))
    decay = example.DISCOUNT * example.GAE
    np.testing.assert_allclose(rollout.advantages()[:, 0], [0, 0, decay, 1], rtol=1e-6)


def test_the_gradients_agree_with_differences_of_the_loss(example: ModuleType) -> None:
    rng = np.random.default_rng(0)
    policy = example.Policy(rng, hidden=5)
    seen = rng.normal(size=(6, example.FEATURES))
    policy.weights = {name: rng.normal(0, 0.3, w.shape) for name, w in policy.weights.items()}
    moves, advantages, targets = rng.integers(4, size=6), rng.normal(size=6), rng.normal(size=6)
    chances = policy(seen)[1][np.arange(6), moves]

    def loss() -> float:
        _, now, values = policy(seen)
        gain = (advantages * now[np.arange(6), moves] / chances).mean()
        entropy = -(now * np.log(now + 1e-8)).sum(axis=1).mean()
        return float(-gain + 0.5 * ((values - targets) ** 2).mean() - example.ENTROPY * entropy)

    for name, gradient in example.gradients(policy, seen, moves, chances, advantages, targets, 1.0).items():
        place = tuple(0 for _ in gradient.shape)
        policy.weights[name][place] += 1e-5
        above = loss()
        policy.weights[name][place] -= 2e-5
        below = loss()
        policy.weights[name][place] += 1e-5
        assert gradient[place] == pytest.approx((above - below) / 2e-5, rel=1e-3, abs=1e-6), name
