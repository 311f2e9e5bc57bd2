"""The whole road: the bundled games, hosted by a real server, played by real clients."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from gymnasium.utils.env_checker import data_equivalence as same

import stepwire
from tests.e2e.serving import Served, serving

pytestmark = pytest.mark.timeout(60)

COPIES = 32  # of a lander, so many make messages that go as binary frames, where a single one's go as JSON
STEPS = 150
GAMES = ["game:snake", "game:lander"]


@pytest.fixture(scope="module")
def house() -> Iterator[Served]:
    with serving("--games", f"snake={COPIES + 2}", "--games", f"lander={COPIES + 2}") as served:
        yield served


def one(env_id: str, house: Served, **kwargs: Any) -> Any:
    return gym.make("stepwire/Env-v0", env_id=env_id, address=house.address, disable_env_checker=True, **kwargs)


def batch(env_id: str, house: Served, mode: str = "NextStep", **kwargs: Any) -> Any:
    return stepwire.RemoteVectorEnv(
        env_id, num_envs=COPIES, address=house.address, autoreset_mode=gym.vector.AutoresetMode(mode), **kwargs
    )


def actions(space: gym.Space[Any]) -> list[Any]:
    """For every step one for each of the copies."""
    batched = gym.vector.utils.batch_space(space, COPIES)
    batched.seed(11)
    return [batched.sample() for _ in range(STEPS)]


def played(env: Any, seed: int, moves: list[Any]) -> list[tuple[Any, ...]]:
    """What one environment gives; where its episode has ended, it is reset in place of the next step."""
    results = [_started(*env.reset(seed=seed))]
    for move in moves:
        over = results[-1][2] or results[-1][3]
        results.append(_started(*env.reset()) if over else env.step(move))
    return results


def _started(observation: Any, info: dict[str, Any]) -> tuple[Any, ...]:
    return observation, 0.0, False, False, info


@pytest.mark.parametrize("env_id", GAMES)
def test_gymnasiums_checker_finds_nothing(env_id: str, house: Served) -> None:
    with one(env_id, house) as env:
        check_env(env.unwrapped, skip_render_check=False)


@pytest.mark.parametrize("transport", ["stream", "unary"])
@pytest.mark.parametrize("env_id", GAMES)
def test_the_same_seed_gives_the_same_episodes_in_any_session(env_id: str, transport: str, house: Served) -> None:
    with one(env_id, house) as first, one(env_id, house, transport=transport) as second:
        moves = [move[0] for move in actions(first.action_space)]
        assert same(played(first, 5, moves), played(second, 5, moves), exact=True)
        assert not same(first.reset(seed=5)[0], first.reset(seed=6)[0], exact=True)


@pytest.mark.parametrize("env_id", GAMES)
def test_a_batch_gives_the_same_twice_and_each_copy_is_a_single_environment(env_id: str, house: Served) -> None:
    with closing(batch(env_id, house)) as envs:
        moves = actions(envs.single_action_space)
        first, second = ([envs.reset(seed=5), *map(envs.step, moves)] for _ in range(2))
        assert same(first, second, exact=True)
    with one(env_id, house) as env:
        for copy in (0, COPIES - 1):
            alone = played(env, 5 + copy, [move[copy] for move in moves])
            assert all(_is_copy(single, whole, copy) for single, whole in zip(alone[1:], first[1:], strict=True))


def _is_copy(single: tuple[Any, ...], whole: tuple[Any, ...], copy: int) -> bool:
    """Whether one environment's step is what the batch says of one of its copies."""
    observations, *ends, _ = whole
    parts = observations if isinstance(observations, dict) else {"": observations}
    observation = single[0] if isinstance(observations, dict) else {"": single[0]}
    return same(observation, {key: part[copy] for key, part in parts.items()}, exact=True) and single[1:4] == tuple(
        end[copy] for end in ends
    )


def test_infos_tell_the_games_own_words(house: Served) -> None:
    with one("game:snake", house) as env:
        _, info = env.reset(seed=1)
        assert info["score"] == 0 and type(info["length"]) is int
    with one("game:lander", house) as env:
        assert env.reset(seed=1)[1] == {}
        info = {}
        while not info:
            *_, info = env.step(np.array([-1, 1], np.float32))
        assert info == {"ended": "crashed"}
    with closing(batch("game:snake", house)) as envs:
        _, infos = envs.reset(seed=1)
        assert infos["score"].tolist() == [0] * COPIES and infos["_score"].all()


def test_options_reach_the_game(house: Served) -> None:
    with one("game:snake", house) as env:
        env.reset(seed=1, options={"patience": 3})
        turns = [env.step(turn)[2:4] for turn in (0, 1, 0)]
    assert turns == [(False, False), (False, False), (False, True)]


@pytest.mark.parametrize("env_id", GAMES)
def test_pictures_are_drawn_of_one_and_of_many(env_id: str, house: Served) -> None:
    with one(env_id, house, render_mode="rgb_array") as env:
        env.reset(seed=1)
        before, _ = env.render(), env.step(env.action_space.sample())
        after = env.render()
    assert before.dtype == np.uint8 and before.ndim == 3 and before.shape[2] == 3
    assert before.shape == after.shape and (before != after).any()
    with closing(batch(env_id, house, render_mode="rgb_array")) as envs:
        envs.reset(seed=1)
        pictures = envs.render()
    assert len(pictures) == COPIES and np.array_equal(pictures[0], before)


def test_text_is_drawn_where_the_game_knows_how(house: Served) -> None:
    with one("game:snake", house, render_mode="ansi") as env:
        env.reset(seed=1)
        assert len(env.render().splitlines()) >= 10
    with pytest.raises(stepwire.errors.Unsupported, match=r"render mode 'ansi' of game 'lander'.*It has rgb_array"):
        one("game:lander", house, render_mode="ansi").reset()


@pytest.mark.parametrize("mode", ["NextStep", "SameStep", "Disabled"])
def test_a_batch_made_by_gymnasium_resets_itself_as_it_was_asked_to(mode: str, house: Served) -> None:
    envs = gym.make_vec("stepwire/Env-v0", num_envs=4, env_id="game:snake", address=house.address, autoreset_mode=mode)
    with closing(envs):
        assert envs.metadata["autoreset_mode"] is gym.vector.AutoresetMode(mode)
        envs.reset(seed=1)
        while True:
            _, _, terminations, truncations, infos = envs.step(np.zeros(4, np.int64))
            if terminations.any() or truncations.any():
                break
        assert ("final_obs" in infos) == (mode == "SameStep")
