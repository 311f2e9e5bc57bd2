import warnings
from collections.abc import Iterator
from typing import Any

import gymnasium
import pytest

from stepwire_bridge.backends.making import make_env, own_metadata
from stepwire_bridge.faults import InvalidOptions, UnknownEnv, Unsupported
from tests.bridge.backends.batched_envs import Walk
from tests.odd_envs import Counter


@pytest.fixture
def needs_more() -> Iterator[str]:
    def entry_point(**_: Any) -> Any:
        raise gymnasium.error.DependencyNotInstalled("more is not installed, pip install more")

    gymnasium.register("Odd/NeedsMore-v0", entry_point=entry_point)
    yield "Odd/NeedsMore-v0"
    del gymnasium.registry["Odd/NeedsMore-v0"]


def test_an_env_has_the_wrappers_it_is_registered_with_and_no_checker() -> None:
    env = make_env("CartPole-v1", {"max_episode_steps": 7}, None)
    assert isinstance(env, gymnasium.wrappers.TimeLimit)
    assert "PassiveEnvChecker" not in str(env)
    assert env.spec is not None and env.spec.max_episode_steps == 7
    env.close()


def test_an_env_that_knows_no_render_modes_is_made_without_one() -> None:
    gymnasium.register("Odd/Plain-v0", Walk)
    env = make_env("Odd/Plain-v0", {}, None)
    assert env.render_mode is None
    del gymnasium.registry["Odd/Plain-v0"]


def test_a_render_mode_that_an_id_is_registered_with_is_not_the_callers() -> None:
    gymnasium.register("Odd/Drawn-v0", Counter, kwargs={"render_mode": "ansi"})
    assert make_env("Odd/Drawn-v0", {}, None).render_mode is None
    assert make_env("Odd/Drawn-v0", {}, "rgb_array").render_mode == "rgb_array"
    del gymnasium.registry["Odd/Drawn-v0"]


def test_an_unknown_id_comes_back_with_gymnasiums_hint() -> None:
    with pytest.raises(UnknownEnv, match=r"gym:CartPoll-v1.*Did you mean: `CartPole`"):
        make_env("CartPoll-v1", {}, None)


@pytest.mark.parametrize("gym_id", ["", "CartPole", "no such/thing-v1", "os:CartPole-v1", "../x-v0"])
def test_ids_that_are_not_registered_are_unknown(gym_id: str) -> None:
    with pytest.raises(UnknownEnv):
        make_env(gym_id, {}, None)


def test_a_missing_package_is_named(needs_more: str) -> None:
    with pytest.raises(Unsupported, match="pip install more"):
        make_env(needs_more, {}, None)


def test_a_render_mode_that_the_env_lacks_is_unsupported() -> None:
    with pytest.raises(Unsupported, match=r"ansi.*rgb_array"):
        make_env("CartPole-v1", {}, "ansi")


def test_a_render_mode_is_left_to_an_env_that_declares_none(needs_more: str) -> None:
    with pytest.raises(Unsupported, match="pip install more"):
        make_env(needs_more, {}, "ansi")


def test_a_keyword_argument_that_the_constructor_lacks_is_an_invalid_option() -> None:
    with pytest.raises(InvalidOptions, match="colour"):
        make_env("CartPole-v1", {"colour": 1}, None)


def test_what_the_constructor_raises_is_not_taken_for_ours() -> None:
    with pytest.raises(RuntimeError, match="no engine"):
        make_env("Odd/Unmakable-v0", {}, None)


def test_an_env_that_warns_is_made_even_where_warnings_are_errors() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert make_env("Odd/Warning-v0", {}, None).action_space == Counter.action_space


def test_the_autoreset_mode_of_a_batch_is_not_the_envs_own_metadata() -> None:
    assert own_metadata({"render_fps": 7, "autoreset_mode": "NextStep"}) == {"render_fps": 7}
