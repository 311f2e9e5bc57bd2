"""What went wrong with AI4U's own Python, each as a test that shows it gone."""

import asyncio
import time

import gymnasium
import numpy as np
import pytest

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.faults import GameSilent, TooLarge
from tests.bridge.udp.ai4u_engine import METADATA, Agent
from tests.bridge.udp.ai4u_network import SECONDS, bridge


async def reset(backend: RemoteBackend, timeout: float = SECONDS) -> np.ndarray:  # type: ignore[type-arg]
    array: np.ndarray = (await backend.reset(seeds=[1], options=None, mask=None, timeout=timeout)).observation  # type: ignore[type-arg]
    return array


async def test_observations_are_in_their_own_space() -> None:
    """Theirs are of shape (1, n) for a space of shape (n,)."""
    async with bridge() as at:
        at.join(Agent(at.address))
        backend = await at.open()
        space = backend.spec.observation_space
        assert await reset(backend) in space
        assert (await backend.step(np.int64(1), timeout=SECONDS)).observation in space
        assert space == gymnasium.spaces.Box(0, 1000, (2,), np.float32)


async def test_a_process_has_as_many_environments_as_it_wants_on_as_many_ports() -> None:
    """Theirs raise IndexError at the second, and two on one port kill the process."""
    async with bridge() as first, bridge() as second:
        for at in (first, second):
            for id in ("0", "1"):
                at.join(Agent(at.address, id))
        backends = [await at.open() for at in (first, second, first, second)]
        assert [(await reset(backend)).tolist() for backend in backends] == [[1, 0]] * 4


async def test_a_port_that_is_taken_is_an_error_and_not_the_end_of_the_process() -> None:
    """Theirs sends SIGINT to itself."""
    async with bridge() as at:
        with pytest.raises(OSError, match="in use"):
            async with bridge(port=at.address[1]):
                pass


async def test_closing_ends_nothing_but_the_environment_and_may_be_done_twice() -> None:
    """Theirs raises SystemExit."""
    async with bridge() as at:
        at.join(Agent(at.address))
        for _ in range(3):
            backend = await at.open()
            await reset(backend)
            await backend.close()
            await backend.close()


async def test_where_no_engine_speaks_a_call_ends_at_its_deadline() -> None:
    """Theirs waits for ever in reset, and kills its process after 30 s without a datagram."""
    async with bridge() as at:
        agent = at.join(Agent(at.address))
        backend = await at.open()
        await at.leave(agent)
        started = time.monotonic()
        with pytest.raises(GameSilent, match="reset"):
            await reset(backend, timeout=0.1)
        assert time.monotonic() - started < 5


async def test_a_seed_reaches_the_game_where_it_has_a_name_there() -> None:
    """Theirs is accepted and ignored."""
    async with bridge(seed_field="seed") as at:
        agent = at.join(Agent(at.address))
        backend = await at.open()
        await reset(backend)
        assert "__reset__;1;0@seed;1;1" in agent.replies


async def test_an_action_beyond_the_engines_buffer_is_refused_and_the_episode_goes_on() -> None:
    """Theirs sends it, and the engine cuts it off after 1000 bytes."""
    outputs = [{"name": "add", "isContinuous": True, "shape": [1], "rangeMin": [0.0] * 400, "rangeMax": [1.0] * 400}]
    async with bridge(max_reply_bytes=2000) as at:
        agent = at.join(Agent(at.address, metadata=METADATA | {"outputs": outputs}))
        backend = await at.open()
        await reset(backend)
        with pytest.raises(TooLarge, match="2000"):
            await backend.step(np.full(400, 0.125, np.float32), timeout=SECONDS)
        assert agent.executed == ["reset"]
        assert (await backend.step(np.ones(400, np.float32), timeout=SECONDS)).observation.tolist() == [1, 1]


async def test_arrays_of_whole_numbers_are_whole_and_may_be_below_zero() -> None:
    """The engine writes them as arrays of floats, and theirs takes them for bytes."""

    class Whole(Agent):
        def sensors(self) -> dict[str, object]:
            return {"array": [-300.0, float(self.count)]}

    sensor = METADATA["inputs"][0] | {"type": 6, "dataType": 6, "rangeMin": -1000}
    async with bridge() as at:
        at.join(Whole(at.address, metadata=METADATA | {"inputs": [sensor]}))
        backend = await at.open()
        observation = await reset(backend)
        assert (observation.dtype, observation.tolist()) == (np.int32, [-300, 0])


async def test_an_engine_that_waits_costs_no_processor_time() -> None:
    """Theirs has a thread and two queues for each agent; ours answers what comes."""
    async with bridge() as at:
        agent = await at.dial()
        await agent.configure()
        started = time.process_time()
        await asyncio.sleep(0.3)
        assert time.process_time() - started < 0.15
