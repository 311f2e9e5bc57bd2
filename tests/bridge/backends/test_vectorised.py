from collections.abc import Iterator
from typing import Any, ClassVar

import gymnasium
import numpy as np
import pytest
from gymnasium.spaces import Box, Dict, Discrete, Text
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from stepwire_bridge.backends.vectorised import Vectorised, make_vectorised
from stepwire_bridge.faults import InvalidOptions, UnknownEnv, Unsupported


class Together(VectorEnv[Any, Any, Any]):
    """Copies that count together, write the same arrays again and again, and are reset by a mask."""

    metadata: ClassVar[dict[str, Any]] = {"autoreset_mode": AutoresetMode.DISABLED, "render_modes": ["ansi"]}
    single_observation_space = Dict(at=Box(-np.inf, np.inf, (1,), np.float32), word=Text(3))
    single_action_space = Discrete(3)

    def __init__(self, num_envs: int = 1, render_mode: str | None = None) -> None:
        self.num_envs = num_envs
        self.render_mode = render_mode
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._at = np.zeros((num_envs, 1), np.float32)

    def reset(self, *, seed: Any = None, options: Any = None) -> Any:
        self._at[options["reset_mask"] if options else slice(None)] = 0
        return self._seen(), {"seed": seed, "options": options}

    def step(self, actions: Any) -> Any:
        self._at[:, 0] += actions
        flags = [False] * self.num_envs
        return self._seen(), self._at[:, 0], flags, flags, {}

    def render(self) -> Any:
        return ("drawn",) * self.num_envs

    def _seen(self) -> Any:
        return {"at": self._at, "word": ("a",) * self.num_envs}


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    gymnasium.register("Together-v0", vector_entry_point=Together)
    yield
    del gymnasium.registry["Together-v0"]


def together(num_envs: int = 3, mode: AutoresetMode | None = None, render_mode: str | None = None) -> Vectorised:
    return make_vectorised("Together-v0", {}, num_envs, mode, render_mode)


def test_it_gives_what_gymnasium_gives_with_rewards_as_wide_as_every_batchs() -> None:
    theirs = gymnasium.make_vec("CartPole-v1", 5, vectorization_mode="vector_entry_point", max_episode_steps=20)
    ours = make_vectorised("CartPole-v1", {"max_episode_steps": 20}, 5, None, None)
    theirs.action_space.seed(3)
    assert data_equivalence(tuple(ours.reset(range(7, 12), None, None)), theirs.reset(seed=7), exact=True)
    for _ in range(60):
        actions = theirs.action_space.sample()
        step = ours.step(actions)
        observation, reward, *rest = theirs.step(actions)
        assert data_equivalence(tuple(step), (observation, reward.astype(np.float64), *rest), exact=True)
    ours.close()
    theirs.close()


def test_it_says_of_itself_what_a_copy_is_and_how_it_resets_itself() -> None:
    spec = together(4, render_mode="ansi").describe()
    assert (spec.observation_space, spec.action_space) == (Together.single_observation_space, Discrete(3))
    assert (spec.num_envs, spec.autoreset_mode, spec.render_mode) == (4, AutoresetMode.DISABLED, "ansi")
    assert spec.metadata == {"render_modes": ["ansi"]}


def test_what_it_gave_is_not_written_again() -> None:
    envs = together(2)
    first = envs.reset(None, None, None).observation
    second = envs.step(np.array([1, 2]))
    envs.step(np.array([1, 2]))
    assert first["at"].tolist() == [[0], [0]]
    assert (second.observation["at"].tolist(), second.reward.tolist()) == ([[1], [2]], [1.0, 2.0])
    assert [array.dtype for array in second[1:4]] == [np.float64, np.bool_, np.bool_]


def test_a_mask_and_options_reach_it() -> None:
    envs = together(2)
    envs.reset(None, None, None)
    envs.step(np.array([1, 2]))
    observed = envs.reset(None, {"level": 3}, np.array([True, False]))
    assert observed.observation["at"].tolist() == [[0], [2]]
    assert observed.info["options"]["level"] == 3


def test_it_draws_every_copy() -> None:
    assert together(2, render_mode="ansi").render() == ("drawn", "drawn")


@pytest.mark.parametrize(("seeds", "seed"), [(None, None), ([None] * 3, None), ([7, 8, 9], 7), ([0, 1, 2], 0)])
def test_one_number_or_none_reaches_it_as_its_seed(seeds: Any, seed: int | None) -> None:
    assert together().reset(seeds, None, None).info["seed"] == seed


@pytest.mark.parametrize("seeds", [[7, 7, 7], [1, 2, 4], [None, 1, 2], [1, None, None]], ids=str)
def test_any_other_seeds_are_refused(seeds: Any) -> None:
    with pytest.raises(InvalidOptions, match="share a random stream"):
        together().reset(seeds, None, None)


@pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP])
def test_another_autoreset_mode_than_its_own_is_refused_and_its_own_named(mode: AutoresetMode) -> None:
    assert together(mode=AutoresetMode.DISABLED).describe().autoreset_mode is AutoresetMode.DISABLED
    with pytest.raises(InvalidOptions, match="Disabled") as refused:
        together(mode=mode)
    assert (refused.value.field, refused.value.given) == ("autoreset_mode", mode.value)


def test_what_cannot_be_made_says_why() -> None:
    with pytest.raises(UnknownEnv, match=r"gymvec:CartPoll-v1.*Did you mean"):
        make_vectorised("CartPoll-v1", {}, 2, None, None)
    with pytest.raises(UnknownEnv, match=r"gymvec:Blackjack-v1.*gym:Blackjack-v1 makes batches"):
        make_vectorised("Blackjack-v1", {}, 2, None, None)
    with pytest.raises(Unsupported, match=r"rgb_array.*offers ansi"):
        together(render_mode="rgb_array")
    with pytest.raises(InvalidOptions, match="colour"):
        make_vectorised("Together-v0", {"colour": 1}, 2, None, None)
