"""Train a small agent on any game with numbers for an observation and a few actions, and draw its learning curve.

    python train_game.py game:plane --envs 32 --generations 30

The cross-entropy method, in one file and with numpy alone: each generation draws one linear policy for each copy of the
game, plays an episode with all of them at once, keeps the best fifth, and draws the next ones around those. It needs no
gradient and no torch, and is quick to show whether a game can be learned at all from what its description lets an agent
see. Use a real library for more.
"""

import argparse
import csv
import time
from pathlib import Path

import gymnasium as gym
import numpy as np
from numpy.typing import NDArray

import stepwire

Floats = NDArray[np.float64]

ELITE = 0.2
"""The part of a generation that the next one is drawn around."""
NOISE = 0.3
"""Added to the spread, and shrinking to none over the run: without it the search narrows too early."""


class Scaling:
    """Observations brought to mean 0 and deviation 1, by all that has been seen so far."""

    def __init__(self, features: int) -> None:
        self.count, self.mean, self.square = 1e-4, np.zeros(features), np.ones(features)

    def __call__(self, observations: Floats) -> Floats:
        """Learn from a batch of shape (n, features), and give it scaled."""
        total = self.count + len(observations)
        self.mean += (observations.mean(0) - self.mean) * len(observations) / total
        self.square += ((observations**2).mean(0) - self.square) * len(observations) / total
        self.count = total
        return np.clip((observations - self.mean) / np.sqrt(np.maximum(self.square - self.mean**2, 1e-8)), -5, 5)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("env_id", help='such as "game:plane" or "game:./my-game"')
    parser.add_argument("--address", help="of the server (default: STEPWIRE_ADDRESS, else localhost:50051)")
    parser.add_argument("--envs", type=int, default=32, help="copies of the game, and policies of a generation")
    parser.add_argument("--generations", type=int, default=30)
    parser.add_argument("--steps", type=int, default=500, help="longest episode that a policy is judged by")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", type=Path, default=Path("curve"), help="where curve.csv and curve.png go")
    options = parser.parse_args()
    envs = stepwire.RemoteVectorEnv(options.env_id, num_envs=options.envs, address=options.address)
    try:
        curve = train(envs, options.generations, options.steps, options.seed)
    finally:
        envs.close()
    write(curve, options.into, options.env_id)


def train(envs: stepwire.RemoteVectorEnv, generations: int, steps: int, seed: int) -> list[tuple[float, float]]:
    """Learn; gives the mean and the best episode's reward of each generation."""
    actions = envs.single_action_space
    if not isinstance(actions, gym.spaces.Discrete) or not isinstance(envs.single_observation_space, gym.spaces.Box):
        raise SystemExit(
            f"needs a Box to observe and a Discrete to act, not {envs.single_observation_space}, {actions}"
        )
    draws = np.random.default_rng(seed)
    features = int(np.prod(envs.single_observation_space.shape))
    scaling = Scaling(features)
    mean, spread = np.zeros((features + 1, actions.n)), np.ones((features + 1, actions.n))
    curve: list[tuple[float, float]] = []
    began, played = time.perf_counter(), 0
    for generation in range(generations):
        policies = mean + spread * draws.standard_normal((envs.num_envs, *mean.shape))
        rewards, taken = episodes(envs, policies, scaling, steps, seed + 1000 * generation)
        played += taken
        best = policies[np.argsort(rewards)[-max(2, int(ELITE * envs.num_envs)) :]]
        mean, spread = best.mean(0), best.std(0) + NOISE * (1 - generation / generations)
        curve.append((float(rewards.mean()), float(rewards.max())))
        rate = played / (time.perf_counter() - began)
        print(
            f"generation {generation + 1:3}  mean {rewards.mean():8.2f}  best {rewards.max():8.2f}  {rate:7.0f} steps/s"
        )
    return curve


def episodes(
    envs: stepwire.RemoteVectorEnv, policies: Floats, scaling: Scaling, steps: int, seed: int
) -> tuple[Floats, int]:
    """One episode with each policy; gives the sum of each one's rewards, and how many steps were taken."""
    start = int(envs.single_action_space.start)  # type: ignore[attr-defined]
    observations, _ = envs.reset(seed=seed)
    rewards, running = np.zeros(envs.num_envs), np.ones(envs.num_envs, bool)
    for step in range(steps):
        seen = scaling(observations.reshape(envs.num_envs, -1).astype(float))
        scores = np.einsum("nf,nfa->na", np.hstack((seen, np.ones((envs.num_envs, 1)))), policies)
        observations, gained, terminated, truncated, _ = envs.step(start + scores.argmax(1))
        rewards += gained * running
        running &= ~(terminated | truncated)
        if not running.any():
            return rewards, (step + 1) * envs.num_envs
    return rewards, steps * envs.num_envs


def write(curve: list[tuple[float, float]], folder: Path, title: str) -> None:
    """Write the curve as a table, and as a picture where matplotlib is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "curve.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("generation", "mean", "best"), *((i + 1, *row) for i, row in enumerate(curve))])
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot as plt
    except ImportError:
        print(f"the curve is in {folder / 'curve.csv'}; with matplotlib it would be a picture, too")
        return
    figure, axes = plt.subplots(figsize=(7, 4))
    for label, values in zip(("mean", "best"), zip(*curve, strict=True), strict=True):
        axes.plot(range(1, len(curve) + 1), values, label=f"{label} of a generation")
    axes.set(title=title, xlabel="generation", ylabel="reward of an episode")
    axes.legend()
    figure.tight_layout()
    figure.savefig(folder / "curve.png", dpi=120)
    print(f"the curve is in {folder / 'curve.png'}")


if __name__ == "__main__":
    main()
