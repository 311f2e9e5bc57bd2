import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from stepwire_bridge.backends.asynchronous import Asynchronous, one_by_one, open_asynchronous
from stepwire_bridge.backends.local import open_local
from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.faults import GameFailed, GameGone, GameSilent, InvalidOptions, NoGameWaiting, Unsupported
from stepwire_bridge.lobby import Lobby
from tests.bridge.toy import Playing, Toy, ToyGame
from tests.odd_envs import Gated

Join = Callable[[ToyGame], Awaitable[Playing]]
SECONDS = 20.0
RESETTING = [AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP]


@asynccontextmanager
async def opened(gym_id: str, num_envs: int, batch_size: int, **order: Any) -> AsyncIterator[Asynchronous]:
    kwargs = order.pop("kwargs", None)
    single = partial(open_local, gym_id, kwargs=kwargs, render_mode=order.pop("render_mode", None))
    backend = await open_asynchronous(
        f"gym:{gym_id}",
        one_by_one(lambda timeout: single(timeout=timeout)),
        num_envs=num_envs,
        batch_size=batch_size,
        timeout=SECONDS,
        **order,
    )
    try:
        yield backend
    finally:
        await backend.close()


async def of_toys(lobby: Lobby, num_envs: int, batch_size: int, **order: Any) -> Asynchronous:
    truncates = order.pop("truncate_on_game_gone", False)
    return await open_asynchronous(
        "game:toy",
        lambda count, timeout: RemoteBackend.open_each(
            lobby, "toy", count, truncate_on_game_gone=truncates, timeout=timeout
        ),
        num_envs=num_envs,
        batch_size=batch_size,
        timeout=2,
        **order,
    )


async def reset(backend: Asynchronous, seeds: Any = None, timeout: float = SECONDS) -> Any:
    return await backend.reset(seeds=seeds, options=None, timeout=timeout)


def send(backend: Asynchronous, actions: Any, copies: Any, timeout: float = SECONDS) -> None:
    backend.send(np.asarray(actions), copies, timeout=timeout)


@pytest.fixture
def gates() -> Any:
    Gated.shut()
    yield Gated
    Gated.gate.set()


# ── as Gymnasium ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", RESETTING)
@pytest.mark.parametrize("gym_id", ["CartPole-v1", "FrozenLake-v1", "Blackjack-v1", "Pendulum-v1"])
async def test_with_all_copies_in_a_batch_it_equals_sync_vector_env_in_another_order(
    gym_id: str, mode: AutoresetMode
) -> None:
    local = SyncVectorEnv([lambda: gymnasium.make(gym_id)] * 3, autoreset_mode=mode)
    local.action_space.seed(1)
    async with opened(gym_id, 3, 3, autoreset_mode=mode) as backend:
        assert data_equivalence(tuple(await reset(backend, [7, 8, 9])), local.reset(seed=7))
        for _ in range(100):
            actions = local.action_space.sample()
            send(backend, actions, [0, 1, 2])
            copies, ours = await backend.recv(timeout=SECONDS)
            theirs = local.step(actions)
            order = np.argsort(copies)
            observation = tuple(part[order] for part in ours[0]) if isinstance(ours[0], tuple) else ours[0][order]
            assert data_equivalence(observation, theirs[0], exact=True)
            for mine, part in zip(ours[1:4], theirs[1:4], strict=True):
                assert data_equivalence(mine[order], part, exact=True)
            assert ours.info.keys() == theirs[4].keys()
            for key, column in theirs[4].items():
                if not isinstance(column, dict) and key != "prob":  # which Gymnasium cuts down to copy 0's type
                    assert str(ours.info[key][order].tolist()) == str(column.tolist())
    local.close()


@pytest.mark.parametrize("mode", RESETTING)
async def test_every_copy_of_a_game_goes_its_way_as_if_alone(lobby: Lobby, join: Join, mode: AutoresetMode) -> None:
    for instances in (2, 3):
        await join(ToyGame(instances=instances))
    locals_ = [SyncVectorEnv([Toy], autoreset_mode=mode) for _ in range(5)]
    backend = await of_toys(lobby, 5, 2, autoreset_mode=mode)
    begun = await reset(backend, [10, 20, 30, 40, 50])
    for copy, local in enumerate(locals_):
        assert data_equivalence(begun.observation[copy], local.reset(seed=10 * (copy + 1))[0][0])
    random, seen = np.random.default_rng(3), np.zeros(5, int)
    actions = random.integers(0, 4, 5)
    send(backend, actions, range(5))
    for _ in range(100):
        copies, ours = await backend.recv(timeout=SECONDS)
        for row, copy in enumerate(copies):
            theirs = locals_[copy].step([actions[copy]])
            assert data_equivalence([part[row] for part in ours[:4]], [part[0] for part in theirs[:4]])
            if "final_obs" in theirs[4]:
                assert data_equivalence(ours.info["final_obs"][row], theirs[4]["final_obs"][0])
        seen[copies] += 1
        actions[copies] = random.integers(0, 4, len(copies))
        send(backend, actions[copies], copies.tolist())
    assert seen.sum() == 200
    assert seen.min() > 10
    await backend.close()


# ── each in its own time ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_slow_copy_holds_up_nobody_else(gates: Any) -> None:
    async with opened("Odd/Gated-v0", 4, 1) as backend:
        await reset(backend)
        send(backend, [1, 0, 0, 0], range(4))
        for _ in range(30):
            copies, _ = await backend.recv(timeout=SECONDS)
            assert copies[0] != 0
            send(backend, [0], copies.tolist())
        gates.gate.set()
        received = [(await backend.recv(timeout=SECONDS)).copies.tolist() for _ in range(4)]
        assert sorted(received) == [[0], [1], [2], [3]]


async def test_a_recv_that_waits_is_fulfilled_by_later_sends(gates: Any) -> None:
    async with opened("Odd/Gated-v0", 2, 2) as backend:
        await reset(backend)
        send(backend, [0], [0])
        waiting = asyncio.create_task(backend.recv(timeout=SECONDS))
        await asyncio.sleep(0)
        send(backend, [0], [1])
        assert sorted((await waiting).copies.tolist()) == [0, 1]


async def test_a_recv_with_too_few_copies_under_way_is_refused_in_time_and_loses_nothing() -> None:
    async with opened("Odd/Counter-v0", 2, 2) as backend:
        await reset(backend)
        send(backend, [0], [1])
        with pytest.raises(InvalidOptions, match=r"batch_size says, 2, given 1 after 0\.05 s"):
            await backend.recv(timeout=0.05)
        send(backend, [0], [0])
        assert sorted((await backend.recv(timeout=SECONDS)).copies.tolist()) == [0, 1]


async def test_a_reset_waits_for_the_steps_under_way_and_forgets_them(gates: Any) -> None:
    async with opened("Odd/Gated-v0", 2, 1) as backend:
        await reset(backend)
        send(backend, [1, 0], [0, 1])
        await asyncio.to_thread(gates.arrived.wait)
        resetting = asyncio.create_task(reset(backend))
        await asyncio.sleep(0)
        gates.gate.set()
        assert (await resetting).observation.tolist() == [1, 1]
        send(backend, [0], [1])
        copies, transition = await backend.recv(timeout=SECONDS)
        assert (copies.tolist(), transition.observation.tolist()) == ([1], [2])


async def test_a_reset_does_not_wait_for_a_step_for_ever(gates: Any) -> None:
    async with opened("Odd/Gated-v0", 1, 1) as backend:
        await reset(backend)
        send(backend, [1], [0])
        with pytest.raises(GameSilent, match="the step before reset"):
            await reset(backend, timeout=0.05)
        gates.gate.set()
        await reset(backend)


async def test_closing_leaves_the_steps_under_way_behind(gates: Any) -> None:
    async with opened("Odd/Gated-v0", 2, 1) as backend:
        await reset(backend)
        send(backend, [1, 1], [0, 1])
        await asyncio.to_thread(gates.arrived.wait)
        gates.gate.set()
        await backend.close()
        assert gates.closed.is_set()


# ── faults ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_silence_of_one_copy_is_told_by_the_recv_that_would_have_given_it(gates: Any) -> None:
    async with opened("Odd/Gated-v0", 2, 1) as backend:
        await reset(backend)
        send(backend, [1, 0], [0, 1], timeout=0.1)
        assert (await backend.recv(timeout=SECONDS)).copies.tolist() == [1]
        with pytest.raises(GameSilent):
            await backend.recv(timeout=SECONDS)
        assert (await reset(backend)).observation.shape == (2,)


async def test_an_error_of_one_copy_is_told_at_once_though_others_are_under_way(gates: Any) -> None:
    async with opened("Odd/Raising-v0", 3, 3) as backend:
        await reset(backend)
        send(backend, [1], [2])
        with pytest.raises(GameFailed, match="boom"):
            await backend.recv(timeout=SECONDS)
        await reset(backend)
        send(backend, [0, 0, 0], range(3))
        assert len((await backend.recv(timeout=SECONDS)).copies) == 3


async def test_a_lost_game_faults_its_copies_and_a_reset_takes_fresh_ones(lobby: Lobby, join: Join) -> None:
    first = await join(ToyGame())
    backend = await of_toys(lobby, 1, 1)
    await reset(backend)
    await first.leave()
    send(backend, [0], [0])
    with pytest.raises(GameGone):
        await backend.recv(timeout=SECONDS)
    await join(ToyGame())
    await reset(backend)
    await backend.close()


async def test_a_lost_game_truncates_the_episode_where_that_was_asked_for(lobby: Lobby, join: Join) -> None:
    first = await join(ToyGame())
    backend = await of_toys(lobby, 1, 1, truncate_on_game_gone=True)
    await reset(backend, [5])
    await first.leave()
    send(backend, [0], [0])
    _, transition = await backend.recv(timeout=SECONDS)
    assert transition.truncated.tolist() == [True]
    assert "game_gone" in transition.info
    await join(ToyGame())
    send(backend, [0], [0])
    assert (await backend.recv(timeout=SECONDS)).transition.truncated.tolist() == [False]
    await backend.close()


# ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_it_says_what_it_is() -> None:
    async with opened("CartPole-v1", 4, 2) as backend:
        spec = backend.spec
        assert (spec.num_envs, spec.batch_size, spec.autoreset_mode) == (4, 2, AutoresetMode.NEXT_STEP)
        assert spec.observation_space == gymnasium.make("CartPole-v1").observation_space


async def test_without_autoreset_it_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="NEXT_STEP or SAME_STEP"):
        async with opened("CartPole-v1", 2, 1, autoreset_mode=AutoresetMode.DISABLED):
            pass


async def test_drawing_is_unsupported(gates: Any) -> None:
    with pytest.raises(Unsupported, match="drawing"):
        async with opened("Odd/Gated-v0", 1, 1, render_mode="ansi"):
            pass
    assert gates.closed.is_set()


async def test_copies_that_were_opened_are_given_back_when_the_next_one_is_not_to_be_had(
    lobby: Lobby, join: Join
) -> None:
    await join(ToyGame(instances=2))
    with pytest.raises(NoGameWaiting):
        await open_asynchronous(
            "game:toy",
            one_by_one(lambda timeout: RemoteBackend.open(lobby, "toy", timeout=min(timeout, 0.05))),
            num_envs=3,
            batch_size=1,
            timeout=2,
        )
    backend = await of_toys(lobby, 2, 1)
    await backend.close()


async def test_two_that_want_more_together_than_there_is_come_one_after_the_other(lobby: Lobby, join: Join) -> None:
    await join(ToyGame(instances=2))
    await join(ToyGame(instances=2))
    first, second = (asyncio.create_task(of_toys(lobby, 3, 1)) for _ in range(2))
    await (await first).close()
    await (await second).close()
