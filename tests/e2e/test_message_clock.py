"""A WeChat mini-game that speaks WemiEnv's protocol by itself, run unchanged: messages drive its clock."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from numpy.typing import NDArray

import stepwire
from stepwire_service import assets, embedded

pytestmark = pytest.mark.timeout(120)

MERGE = assets.path("js_client/examples/merge")
COPIES, STEPS = 3, 400
ANSWER_SECONDS = 0.12  # how long the game's tiles slide before it answers

Board = NDArray[np.int32]


class Merging:
    """The game's rules once more, to compare with."""

    def __init__(self) -> None:
        self.state = 12345
        self.cells: Board = np.zeros((4, 4), np.int32)
        self._add()
        self._add()

    def act(self, direction: int) -> tuple[int, bool]:
        """Move the tiles; give the reward, and whether the episode is over."""
        before = self.cells.copy()
        gained = 0
        for line in self.cells if direction < 2 else self.cells.T:
            ordered = line if direction % 2 == 0 else line[::-1]
            ordered[:], merged = pushed(ordered)
            gained += merged
        if (self.cells != before).any():
            self._add()
        return gained, not self._can_move()

    def _add(self) -> None:
        free = np.argwhere(self.cells == 0)
        self.state = self.state * 16807 % 2147483647
        y, x = free[self.state % len(free)]
        self.cells[y, x] = 2

    def _can_move(self) -> bool:
        cells = self.cells
        return bool((cells == 0).any() or (cells[1:] == cells[:-1]).any() or (cells[:, 1:] == cells[:, :-1]).any())


def pushed(line: Board) -> tuple[list[int], int]:
    tiles = [int(tile) for tile in line if tile]
    result: list[int] = []
    gained = 0
    while tiles:
        tile = tiles.pop(0)
        if tiles and tiles[0] == tile:
            tile += tiles.pop(0)
            gained += tile
        result.append(tile)
    return result + [0] * (4 - len(result)), gained


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with embedded(games=(f"{MERGE}={COPIES + 1}",)) as address:
        yield address


@contextmanager
def playing(address: str) -> Iterator[Any]:
    with closing(gym.make("stepwire/Env-v0", env_id="game:merge", address=address, disable_env_checker=True)) as env:
        yield env


def test_a_batch_of_them_plays_by_the_rules_faster_than_they_could_be_watched(address: str) -> None:
    actions = np.random.default_rng(3).integers(0, 4, (STEPS, COPIES))
    boards = [Merging() for _ in range(COPIES)]
    over = [False] * COPIES
    with closing(stepwire.RemoteVectorEnv("game:merge", num_envs=COPIES, address=address)) as envs:
        observations, _ = envs.reset()
        assert np.array_equal(observations, [board.cells.ravel() for board in boards])
        began = time.perf_counter()
        for step in range(STEPS):
            observations, rewards, terminated, truncated, _ = envs.step(actions[step])
            for i, action in enumerate(actions[step]):
                boards[i], reward, over[i] = stepped(boards[i], int(action), over=over[i])
                assert (rewards[i], terminated[i], truncated[i]) == (reward, over[i], False)
                assert np.array_equal(observations[i], boards[i].cells.ravel())
        elapsed = time.perf_counter() - began
    assert elapsed < STEPS * ANSWER_SECONDS / 2


def stepped(board: Merging, action: int, *, over: bool) -> tuple[Merging, int, bool]:
    """A step in the NEXT_STEP mode: what is over begins anew instead."""
    return (Merging(), 0, False) if over else (board, *board.act(action))


def test_a_single_one_is_an_environment_like_any_other(address: str) -> None:
    with playing(address) as env:
        check_env(env.unwrapped, skip_render_check=True)


def test_trying_out_which_moves_to_prefer_makes_episodes_better(address: str) -> None:
    chance = np.random.default_rng(5)
    orders = [chance.permutation(4) for _ in range(6)]
    with playing(address) as env:
        by_chance = np.mean([gained(env, chance.integers(4, size=1000)) for _ in range(3)])
        assert max(gained(env, order) for order in orders) > by_chance


def gained(env: Any, order: NDArray[np.int64]) -> float:
    """What an episode brings where the first of these moves is made, the next when that moves nothing, and so on."""
    cells, _ = env.reset()
    over, tries, total = False, 0, 0.0
    while not over:
        after, reward, over, _, _ = env.step(int(order[tries % len(order)]))
        # One choice by chance after the other; a preferred move is chosen again as soon as it moves something.
        tries = 0 if len(order) == 4 and (after != cells).any() else tries + 1
        cells, total = after, total + reward
    return total
