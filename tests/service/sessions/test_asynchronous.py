import asyncio
from typing import Any

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from stepwire_bridge.backends.asynchronous import one_by_one, open_asynchronous
from stepwire_bridge.backends.local import LocalBackend, open_local
from stepwire_bridge.backends.single import Single
from stepwire_bridge.faults import GameFailed, InvalidAction, InvalidOptions, NotReset, TooLarge, Unsupported
from stepwire_service.sessions import AsynchronousEpisodes, Deadlines
from tests.odd_envs import Counter

SECONDS = 20.0


async def opened(gym_id: str = "Odd/Counter-v0", *, batch_size: int = 1, step: float = SECONDS) -> AsynchronousEpisodes:
    async def single(timeout: float) -> Any:
        return await open_local(gym_id, timeout=timeout)

    backend = await open_asynchronous(
        f"gym:{gym_id}",
        one_by_one(single),
        num_envs=3,
        batch_size=batch_size,
        autoreset_mode=AutoresetMode.NEXT_STEP,
        timeout=SECONDS,
    )
    return AsynchronousEpisodes(backend, Deadlines(SECONDS, SECONDS, step, SECONDS))


async def test_a_copy_may_be_sent_to_again_once_it_was_received() -> None:
    episodes = await opened()
    await episodes.reset([1, 2, 3], None, None)
    await episodes.send(np.array([0]), [2])
    with pytest.raises(InvalidOptions, match=r"given \[2\], which are under way"):
        await episodes.send(np.array([0, 0]), [1, 2])
    assert (await episodes.recv()).copies.tolist() == [2]
    await episodes.send(np.array([0, 0]), [1, 2])
    await episodes.close()


async def test_a_refused_send_sends_nothing() -> None:
    episodes = await opened()
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidAction, match="action"):
        await episodes.send(np.array([0, 9]), [0, 1])
    await episodes.send(np.array([0]), [1])
    assert (await episodes.recv()).copies.tolist() == [1]
    await episodes.close()


@pytest.mark.parametrize("copies", [[], [3], [-1], [1, 1]], ids=str)
async def test_copies_that_cannot_be_are_refused(copies: list[int]) -> None:
    episodes = await opened()
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidOptions, match="env_ids: expected some of 0 to 2, each once"):
        await episodes.send(np.zeros(len(copies), int), copies)
    await episodes.close()


async def test_as_many_actions_as_copies_are_wanted() -> None:
    episodes = await opened()
    await episodes.reset(None, None, None)
    with pytest.raises(InvalidAction, match="2"):
        await episodes.send(np.array([0, 0, 0]), [0, 1])
    await episodes.close()


async def test_nothing_but_a_reset_may_come_first() -> None:
    episodes = await opened()
    with pytest.raises(NotReset, match="send"):
        await episodes.send(np.array([0]), [0])
    with pytest.raises(NotReset, match="recv"):
        await episodes.recv()
    await episodes.close()


async def test_after_a_fault_of_a_copy_only_a_reset_may_follow() -> None:
    episodes = await opened("Odd/Raising-v0")
    await episodes.reset(None, None, None)
    await episodes.send(np.array([1]), [0])
    with pytest.raises(GameFailed):
        await episodes.recv()
    with pytest.raises(NotReset):
        await episodes.send(np.array([0]), [1])
    await episodes.reset(None, None, None)
    await episodes.send(np.array([0]), [0])
    assert (await episodes.recv()).copies.tolist() == [0]
    await episodes.close()


async def test_too_few_copies_are_no_fault_of_the_games() -> None:
    episodes = await opened(batch_size=2, step=0.1)
    await episodes.reset(None, None, None)
    await episodes.send(np.array([0]), [0])
    with pytest.raises(InvalidOptions, match="under way"):
        await episodes.recv()
    await episodes.send(np.array([0]), [1])
    assert sorted((await episodes.recv()).copies.tolist()) == [0, 1]
    await episodes.close()


async def test_a_reset_frees_all_copies() -> None:
    episodes = await opened()
    await episodes.reset(None, None, None)
    await episodes.send(np.array([0, 0]), [0, 1])
    await episodes.reset(None, None, None)
    await episodes.send(np.array([0, 0, 0]), [0, 1, 2])
    received = await asyncio.gather(*[episodes.recv()])
    assert received[0].transition.observation.tolist() in ([1], [2])
    await episodes.close()


async def test_a_step_a_render_and_a_mask_are_refused() -> None:
    episodes = await opened()
    await episodes.reset(None, None, None)
    with pytest.raises(Unsupported, match="Use Send and Recv"):
        await episodes.step(np.array([0, 0, 0]))
    with pytest.raises(Unsupported, match="Render"):
        await episodes.render()
    with pytest.raises(InvalidOptions, match="mask"):
        await episodes.reset(None, None, np.array([True, False, False]))
    with pytest.raises(InvalidOptions, match="seeds"):
        await episodes.reset([1], None, None)
    await episodes.close()


class TakesNoMore(Counter):
    """Its steps come to a fault of the caller's, as those of a game do that is sent too much."""

    def step(self, action: Any) -> Any:
        raise TooLarge("the message", 2, 1, "max_message_bytes")


async def test_a_fault_of_the_callers_in_a_copys_step_also_wants_a_reset() -> None:
    async def single(timeout: float) -> LocalBackend:
        backend = LocalBackend("full", lambda: Single(TakesNoMore()))
        await backend.open(timeout=timeout)
        return backend

    backend = await open_asynchronous("full", one_by_one(single), num_envs=1, batch_size=1, timeout=SECONDS)
    episodes = AsynchronousEpisodes(backend, Deadlines(SECONDS, SECONDS, SECONDS, SECONDS))
    await episodes.reset(None, None, None)
    await episodes.send(np.array([0]), [0])
    with pytest.raises(TooLarge):
        await episodes.recv()
    with pytest.raises(NotReset):
        await episodes.recv()
    await episodes.reset(None, None, None)
    await episodes.send(np.array([0]), [0])
    await episodes.close()
