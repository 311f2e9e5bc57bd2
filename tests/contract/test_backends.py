"""What every backend must do, whatever stands behind it: a thread, the event loop, a socket, a Node process."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode
from gymnasium.vector.utils import batch_space

from stepwire_bridge.backend import Backend
from stepwire_bridge.faults import GameSilent, Unsupported
from tests.contract.backends import SECONDS, SUBJECTS, WITHOUT_PICTURES, WITHOUT_SEEDS, Subject

STEPS = 150


@pytest.fixture(params=SUBJECTS)
async def subject(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    async with SUBJECTS[request.param]() as subject:
        yield subject


@pytest.fixture(params=[name for name in SUBJECTS if name not in WITHOUT_SEEDS])
async def seeded(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    async with SUBJECTS[request.param]() as subject:
        yield subject


@pytest.fixture(params=[name for name in SUBJECTS if name not in WITHOUT_PICTURES])
async def drawing(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    async with SUBJECTS[request.param]() as subject:
        yield subject


@pytest.fixture(params=["local", "remote", "wescale", "unityremote", "ai4u"])
async def mutable(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    async with SUBJECTS[request.param]() as subject:
        yield subject


async def reset(backend: Backend, seeds: Any = None, mask: Any = None) -> Any:
    return await backend.reset(seeds=seeds, options=None, mask=mask, timeout=SECONDS)


async def step(backend: Backend, action: Any) -> Any:
    return await backend.step(action, timeout=SECONDS)


async def test_a_single_env_gives_observations_of_its_space_and_plain_flags(subject: Subject) -> None:
    backend = await subject.open()
    spec = backend.spec
    spec.action_space.seed(1)
    assert (spec.num_envs, spec.autoreset_mode) == (None, None)
    assert (await reset(backend, [3])).observation in spec.observation_space
    for _ in range(STEPS):
        transition = await step(backend, spec.action_space.sample())
        assert transition.observation in spec.observation_space
        assert [type(flag) for flag in (transition.terminated, transition.truncated)] == [bool, bool]
        assert type(transition.reward) is float
        assert type(transition.info) is dict
        if transition.terminated or transition.truncated:
            assert (await reset(backend)).observation in spec.observation_space
    await backend.close()


@pytest.mark.parametrize("mode", list(AutoresetMode))
async def test_a_batch_gives_arrays_laid_out_as_gymnasium_does(subject: Subject, mode: AutoresetMode) -> None:
    backend = await subject.open(num_envs=3, autoreset_mode=mode)
    space = batch_space(backend.spec.observation_space, 3)
    assert (await reset(backend, [1, 2, 3])).observation in space
    transition = await step(backend, np.array([0, 1, 2]))
    assert transition.observation in space
    assert (transition.reward.dtype, transition.reward.shape) == (np.dtype(np.float64), (3,))
    for flags in (transition.terminated, transition.truncated):
        assert (flags.dtype, flags.shape) == (np.dtype(np.bool_), (3,))
    for key in transition.info:
        assert key.startswith("_") or transition.info[f"_{key}"].shape == (3,)
    await backend.close()


async def test_metadata_is_the_environments_own(drawing: Subject) -> None:
    for num_envs in (None, 2):
        backend = await drawing.open(num_envs=num_envs)
        assert {"rgb_array", "ansi"} <= set(backend.spec.metadata["render_modes"])
        assert "autoreset_mode" not in backend.spec.metadata
        await backend.close()


async def test_the_same_seed_gives_the_same_episode(seeded: Subject) -> None:
    backend = await seeded.open()
    episodes = []
    for _ in range(2):
        episode = [await reset(backend, [11])]
        episode += [await step(backend, action) for action in (0, 1, 1)]
        episodes.append(episode)
    assert data_equivalence(*episodes, exact=True)
    await backend.close()


async def test_without_a_seed_every_copy_continues_its_own_stream(seeded: Subject) -> None:
    backend = await seeded.open(num_envs=2)
    rounds = []
    for _ in range(2):
        await reset(backend, [5, 6])
        first = (await reset(backend)).observation
        rounds.append([first, (await reset(backend, [None, 6])).observation])
    assert data_equivalence(*rounds, exact=True)
    await backend.close()


async def test_with_next_step_the_step_after_an_end_starts_over_and_gives_nothing(subject: Subject) -> None:
    backend = await subject.open(num_envs=3, autoreset_mode=AutoresetMode.NEXT_STEP)
    space = batch_space(backend.spec.action_space, 3)
    space.seed(2)
    await reset(backend, [1, 2, 3])
    over, ends = np.zeros(3, np.bool_), 0
    for _ in range(STEPS):
        transition = await step(backend, space.sample())
        assert not transition.reward[over].any()
        assert not (transition.terminated | transition.truncated)[over].any()
        over = transition.terminated | transition.truncated
        ends += over.sum()
    assert ends > 5
    await backend.close()


async def test_with_same_step_the_last_observation_is_in_the_info(subject: Subject) -> None:
    backend = await subject.open(num_envs=3, autoreset_mode=AutoresetMode.SAME_STEP)
    space = batch_space(backend.spec.action_space, 3)
    space.seed(2)
    await reset(backend, [1, 2, 3])
    ends = 0
    for _ in range(STEPS):
        transition = await step(backend, space.sample())
        over = transition.terminated | transition.truncated
        ends += over.sum()
        assert ("final_obs" in transition.info) == over.any()
        if over.any():
            assert transition.info["_final_obs"].tolist() == over.tolist()
            assert transition.info["_final_info"].tolist() == over.tolist()
            for copy in np.flatnonzero(over):
                assert transition.info["final_obs"][copy] in backend.spec.observation_space
    assert ends > 5
    await backend.close()


async def test_without_autoreset_a_mask_starts_over_what_has_ended_and_nothing_else(subject: Subject) -> None:
    backend = await subject.open(num_envs=3, autoreset_mode=AutoresetMode.DISABLED)
    space = batch_space(backend.spec.action_space, 3)
    space.seed(2)
    await reset(backend, [1, 2, 3])
    resets = 0
    for _ in range(STEPS):
        transition = await step(backend, space.sample())
        over = transition.terminated | transition.truncated
        if over.any():
            again = await reset(backend, mask=over)
            assert np.array_equal(again.observation[~over], transition.observation[~over])
            resets += 1
    assert resets > 5
    await backend.close()


async def test_what_was_given_does_not_change_when_the_env_goes_on(subject: Subject) -> None:
    backend = await subject.open(num_envs=2)
    first = (await reset(backend, [1, 2])).observation
    kept = first.copy()
    second = (await step(backend, np.array([1, 1]))).observation
    assert np.array_equal(first, kept)
    assert not np.array_equal(first, second)
    await backend.close()


async def test_a_drawing_is_one_string_or_one_for_each_copy(drawing: Subject) -> None:
    single = await drawing.open(render_mode="ansi")
    await reset(single, [1])
    assert isinstance(await single.render(timeout=SECONDS), str)
    await single.close()
    batch = await drawing.open(num_envs=2, render_mode="ansi")
    await reset(batch, [1, 2])
    drawn = await batch.render(timeout=SECONDS)
    assert [type(drawing) for drawing in drawn] == [str, str]
    assert type(drawn) is tuple
    await batch.close()


async def test_a_render_mode_that_is_not_offered_is_unsupported(subject: Subject) -> None:
    with pytest.raises(Unsupported, match="holograms"):
        await subject.open(render_mode="holograms")


async def test_closing_twice_is_quiet_and_leaves_room_for_another(subject: Subject) -> None:
    for _ in range(5):
        backend = await subject.open(num_envs=4)
        await reset(backend)
        await backend.close()
        await backend.close()


async def test_silence_ends_at_its_deadline_and_a_reset_goes_on(mutable: Subject) -> None:
    backend = await mutable.open(num_envs=2)
    await reset(backend, [1, 2])
    assert mutable.mute is not None
    mutable.mute()
    started = asyncio.get_running_loop().time()
    with pytest.raises(GameSilent) as caught:
        await backend.step(np.array([0, 0]), timeout=0.1)
    assert asyncio.get_running_loop().time() - started < 2.0
    assert (caught.value.operation, caught.value.seconds) == ("step", 0.1)
    assert (await reset(backend, [1, 2])).observation[:, 0].tolist() == [1, 2]
    await backend.close()
