import asyncio
from typing import Any

import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.copies import Copy
from stepwire_bridge.faults import GameGone
from tests.bridge.toy import Toy


class ToyBackend:
    """A toy behind the seam, which remembers its time limits."""

    def __init__(self) -> None:
        self.toy = Toy()
        self.spec = Spec(Toy.observation_space, Toy.action_space)
        self.timeouts: list[float] = []
        self.gone_at_reset = False

    async def reset(self, *, seeds: Any, options: Any, mask: Any, timeout: float) -> Observed:
        self.timeouts.append(timeout)
        if self.gone_at_reset:
            raise GameGone("toy", "it left")
        return Observed._make(self.toy.reset(seed=seeds[0] if seeds else None, options=options))

    async def step(self, action: Any, *, timeout: float) -> Transition:
        await asyncio.sleep(0.01)
        self.timeouts.append(timeout)
        return Transition._make(self.toy.step(action))

    async def render(self, *, timeout: float) -> Any:
        raise NotImplementedError

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("mode", [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP])
async def test_a_copy_starts_over_as_sync_vector_env_does(mode: AutoresetMode) -> None:
    copy, local = Copy(ToyBackend(), mode), SyncVectorEnv([Toy], autoreset_mode=mode)
    observed = await copy.reset([3], None, 1.0)
    assert data_equivalence(observed.observation, local.reset(seed=[3])[0][0])
    ends = 0
    for _ in range(30):
        ours, theirs = await copy.step(2, 1.0), local.step([2])
        assert data_equivalence(ours.observation, theirs[0][0])
        assert [ours.reward, ours.terminated, ours.truncated] == [part[0] for part in theirs[1:4]]
        assert sorted(ours.info) == sorted(key for key in theirs[4] if not key.startswith("_"))
        ends += ours.terminated
    assert ends > 4


async def test_a_reset_between_episodes_is_not_followed_by_another() -> None:
    copy = Copy(ToyBackend(), AutoresetMode.NEXT_STEP)
    await copy.reset([1], None, 1.0)
    while not (await copy.step(3, 1.0)).terminated:
        pass
    await copy.reset([1], None, 1.0)
    assert (await copy.step(3, 1.0)).reward == 3.0


async def test_the_last_step_and_the_reset_after_it_share_their_time() -> None:
    backend = ToyBackend()
    copy = Copy(backend, AutoresetMode.SAME_STEP)
    await copy.reset([1], None, 5.0)
    while not (await copy.step(3, 5.0)).terminated:
        pass
    step_timeout, reset_timeout = backend.timeouts[-2:]
    assert step_timeout == 5.0
    assert reset_timeout < step_timeout


async def test_a_fault_of_the_reset_after_the_end_is_the_steps() -> None:
    backend = ToyBackend()
    copy = Copy(backend, AutoresetMode.SAME_STEP)
    await copy.reset([1], None, 1.0)
    backend.gone_at_reset = True
    await copy.step(3, 1.0)
    with pytest.raises(GameGone):
        await copy.step(3, 1.0)
