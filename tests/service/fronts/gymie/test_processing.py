"""A function of the user's may do what it wants: it holds up nobody, and ends nothing but its own call."""

import asyncio
import threading
from typing import Any

import pytest

from stepwire_service.fronts.gymie.processing import Processing, Raised
from tests.odd_envs import Counter
from tests.service.fronts.gymie.agents import classic, gymie

STEP = (1, 2.0, False, {})


async def test_all_steps_are_processed_in_one_thread_which_ends_when_it_is_told() -> None:
    threads = []

    def function(step: Any) -> Any:
        threads.append(threading.current_thread())
        return step

    processing = Processing(function, 10)
    assert [await processing.of(STEP) for _ in range(3)] == [STEP] * 3
    processing.end()
    processing.end()
    await asyncio.to_thread(threads[0].join, 10)
    assert len(set(threads)) == 1 and not threads[0].is_alive()


@pytest.mark.parametrize("error", [ValueError("no"), TimeoutError("its own"), SystemExit(3), KeyboardInterrupt()])
async def test_what_it_raises_ends_its_call_alone(error: BaseException) -> None:
    def function(step: Any) -> Any:
        if step is STEP:
            raise error
        return "made"

    processing = Processing(function, 10)
    with pytest.raises(Raised) as caught:
        await processing.of(STEP)
    assert caught.value.error is error
    assert await processing.of((2, 0.0, False, {})) == "made"
    processing.end()


async def test_one_that_does_not_return_is_left_behind() -> None:
    gate = threading.Event()
    processing = Processing(lambda step: gate.wait(20), 0.05)
    with pytest.raises(TimeoutError):
        await processing.of(STEP)
    gate.set()


async def test_agents_whose_steps_are_never_processed_hold_up_no_other() -> None:
    gate = threading.Event()

    def process_step(step: Any) -> Any:
        gate.wait(20) if step[3]["action"] else None
        return step

    hooks = {"get_env": lambda env_id: Counter(), "process_step": process_step}
    async with gymie(hooks, step_deadline=0.5) as address, classic(address) as quick:
        slow = [await stuck(address) for _ in range(40)]  # more than an executor has threads
        instance = await quick.make("any")
        await quick.ask("reset", instance_id=instance)
        assert (await quick.ask("step", instance_id=instance, action=0))[0] == 1
        assert {await waiting for waiting in slow} == {
            (1007, "Unknonwn error: process_step did not return within step_deadline")
        }
    gate.set()


async def stuck(address: str) -> "asyncio.Task[tuple[int, str]]":
    """An agent whose step is under way; how its connection is closed."""
    begun = asyncio.Event()

    async def play() -> tuple[int, str]:
        async with classic(address) as agent:
            instance = await agent.make("any")
            await agent.ask("reset", instance_id=instance)
            await agent.send("step", instance_id=instance, action=1)
            begun.set()
            return await agent.closed()

    task = asyncio.create_task(play())
    await begun.wait()
    return task
