"""Learn a JavaScript snake with a small policy-gradient agent: numpy for the learning, stepwire for the games.

    python client_py/examples/train_snake.py --address localhost:50051

One file, read from top to bottom: what the agent sees, its network, how it learns (PPO), how it is judged, the training
loop, and what is written at the end. Needs `pip install "stepwire[demo]"` and a server with 16 free snakes, which
`stepwire serve --games snake=16` or `stepwire demo` starts.
"""

import argparse
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

import stepwire
from stepwire import errors

Array = NDArray[Any]

BOARD = 10  # cells along each side
WINDOW = 5  # cells along each side of what the agent sees around the snake's head
FEATURES = WINDOW * WINDOW + 4 + 2

# PPO with customary values, but for a larger learning rate: the network is tiny.
ROLLOUT = 64  # steps of each game between two updates
DISCOUNT = 0.97
GAE = 0.9
CLIP = 0.2
EPOCHS = 3
MINIBATCHES = 4
LEARNING_RATE = 2e-3
ENTROPY = 0.02

TEST_SEED = 1_000_000  # 100 games from here on judge the agent; training seeds stay below
TEST_GAMES = 100
LONGEST_EPISODE = 5_000  # steps; a snake that fills the board needs fewer


# ---------------------------------------------------------------------------------------------------- what it sees


def features(boards: Array) -> Array:
    """Boards uint8[n, 3, 10, 10] → float32[n, 31]: what is around the head, and where the food is.

    A board's planes are the head (1), the body (for each cell, the turns until the snake has left it), the food (1).
    """
    n = len(boards)
    head = np.argmax(boards[:, 0].reshape(n, -1), axis=1)
    food = np.argmax(boards[:, 2].reshape(n, -1), axis=1)
    head_y, head_x = np.divmod(head, BOARD)
    food_y, food_x = np.divmod(food, BOARD)
    down, right = food_y - head_y, food_x - head_x

    reach = WINDOW // 2
    blocked = np.minimum(boards[:, 1], WINDOW) / WINDOW  # 0 free … 1 blocked for longer than it takes to get there
    walled = np.pad(blocked, ((0, 0), (reach, reach), (reach, reach)), constant_values=1.0)
    windows = np.lib.stride_tricks.sliding_window_view(walled, (WINDOW, WINDOW), axis=(1, 2))
    around = windows[np.arange(n), head_y, head_x].reshape(n, -1)
    towards = np.stack([down < 0, right > 0, down > 0, right < 0], axis=1)
    distance = np.stack([down, right], axis=1) / BOARD
    return np.concatenate([around, towards, distance], axis=1).astype(np.float32)


# ------------------------------------------------------------------------------------------------------ its network


class Policy:
    """One hidden layer; two heads: how good each of the four moves is, and how well the game stands."""

    def __init__(self, rng: np.random.Generator, hidden: int = 64) -> None:
        shapes = {"w": (FEATURES, hidden), "b": (hidden,), "w_move": (hidden, 4), "b_move": (4,)}
        shapes |= {"w_value": (hidden, 1), "b_value": (1,)}
        scale = {"w": FEATURES**-0.5, "w_move": 0.01, "w_value": 0.01}
        self.weights: dict[str, Any] = {
            k: rng.normal(0, scale.get(k, 0.0), s).astype(np.float32) for k, s in shapes.items()
        }
        self._mean = {k: np.zeros_like(w) for k, w in self.weights.items()}
        self._square = {k: np.zeros_like(w) for k, w in self.weights.items()}
        self._updates = 0

    def __call__(self, seen: Array) -> tuple[Array, Array, Array]:
        """Features float32[n, 31] → hidden activations [n, hidden], move probabilities [n, 4], values [n]."""
        w = self.weights
        hidden = np.tanh(seen @ w["w"] + w["b"])
        logits = hidden @ w["w_move"] + w["b_move"]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return hidden, odds / odds.sum(axis=1, keepdims=True), (hidden @ w["w_value"] + w["b_value"])[:, 0]

    def adam(self, gradients: dict[str, Array], rate: float) -> None:
        """One Adam update, the gradient clipped to a norm of 0.5."""
        self._updates += 1
        norm = np.sqrt(sum(float(np.sum(g * g)) for g in gradients.values()))
        shrink = min(1.0, 0.5 / (norm + 1e-8))
        for name, gradient in gradients.items():
            g = gradient * shrink
            self._mean[name] = 0.9 * self._mean[name] + 0.1 * g
            self._square[name] = 0.999 * self._square[name] + 0.001 * g * g
            mean = self._mean[name] / (1 - 0.9**self._updates)
            square = self._square[name] / (1 - 0.999**self._updates)
            self.weights[name] -= rate * mean / (np.sqrt(square) + 1e-8)


# --------------------------------------------------------------------------------------------------- how it learns


@dataclass
class Rollout:
    """What happened in ROLLOUT steps of n games, each array [ROLLOUT, n, ...], and the values after the last one."""

    seen: Array
    moves: Array
    chances: Array
    rewards: Array
    ended: Array
    values: Array
    last_values: Array

    def advantages(self) -> Array:
        """Generalised advantage estimates, [ROLLOUT, n]."""
        result = np.zeros_like(self.rewards)
        values = np.concatenate([self.values, self.last_values[None]])
        going_on = 1.0 - self.ended
        running = np.zeros_like(self.last_values)
        for t in reversed(range(len(result))):
            surprise = self.rewards[t] + DISCOUNT * values[t + 1] * going_on[t] - values[t]
            running = surprise + DISCOUNT * GAE * going_on[t] * running
            result[t] = running
        return result


def learn(policy: Policy, rollout: Rollout, rng: np.random.Generator, progress: float) -> None:
    """Improve the policy on one rollout; rate and entropy bonus fall to zero as progress goes from 0 to 1."""
    advantages = rollout.advantages()
    targets = (advantages + rollout.values).ravel()
    advantages = ((advantages - advantages.mean()) / (advantages.std() + 1e-8)).ravel()
    seen, moves, chances = rollout.seen.reshape(-1, FEATURES), rollout.moves.ravel(), rollout.chances.ravel()
    for _ in range(EPOCHS):
        for some in np.array_split(rng.permutation(len(moves)), MINIBATCHES):
            g = gradients(policy, seen[some], moves[some], chances[some], advantages[some], targets[some], 1 - progress)
            policy.adam(g, LEARNING_RATE * (1 - progress))


def gradients(
    policy: Policy, seen: Array, moves: Array, chances: Array, advantages: Array, targets: Array, entropy: float
) -> dict[str, Array]:
    """Gradients of PPO's clipped loss, the squared value error and the entropy bonus, by hand."""
    n = len(moves)
    hidden, now, values = policy(seen)
    ratio = now[np.arange(n), moves] / chances
    clipped = ((advantages > 0) & (ratio > 1 + CLIP)) | ((advantages < 0) & (ratio < 1 - CLIP))
    weight = np.where(clipped, 0.0, advantages * ratio)[:, None]
    log_now = np.log(now + 1e-8)
    d_entropy = now * (log_now - np.sum(now * log_now, axis=1, keepdims=True))
    d_logits = (weight * (now - np.eye(4, dtype=np.float32)[moves]) + ENTROPY * entropy * d_entropy) / n
    d_values = (values - targets)[:, None] / n
    w = policy.weights
    d_hidden = (d_logits @ w["w_move"].T + d_values @ w["w_value"].T) * (1 - hidden * hidden)
    return {
        "w": seen.T @ d_hidden,
        "b": d_hidden.sum(axis=0),
        "w_move": hidden.T @ d_logits,
        "b_move": d_logits.sum(axis=0),
        "w_value": hidden.T @ d_values,
        "b_value": d_values.sum(axis=0),
    }


# ---------------------------------------------------------------------------------------------------- how it plays


def choose(probabilities: Array, rng: np.random.Generator) -> Array:
    """One move for each row of probabilities [n, 4]."""
    moves: Array = np.argmax(np.cumsum(probabilities, axis=1) > rng.random((len(probabilities), 1)), axis=1)
    return moves


class Player:
    """Plays many snakes at once through one remote session, and counts food."""

    def __init__(self, make: Callable[[], stepwire.RemoteVectorEnv], seed: int) -> None:
        self._make = make
        self.envs = make()
        self.rng = np.random.default_rng(seed)
        self.scores: deque[int] = deque(maxlen=200)  # of the latest episodes

    def start(self, seed: int | None) -> None:
        """Begin a game in every copy; with None, each goes on with its own random stream."""
        boards, _ = self.envs.reset(seed=seed)
        self._seen = features(boards)
        self._eaten = np.zeros(self.envs.num_envs, int)

    def play(self, policy: Policy) -> Rollout:
        """ROLLOUT steps of every game. When the server is lost, starts again on another one."""
        while True:
            try:
                return self._play(policy)
            except (errors.ServerError, errors.GameError, errors.ConnectionFailed) as error:
                print(f"started again: {error}", file=sys.stderr, flush=True)
                self.envs.close()
                self.envs = self._make()
                self.start(None)

    def _play(self, policy: Policy) -> Rollout:
        steps = []
        for _ in range(ROLLOUT):
            _, probabilities, values = policy(self._seen)
            moves = choose(probabilities, self.rng)
            boards, rewards, terminated, truncated, _ = self.envs.step(moves)
            ended = terminated | truncated
            chances = probabilities[np.arange(len(moves)), moves]
            steps.append((self._seen, moves, chances, rewards.astype(np.float32), ended.astype(np.float32), values))
            self._count(rewards, ended)
            self._seen = features(boards)
        seen, moves, chances, rewards, ended, values = (np.stack(column) for column in zip(*steps, strict=True))
        return Rollout(seen, moves, chances, rewards, ended, values, last_values=policy(self._seen)[2])

    def _count(self, rewards: Array, ended: Array) -> None:
        self._eaten += rewards > 0
        self.scores.extend(self._eaten[ended].tolist())
        self._eaten[ended] = 0


def judge(policy: Policy, envs: stepwire.RemoteVectorEnv) -> float:
    """Mean food in TEST_GAMES games of fixed seeds, which training never sees; always the likeliest move."""
    eaten: list[int] = []
    for first in range(TEST_SEED, TEST_SEED + TEST_GAMES, envs.num_envs):
        eaten += first_episodes(policy, envs, first)
    return float(np.mean(eaten[:TEST_GAMES]))


def first_episodes(policy: Policy, envs: stepwire.RemoteVectorEnv, seed: int) -> list[int]:
    """Food eaten in one episode of each copy; their seeds count up from the given one."""
    boards, _ = envs.reset(seed=seed)
    eaten, over = np.zeros(envs.num_envs, int), np.zeros(envs.num_envs, bool)
    for _ in range(LONGEST_EPISODE):
        boards, rewards, terminated, truncated, _ = envs.step(policy(features(boards))[1].argmax(axis=1))
        eaten += (rewards > 0) & ~over
        over |= terminated | truncated
        if over.all():
            break
    return [int(n) for n in eaten]


# ------------------------------------------------------------------------------------------------------ the training


def train(policy: Policy, player: Player, steps: int, console: Console) -> list[tuple[int, float]]:
    """Play and learn for about that many env steps. Gives the learning curve: (env steps, mean food of late)."""
    per_rollout = ROLLOUT * player.envs.num_envs
    rollouts = max(1, steps // per_rollout)
    curve: list[tuple[int, float]] = []
    columns = (TextColumn("learning"), BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=rollouts)
        began = time.perf_counter()
        for done in range(1, rollouts + 1):
            learn(policy, player.play(policy), player.rng, (done - 1) / rollouts)
            score = float(np.mean(player.scores)) if player.scores else 0.0
            speed = done * per_rollout / (time.perf_counter() - began)
            line = f"score {score:5.2f} · {speed:8,.0f} env steps/s"
            curve.append((done * per_rollout, score))
            bar.update(task, advance=1, description=line)
            if not console.is_terminal and (done % max(1, rollouts // 10) == 0):
                print(f"{done * per_rollout:>9,} env steps · {line}", flush=True)
    return curve


def save_curve(curve: list[tuple[int, float]], before: float, after: float, path: Path) -> None:
    """A picture of how the score grew."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    axes.plot(*zip(*curve, strict=True), color="#2a7f4f", label="while learning, mean of the last 200 episodes")
    axes.axhline(before, color="#999999", linestyle=":", label=f"untrained, {TEST_GAMES} unseen games: {before:.2f}")
    axes.axhline(after, color="#d2691e", linestyle="--", label=f"trained, {TEST_GAMES} unseen games: {after:.2f}")
    axes.set(xlabel="env steps", ylabel="food eaten", title="Snake, learned over gRPC")
    axes.legend(loc="lower right")
    figure.savefig(path, dpi=120)
    plt.close(figure)


def save_gif(policy: Policy, env: stepwire.RemoteEnv, path: Path) -> int:
    """One game of the trained agent as a GIF. Gives the food it ate."""
    from PIL import Image

    board, _ = env.reset(seed=TEST_SEED)
    frames, eaten, over = [Image.fromarray(env.render())], 0, False
    while not over and len(frames) < LONGEST_EPISODE:
        board, reward, terminated, truncated, _ = env.step(int(policy(features(board[None]))[1].argmax()))
        frames.append(Image.fromarray(env.render()))
        eaten, over = eaten + (float(reward) > 0), terminated or truncated
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=70, loop=0)
    return eaten


def parse(argv: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Learn snake through stepwire.")
    parser.add_argument("--address", help="host:port of the server; default STEPWIRE_ADDRESS, else localhost:50051")
    parser.add_argument("--envs", type=int, default=16, help="games at once (default 16)")
    parser.add_argument("--steps", type=int, default=300_000, help="env steps to learn for (default 300,000)")
    parser.add_argument("--seed", type=int, default=1, help="training seed (default 1)")
    parser.add_argument("--out", type=Path, default=Path("demo-results"), help="folder for what is saved")
    return parser.parse_args(argv)


def run(options: argparse.Namespace, console: Console) -> int:
    """Judge, train, judge again, save. Gives the exit code: 0 when the agent got better, else 1."""

    def make() -> stepwire.RemoteVectorEnv:
        return stepwire.RemoteVectorEnv(
            "game:snake", num_envs=options.envs, address=options.address, autoreset_mode="SameStep"
        )

    policy = Policy(np.random.default_rng(options.seed))
    player = Player(make, options.seed * 10_000)
    before = judge(policy, player.envs)
    console.print(f"untrained: {before:.2f} foods a game, over {TEST_GAMES} unseen seeds")
    player.start(options.seed * 10_000)
    curve = train(policy, player, options.steps, console)
    after = judge(policy, player.envs)
    player.envs.close()
    console.print(
        f"trained:   {after:.2f} foods a game, over the same seeds ({after / max(before, 0.01):.0f} times as many)"
    )

    options.out.mkdir(parents=True, exist_ok=True)
    save_curve(curve, before, after, options.out / "learning_curve.png")
    np.savez(options.out / "policy.npz", **policy.weights)
    with stepwire.RemoteEnv("game:snake", address=options.address, render_mode="rgb_array") as env:
        eaten = save_gif(policy, env, options.out / "snake.gif")
    console.print(f"saved in {options.out}/: learning_curve.png, snake.gif (a game with {eaten} foods), policy.npz")
    return 0 if after >= 3 * before and after > before else 1


def main(argv: list[str] | None = None) -> int:
    """Run from the command line; gives the exit code."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        return run(parse(argv), console)
    except errors.StepwireError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
