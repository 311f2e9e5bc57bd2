"""The trainer for any game of numbers, in small; tests/e2e/test_guide.py has it learn something."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import stepwire
from stepwire_service import embedded
from tests.client_py.examples.loading import loaded


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with embedded(games=("snake=8",)) as address:
        yield address


@pytest.fixture(scope="module")
def example() -> ModuleType:
    return loaded("train_game")


def test_it_writes_the_curve_that_it_prints(
    example: ModuleType,
    server: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["game:snake", "--address", server, "--envs", "8", "--generations", "3", "--steps", "40"]
    monkeypatch.setattr(sys, "argv", ["train_game.py", *words, "--into", str(tmp_path)])
    example.main()
    printed = capsys.readouterr().out
    with (tmp_path / "curve.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [int(row["generation"]) for row in rows] == [1, 2, 3]
    assert all(f"{float(row['mean']):8.2f}" in printed for row in rows)
    assert (tmp_path / "curve.png").stat().st_size > 5000


def test_equal_seeds_give_equal_curves(example: ModuleType, server: str) -> None:
    def curve() -> list[tuple[float, float]]:
        envs = stepwire.RemoteVectorEnv("game:snake", num_envs=8, address=server)
        try:
            return example.train(envs, 2, 30, 7)  # type: ignore[no-any-return]
        finally:
            envs.close()

    assert curve() == curve()


def test_what_it_cannot_learn_is_told_in_a_line(example: ModuleType) -> None:
    with embedded() as address:
        envs = stepwire.RemoteVectorEnv("gym:FrozenLake-v1", num_envs=2, address=address)
        with pytest.raises(SystemExit, match="needs a Box to observe and a Discrete to act, not Discrete"):
            example.train(envs, 1, 1, 1)
        envs.close()


def test_scaled_observations_have_mean_0_and_deviation_1(example: ModuleType) -> None:
    draws = np.random.default_rng(1)
    scaling = example.Scaling(3)
    for _ in range(50):
        scaled = scaling(draws.normal([5, -3, 100], [1, 2, 50], (100, 3)))
    assert np.allclose(scaled.mean(0), 0, atol=0.4)
    assert np.allclose(scaled.std(0), 1, atol=0.3)
