import itertools
import pickle
from contextlib import closing
from functools import partial
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv, VectorEnv
from gymnasium.wrappers.vector import NormalizeObservation, RecordEpisodeStatistics

from stepwire import RemoteVectorEnv, errors
from tests import odd_envs  # noqa: F401  # registers them
from tests.client_py.envs import Counter, Short, env_id

_MODES = list(AutoresetMode)
_ROADS = [("stream", "address"), ("queued", "address"), ("unary", "address"), ("stream", "shared")]
_TAXI = "Taxi-v4" if "Taxi-v4" in gymnasium.registry else "Taxi-v3"


def _same(ours: Any, theirs: Any) -> bool:
    return data_equivalence(ours, theirs, exact=True)


def _local(name: str, mode: AutoresetMode, copies: int) -> VectorEnv[Any, Any, Any]:
    return SyncVectorEnv([lambda: gymnasium.make(name) for _ in range(copies)], autoreset_mode=mode)


def _options_after(step: tuple[Any, ...]) -> dict[str, Any] | None:
    over = step[2] | step[3]
    return {"reset_mask": over} if over.any() else None


@pytest.mark.parametrize("name", ["CartPole-v1", _TAXI])
@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize(("transport", "served"), _ROADS, indirect=True)
def test_it_equals_gymnasiums_own_over_300_steps(name: str, mode: AutoresetMode, transport: str, served: str) -> None:
    local = _local(name, mode, 5)
    remote = RemoteVectorEnv(f"gym:{name}", served, num_envs=5, autoreset_mode=mode, transport=transport)
    assert remote.observation_space == local.observation_space
    assert remote.action_space == local.action_space
    local.action_space.seed(7)

    assert _same(remote.reset(seed=11), local.reset(seed=11))
    for _ in range(300):
        actions = local.action_space.sample()
        ours, theirs = remote.step(actions), local.step(actions)
        assert _same(ours, theirs)
        if mode is AutoresetMode.DISABLED and (options := _options_after(theirs)):
            assert _same(remote.reset(options=dict(options)), local.reset(options=options))
    remote.close()
    local.close()


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize(("transport", "served"), _ROADS[:3], indirect=True)
def test_pictures_equal_gymnasiums_own_and_are_fresh(mode: AutoresetMode, transport: str, served: str) -> None:
    local = _local("Odd/Pictures-v0", mode, 5)
    remote = RemoteVectorEnv("gym:Odd/Pictures-v0", served, num_envs=5, autoreset_mode=mode, transport=transport)
    assert _same(remote.reset(seed=1), local.reset(seed=1))
    for _ in range(20):
        ours, theirs = remote.step(np.zeros(5, int)), local.step(np.zeros(5, int))
        assert _same(ours, theirs)
        assert all(array.flags.writeable and array.flags.owndata for array in ours[0].values())
        if mode is AutoresetMode.DISABLED and (options := _options_after(theirs)):
            assert _same(remote.reset(options=dict(options)), local.reset(options=options))
    remote.close()
    local.close()


def test_list_seeds_reach_their_copies(address: str) -> None:
    local = _local("CartPole-v1", AutoresetMode.NEXT_STEP, 3)
    with closing(RemoteVectorEnv("gym:CartPole-v1", address, num_envs=3)) as remote:
        assert _same(remote.reset(seed=[5, 9, 5]), local.reset(seed=[5, 9, 5]))
    local.close()


def test_a_reset_without_seed_continues_each_copys_stream(address: str) -> None:
    local = _local("CartPole-v1", AutoresetMode.NEXT_STEP, 3)
    with closing(RemoteVectorEnv("gym:CartPole-v1", address, num_envs=3)) as remote:
        remote.reset(seed=4)
        local.reset(seed=4)

        assert _same(remote.reset(), local.reset())
        assert _same(remote.reset(seed=[None, 2, None]), local.reset(seed=[None, 2, None]))
    local.close()


def test_the_callers_options_are_left_as_they_are(address: str) -> None:
    options = {"reset_mask": np.array([True, False]), "level": 2}
    with closing(RemoteVectorEnv(env_id(Short), address, num_envs=2, autoreset_mode="Disabled")) as remote:
        remote.reset()
        _, infos = remote.reset(options=options)

    assert list(options) == ["reset_mask", "level"]
    assert infos["options"]["level"].tolist() == [2, 0]


def test_the_mode_is_an_enum_in_the_attribute_and_the_metadata(address: str) -> None:
    with closing(RemoteVectorEnv("gym:CartPole-v1", address, num_envs=2, autoreset_mode="SameStep")) as remote:
        assert remote.autoreset_mode is remote.metadata["autoreset_mode"] is AutoresetMode.SAME_STEP
        remote.reset()
        assert remote.metadata["autoreset_mode"] is AutoresetMode.SAME_STEP


def test_results_are_fresh_writable_and_of_gymnasiums_types(address: str) -> None:
    with closing(RemoteVectorEnv(env_id(Counter), address, num_envs=2)) as remote:
        remote.reset()
        observations, rewards, terminations, truncations, _ = remote.step(np.array([0, 1]))
        for array in (observations, rewards, terminations, truncations):
            array[:] = 1
        again = remote.step(np.array([0, 1]))

    assert [array.dtype for array in again[:4]] == [np.int64, np.float64, np.bool_, np.bool_]
    assert [array.tolist() for array in again[:4]] == [[[2], [2]], [2.0, 2.0], [False, False], [False, False]]


def test_gymnasiums_wrappers_go_on_top(address: str) -> None:
    remote = RemoteVectorEnv("gym:CartPole-v1", address, num_envs=4)
    wrapped = NormalizeObservation(RecordEpisodeStatistics(remote))
    wrapped.reset(seed=1)
    infos: dict[str, Any] = {}
    while "episode" not in infos:
        *_, infos = wrapped.step(np.zeros(4, np.int64))

    assert infos["episode"]["l"].max() > 5
    wrapped.close()


def test_it_draws_every_copy(address: str) -> None:
    with closing(RemoteVectorEnv("gym:CartPole-v1", address, num_envs=2, render_mode="rgb_array")) as remote:
        remote.reset(seed=1)
        frames = remote.render()

    assert frames is not None
    assert [frame.shape for frame in frames] == [(400, 600, 3)] * 2


def test_render_without_a_mode_warns_and_draws_nothing(address: str) -> None:
    remote = RemoteVectorEnv(env_id(Counter), address, num_envs=2)
    with pytest.warns(UserWarning, match="without a render_mode"):
        assert remote.render() is None
    remote.close()


def test_a_pickled_batch_connects_anew(address: str) -> None:
    remote = RemoteVectorEnv("gym:CartPole-v1", address, num_envs=3, autoreset_mode=AutoresetMode.SAME_STEP)
    copy = pickle.loads(pickle.dumps(remote))

    assert _same(copy.reset(seed=5), remote.reset(seed=5))
    assert copy.autoreset_mode is AutoresetMode.SAME_STEP
    copy.close()
    remote.close()


def test_it_may_be_closed_twice(address: str) -> None:
    remote = RemoteVectorEnv(env_id(Counter), address, num_envs=2)
    remote.reset()
    remote.close()
    remote.close()

    assert remote.closed


def test_actions_outside_the_space_name_the_copy(address: str) -> None:
    with closing(RemoteVectorEnv(env_id(Counter), address, num_envs=3)) as remote:
        remote.reset()
        with pytest.raises(errors.InvalidAction) as refused:
            remote.step(np.array([0, 5, 0]))

        assert refused.value.data["field"] == "action[1]"
        assert remote.step(np.array([0, 1, 0]))[0].tolist() == [[1], [1], [1]]


def test_a_step_of_ended_copies_without_autoreset_names_them(address: str) -> None:
    with closing(RemoteVectorEnv(env_id(Short), address, num_envs=2, autoreset_mode="Disabled")) as remote:
        remote.reset()
        for _ in range(3):
            remote.step([0, 0])
        with pytest.raises(errors.EpisodeOver, match=r"\[0, 1\]"):
            remote.step([0, 0])


def test_seeds_that_are_too_few_are_refused(address: str) -> None:
    with closing(RemoteVectorEnv(env_id(Counter), address, num_envs=3)) as remote, pytest.raises(errors.InvalidOptions):
        remote.reset(seed=[1, 2])


@pytest.mark.parametrize("arguments", [{"num_envs": 0}, {"num_envs": "3"}, {"autoreset_mode": "Sometimes"}])
def test_an_argument_that_cannot_be_is_told_at_once(arguments: dict[str, Any]) -> None:
    with pytest.raises(errors.InvalidOptions, match=next(iter(arguments))):
        RemoteVectorEnv("gym:CartPole-v1", **arguments)


@pytest.mark.parametrize(("transport", "served"), [*_ROADS, ("unary", "shared")], indirect=True)
def test_steps_on_their_way_equal_gymnasiums_own(transport: str, served: str) -> None:
    local = _local("CartPole-v1", AutoresetMode.NEXT_STEP, 5)
    local.action_space.seed(2)
    actions = [local.action_space.sample() for _ in range(100)]
    with closing(RemoteVectorEnv("gym:CartPole-v1", served, num_envs=5, transport=transport)) as remote:
        assert _same(remote.reset(seed=1), local.reset(seed=1))
        remote.step_async(actions[0])
        for now, following in itertools.pairwise(actions):
            remote.step_async(following)
            assert _same(remote.step_wait(), local.step(now))
        assert _same(remote.step_wait(), local.step(actions[-1]))
    local.close()


def test_an_asynchronous_batch_has_its_own_way_to_send(address: str) -> None:
    with closing(RemoteVectorEnv(env_id(Counter), address, num_envs=2, batch_size=1)) as remote:
        remote.reset()
        for call in (partial(remote.step_async, [0, 0]), remote.step_wait):
            with pytest.raises(errors.Unsupported, match="send"):
                call()
