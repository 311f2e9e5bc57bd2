import pickle
import random
import signal
import threading
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env, data_equivalence
from gymnasium.utils.env_match import check_environments_match

from stepwire import RemoteEnv, errors
from tests.client_py.conftest import Road
from tests.client_py.envs import Broken, Counter, Gate, Short, Wide, env_id

_TAXI = "Taxi-v4" if "Taxi-v4" in gymnasium.registry else "Taxi-v3"
_MATCHED = ["CartPole-v1", "FrozenLake-v1", _TAXI, "Blackjack-v1", "Pendulum-v1", "MountainCarContinuous-v0"]


def _remote(name: str, address: str, **kwargs: Any) -> gymnasium.Env[Any, Any]:
    return gymnasium.make("stepwire/Env-v0", env_id=f"gym:{name}", address=address, **kwargs)


@pytest.mark.parametrize("name", ["CartPole-v1", "FrozenLake-v1", "Blackjack-v1"])
def test_gymnasiums_checker_finds_nothing(name: str, address: str) -> None:
    env = _remote(name, address)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*Box observation space m.*imum value is -?infinity.*")
        check_env(env.unwrapped)
    env.close()


@pytest.mark.parametrize("name", _MATCHED)
def test_it_matches_the_local_environment(name: str, address: str) -> None:
    remote, local = _remote(name, address), gymnasium.make(name)

    check_environments_match(remote, local, num_steps=2000, seed=3)
    remote.close()


def test_unary_calls_match_the_local_environment_alike(address: str) -> None:
    remote, local = _remote("CartPole-v1", address, transport="unary"), gymnasium.make("CartPole-v1")

    check_environments_match(remote, local, num_steps=500, seed=3)
    remote.close()


def test_rewards_are_of_the_kind_that_the_environment_gives(address: str) -> None:
    with _remote("Pendulum-v1", address) as env:
        env.reset(seed=1)
        reward = env.step(np.zeros(1, np.float32))[1]

    assert type(reward) is np.float64


def test_flags_are_python_bools_and_arrays_are_fresh_and_writable(address: str) -> None:
    with RemoteEnv(env_id(Counter), address) as env:
        first, _ = env.reset()
        second, _, terminated, truncated, _ = env.step(0)
        second[:] = 99
        third, *_ = env.step(0)

    assert (first, third) == (np.array([0]), np.array([2]))
    assert (terminated, truncated) == (False, False)
    assert type(terminated) is type(truncated) is bool


def test_seed_options_and_info_reach_both_ends(address: str) -> None:
    with RemoteEnv(env_id(Counter), address) as env:
        _, info = env.reset(seed=2**63, options={"level": 3, "map": np.eye(2)})

    assert info["seed"] == 2**63
    assert info["options"]["level"] == 3
    assert np.array_equal(info["options"]["map"], np.eye(2))


def test_keyword_arguments_reach_the_environments_constructor(address: str) -> None:
    with RemoteEnv("gym:FrozenLake-v1", address, map_name="8x8") as env:
        assert env.observation_space == gymnasium.spaces.Discrete(64)


def test_a_keyword_argument_that_the_server_does_not_allow_is_refused(address: str) -> None:
    with RemoteEnv("gym:FrozenLake-v1", address, entry_point="os:system") as env, pytest.raises(errors.CallerError):
        env.reset()


def test_it_connects_no_sooner_than_it_must() -> None:
    env = RemoteEnv("gym:CartPole-v1", "localhost:1")

    env.close()


def test_its_metadata_is_the_environments_own_once_it_is_connected(address: str) -> None:
    with RemoteEnv(env_id(Counter), address) as env:
        env.reset()

        assert env.metadata["render_modes"] == ["ansi"]
        assert env.metadata["render_fps"] == 7


def test_pictures_are_those_of_the_local_environment(address: str) -> None:
    local = gymnasium.make("CartPole-v1", render_mode="rgb_array")
    local.reset(seed=4)
    with RemoteEnv("gym:CartPole-v1", address, render_mode="rgb_array") as env:
        env.reset(seed=4)

        assert np.array_equal(env.render(), local.render())
    local.close()


def test_text_is_drawn_too(address: str) -> None:
    with RemoteEnv(env_id(Counter), address, render_mode="ansi") as env:
        env.reset()

        assert isinstance(env.render(), str)


def test_render_without_a_mode_warns_and_draws_nothing(address: str) -> None:
    with RemoteEnv(env_id(Counter), address) as env, pytest.warns(UserWarning, match="without a render_mode"):
        assert env.render() is None


def test_the_human_mode_is_left_to_gymnasium() -> None:
    with pytest.raises(errors.Unsupported, match=r"gym\.make"):
        RemoteEnv("gym:CartPole-v1", render_mode="human")


def test_an_id_that_is_no_string_is_refused_at_once() -> None:
    wrong: Any = 3
    with pytest.raises(errors.InvalidOptions, match="env_id: expected a string such as 'game:snake', given 3"):
        RemoteEnv(wrong)


def test_gymnasium_records_its_videos(address: str, tmp_path: Path) -> None:
    env = gymnasium.wrappers.RecordVideo(
        _remote("CartPole-v1", address, render_mode="rgb_array"), str(tmp_path / "films"), disable_logger=True
    )
    env.reset(seed=1)
    while not env.step(0)[2]:
        pass
    env.close()

    assert [path.suffix for path in (tmp_path / "films").iterdir()] == [".mp4"]


def test_it_may_be_closed_twice_and_reset_again(address: str) -> None:
    env = RemoteEnv(env_id(Counter), address)
    env.reset()
    env.close()
    env.close()

    assert env.reset()[0] == np.array([0])
    env.close()


def test_a_pickled_environment_connects_anew(address: str) -> None:
    env = _remote("CartPole-v1", address, transport="unary")
    first, _ = env.reset(seed=5)
    copy = pickle.loads(pickle.dumps(env.unwrapped))

    assert np.array_equal(copy.reset(seed=5)[0], first)
    assert copy.spec == env.unwrapped.spec
    copy.close()
    env.close()


@pytest.mark.parametrize("transport", ["stream", "unary"])
class TestWhatBadInputGets:
    def test_a_step_before_the_reset(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env, pytest.raises(errors.NotReset):
            env.observation_space  # noqa: B018
            env.step(0)

    def test_a_step_before_anything(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env, pytest.raises(errors.NotReset):
            env.step(0)

    def test_a_step_after_the_end(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Short), address, transport=transport) as env:
            env.reset()
            for _ in range(3):
                env.step(0)
            with pytest.raises(errors.EpisodeOver, match="reset"):
                env.step(0)

            assert env.reset()[0] == np.array([0])

    def test_an_action_outside_the_space(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env:
            env.reset()
            with pytest.raises(errors.InvalidAction, match="expected between 0 and 1, given 7") as refused:
                env.step(7)

            assert refused.value.data["field"] == "action"
            assert env.step(1)[0] == np.array([1])

    def test_an_action_that_is_no_value(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env:
            env.reset()
            with pytest.raises(errors.InvalidAction, match="cannot carry"):
                env.step(object())

            assert env.step(1)[0] == np.array([1])

    def test_an_environment_that_is_not_there(self, address: str, transport: str) -> None:
        with RemoteEnv("gym:Nowhere-v0", address, transport=transport) as env, pytest.raises(errors.UnknownEnv):
            env.reset()

    def test_an_environment_that_fails(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Broken), address, transport=transport) as env:
            env.reset()
            with pytest.raises(errors.GameFailed, match="a bug in the environment"):
                env.step(0)

            env.reset()

    def test_an_environment_that_does_not_come_back(self, address: str, transport: str) -> None:
        Gate.shut()
        with RemoteEnv(env_id(Gate), address, transport=transport, step_timeout=0.2) as env:
            env.reset()
            with pytest.raises(errors.GameSilent):
                env.step(0)
            Gate.opened.set()

            env.reset()

    def test_options_that_are_no_values(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env:
            with pytest.raises(errors.InvalidOptions, match="cannot carry") as refused:
                env.reset(options={"key": object()})

            assert refused.value.data["field"] == "options['key']"

    @pytest.mark.parametrize("options", [[1], 5, "level"])
    def test_options_that_are_no_dict(self, options: Any, address: str, transport: str) -> None:
        with (
            _remote("CartPole-v1", address, transport=transport) as env,
            pytest.raises(errors.InvalidOptions, match=r"^options: expected a dict or None, given"),
        ):
            env.unwrapped.reset(options=options)

    def test_a_seed_beyond_64_bits(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env, pytest.raises(errors.InvalidOptions):
            env.reset(seed=2**64)


def test_no_server_there_is_told_with_the_address_and_the_remedy() -> None:
    env = RemoteEnv("gym:CartPole-v1", "localhost:1", connect_timeout=0.5)

    with pytest.raises(errors.ConnectionFailed, match=r"localhost:1.*stepwire serve"):
        env.reset()


def test_an_argument_that_cannot_be_is_told_at_once() -> None:
    for arguments in ({"address": "nowhere"}, {"transport": "pigeon"}, {"step_timeout": 0}):
        with pytest.raises(errors.InvalidOptions):
            RemoteEnv("gym:CartPole-v1", **arguments)


def test_wide_values_pass(address: str) -> None:
    with RemoteEnv(env_id(Wide), address) as env:
        env.reset()

        assert env.step(env.action_space.sample())[0].shape == (100_000,)


@pytest.mark.parametrize("transport", ["stream", "queued", "unary"], indirect=True)
class TestStepsOnTheirWay:
    @pytest.mark.parametrize("served", ["address", "shared"], indirect=True)
    def test_they_are_what_a_local_environment_gives_and_cuts_change_nothing(self, road: Road, transport: str) -> None:
        local, randomly = gymnasium.make("Pendulum-v1"), random.Random(3)
        local.action_space.seed(3)
        actions = [local.action_space.sample() for _ in range(200)]
        local.reset(seed=4)
        with RemoteEnv("gym:Pendulum-v1", road.proxies.address, transport=transport) as env:
            env.reset(seed=4)
            road.proxies.limit(lambda: randomly.randint(2000, 6000))
            for action in actions[:8]:
                env.step_async(action)
            for i, action in enumerate(actions):
                assert data_equivalence(env.step_wait(), local.step(action), exact=True)
                if i + 8 < len(actions):
                    env.step_async(actions[i + 8])
        assert road.proxies.cuts > 0
        local.close()

    def test_there_is_nothing_to_wait_for_before_one_is_sent(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env:
            env.reset()
            with pytest.raises(errors.CallerError, match="step_async"):
                env.step_wait()

    def test_other_calls_have_to_wait(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport, render_mode="ansi") as env:
            env.reset()
            env.step_async(0)
            for call in (env.render, partial(env.step, 0)):
                with pytest.raises(errors.CallerError, match="step_wait"):
                    call()

            assert env.step_wait()[0] == np.array([1])
            assert env.step(0)[0] == np.array([2])

    def test_a_reset_forgets_them(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Short), address, transport=transport) as env:
            env.reset()
            env.step_async(0)
            env.step_async(0)
            env.reset()
            with pytest.raises(errors.CallerError, match="step_async"):
                env.step_wait()

            assert env.step(0)[0] == np.array([1])

    def test_a_refused_action_is_told_in_its_turn(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Counter), address, transport=transport) as env:
            env.reset()
            for action in (0, 7, 0):
                env.step_async(action)
            assert env.step_wait()[0] == np.array([1])
            with pytest.raises(errors.InvalidAction):
                env.step_wait()

            assert env.step_wait()[0] == np.array([2])

    def test_those_behind_an_episodes_end_meet_it(self, address: str, transport: str) -> None:
        with RemoteEnv(env_id(Short), address, transport=transport) as env:
            env.reset()
            for _ in range(4):
                env.step_async(0)
            assert [env.step_wait()[2] for _ in range(3)] == [False, False, True]
            with pytest.raises(errors.EpisodeOver):
                env.step_wait()

    def test_ctrl_c_in_a_step_leaves_them_in_order(self, address: str, transport: str) -> None:
        Gate.shut()
        with RemoteEnv(env_id(Gate), address, transport=transport) as env:
            env.reset()

            def press() -> None:
                Gate.entered.wait()
                signal.raise_signal(signal.SIGINT)

            threading.Thread(target=press).start()
            with pytest.raises(KeyboardInterrupt):
                env.step(0)
            Gate.opened.set()
            env.step_async(0)

            assert env.step_wait()[0] == np.array([2])
