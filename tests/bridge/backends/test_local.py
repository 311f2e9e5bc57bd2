import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from stepwire_bridge.backends.local import LocalBackend, open_local
from stepwire_bridge.faults import GameFailed, GameSilent, UnknownEnv
from tests.odd_envs import Gated

SECONDS = 20.0


@asynccontextmanager
async def opened(gym_id: str, **kwargs: Any) -> AsyncIterator[LocalBackend]:
    backend = await open_local(gym_id, timeout=SECONDS, **kwargs)
    try:
        yield backend
    finally:
        await backend.close()


async def reset(backend: LocalBackend, seeds: Any = None, options: Any = None, mask: Any = None) -> Any:
    return await backend.reset(seeds=seeds, options=options, mask=mask, timeout=SECONDS)


@pytest.fixture
def gates() -> Any:
    Gated.shut()
    yield Gated
    Gated.gate.set()


async def test_a_copy_without_a_seed_continues_its_own_random_stream() -> None:
    local = SyncVectorEnv([lambda: gymnasium.make("CartPole-v1")] * 3)
    async with opened("CartPole-v1", num_envs=3) as backend:
        await reset(backend, [1, 2, 3])
        local.reset(seed=[1, 2, 3])
        again = await reset(backend, [9, None, 9])
        assert data_equivalence(tuple(again), local.reset(seed=[9, None, 9]), exact=True)
    local.close()


@pytest.mark.parametrize("mode", list(AutoresetMode))
async def test_a_batch_gives_exactly_what_sync_vector_env_gives(mode: AutoresetMode) -> None:
    local = SyncVectorEnv([lambda: gymnasium.make("CartPole-v1")] * 3, autoreset_mode=mode)
    local.action_space.seed(5)
    async with opened("CartPole-v1", num_envs=3, autoreset_mode=mode) as backend:
        assert data_equivalence(tuple(await reset(backend, [1, 2, 3])), local.reset(seed=[1, 2, 3]), exact=True)
        for _ in range(120):
            action = local.action_space.sample()
            ours, theirs = await backend.step(action, timeout=SECONDS), local.step(action)
            assert data_equivalence(tuple(ours), theirs, exact=True)
            over = np.logical_or(ours.terminated, ours.truncated)
            if mode is AutoresetMode.DISABLED and over.any():
                again = await reset(backend, mask=over)
                assert data_equivalence(tuple(again), local.reset(options={"reset_mask": over}), exact=True)
    local.close()


async def test_the_spec_is_that_of_a_single_copy() -> None:
    async with opened("Odd/Counter-v0", num_envs=2, render_mode="ansi") as backend:
        spec = backend.spec
        assert spec.observation_space == gymnasium.spaces.Discrete(2**40)
        assert spec.action_space == gymnasium.spaces.Discrete(4)
        assert (spec.num_envs, spec.autoreset_mode) == (2, AutoresetMode.NEXT_STEP)
        assert spec.metadata == {"render_modes": ["ansi", "rgb_array"], "render_fps": 7}
        assert spec.render_mode == "ansi"


async def test_what_sync_vector_env_writes_into_the_envs_metadata_is_not_the_envs_own() -> None:
    async with opened("CartPole-v1", num_envs=2) as backend:
        assert "autoreset_mode" not in backend.spec.metadata


async def test_a_batch_renders_a_tuple_of_frames() -> None:
    async with opened("Odd/Counter-v0", num_envs=2, render_mode="ansi") as backend:
        await reset(backend)
        assert await backend.render(timeout=SECONDS) == ("step 0", "step 0")


async def test_keyword_arguments_reach_the_constructor() -> None:
    async with opened("Odd/Counter-v0", kwargs={"length": 1}) as backend:
        await reset(backend)
        assert (await backend.step(0, timeout=SECONDS)).terminated is True


async def test_an_id_that_is_not_registered_is_unknown() -> None:
    with pytest.raises(UnknownEnv):
        await open_local("CartPoll-v1", timeout=SECONDS)


@pytest.mark.parametrize("inline", [False, True])
async def test_an_env_that_cannot_be_made_says_why(inline: bool) -> None:
    with pytest.raises(GameFailed, match="make: RuntimeError: no engine"):
        await open_local("Odd/Unmakable-v0", timeout=SECONDS, inline=inline)


@pytest.mark.parametrize(
    ("action", "error"),
    [
        (1, "ValueError: boom"),
        (2, "SystemExit: 3"),
        (3, "StopIteration: stop"),
        (4, "TimeoutError: its own"),
        (5, "TypeError: Expected 5 arguments, got 3"),
        (6, "TypeError: its info is a NoneType, expected a dict"),
    ],
)
@pytest.mark.parametrize("inline", [False, True])
async def test_what_the_envs_own_code_raises_is_the_games_fault_and_a_reset_goes_on(
    action: int, error: str, inline: bool
) -> None:
    async with opened("Odd/Raising-v0", inline=inline) as backend:
        await reset(backend)
        with pytest.raises(GameFailed, match=error):
            await backend.step(action, timeout=SECONDS)
        await reset(backend)
        assert (await backend.step(0, timeout=SECONDS)).observation == 1


async def test_an_inline_env_is_stepped_in_the_turn_in_which_it_is_asked() -> None:
    async with opened("Odd/Counter-v0", inline=True) as backend:
        await reset(backend)
        with pytest.raises(StopIteration) as end:
            backend.step(0, timeout=SECONDS).send(None)
        assert end.value.value.observation == 1
        assert _threads_of("Odd/Counter-v0") == []


async def test_a_blocked_env_is_silent_and_holds_up_nobody_else(gates: type[Gated]) -> None:
    async with opened("Odd/Gated-v0") as blocked, opened("Odd/Counter-v0") as other:
        await reset(blocked)
        await reset(other)
        step = asyncio.create_task(blocked.step(1, timeout=1.0))
        await asyncio.to_thread(gates.arrived.wait, 10)
        for n in range(1, 50):
            assert (await other.step(0, timeout=SECONDS)).observation == n
        assert not step.done()
        with pytest.raises(GameSilent, match=r"step within 1 s"):
            await step


async def test_after_silence_a_reset_starts_a_fresh_env_and_the_old_one_is_closed_when_it_wakes(
    gates: type[Gated],
) -> None:
    async with opened("Odd/Gated-v0") as backend:
        await reset(backend)
        await backend.step(0, timeout=SECONDS)
        with pytest.raises(GameSilent):
            await backend.step(1, timeout=0.05)
        assert (await reset(backend)).observation == 0
        gates.gate.set()
        assert await asyncio.to_thread(gates.closed.wait, 10)
        assert (await backend.step(0, timeout=SECONDS)).observation == 1


async def test_an_env_that_is_slow_to_make_is_silent_and_closed_once_it_is_made(gates: type[Gated]) -> None:
    with pytest.raises(GameSilent, match="make"):
        await open_local("Odd/SlowToMake-v0", timeout=0.05)
    gates.gate.set()
    assert await asyncio.to_thread(gates.closed.wait, 10)


async def test_closing_twice_and_while_nothing_answers_is_quiet(
    gates: type[Gated], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stepwire_bridge.backends.local.CLOSE_SECONDS", 0.05)
    backend = await open_local("Odd/Gated-v0", timeout=SECONDS)
    await reset(backend)
    step = asyncio.create_task(backend.step(1, timeout=SECONDS))
    await asyncio.to_thread(gates.arrived.wait, 10)
    await backend.close()
    await backend.close()
    step.cancel()


async def test_a_closed_backend_leaves_no_thread() -> None:
    for _ in range(5):
        async with opened("Odd/Counter-v0") as backend:
            await reset(backend)
    for thread in _threads_of("Odd/Counter-v0"):
        await asyncio.to_thread(thread.join, 10)
    assert _threads_of("Odd/Counter-v0") == []


async def test_an_answer_after_the_loop_has_closed_is_dropped(gates: type[Gated]) -> None:
    def program() -> None:
        async def step_for_ever() -> None:
            backend = await open_local("Odd/Gated-v0", timeout=SECONDS)
            await reset(backend)
            with pytest.raises(GameSilent):
                await backend.step(1, timeout=0.05)

        asyncio.run(step_for_ever())

    await asyncio.to_thread(program)
    stuck = _threads_of("Odd/Gated-v0")
    gates.gate.set()
    for thread in stuck:
        await asyncio.to_thread(thread.join, 10)
        assert not thread.is_alive()


def _threads_of(gym_id: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == f"gym:{gym_id}"]
