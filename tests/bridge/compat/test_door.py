"""A port that several environments share, and a game that is waited for at the first reset."""

import asyncio
from dataclasses import replace
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.error import ClosedEnvironmentError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from stepwire_bridge.compat.door import Awaited, Place, opened
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.faults import GameGone, NoGameWaiting, NotReset

ONE, TWO = declarations(
    """
    [one]
    dialect = "wemi"
    observation_space = {type = "Box", shape = [1]}
    action_space = {type = "Discrete", n = 2}

    ["number two"]
    dialect = "wemi"
    observation_space = {type = "Box", shape = [1]}
    action_space = {type = "Discrete", n = 2}
    """
).values()
ANYWHERE = Place("127.0.0.1", 0)


async def reset(env: Awaited, game: ClientConnection, obs: int) -> Any:
    """Reset an environment whose game says this."""
    resetting = asyncio.create_task(env.reset(seeds=None, options=None, mask=None, timeout=5))
    await game.recv()
    await game.send(f'{{"obs": {obs}}}')
    return (await resetting).observation.item()


async def test_environments_share_a_port_and_each_has_its_own_game() -> None:
    door = await opened(ANYWHERE, ONE)
    here = replace(ANYWHERE, port=door.port)
    assert [await opened(here, TWO), await opened(here, ONE)] == [door, door]
    first, second, third = (Awaited(door, declaration, 5) for declaration in (ONE, TWO, ONE))
    assert second.address == f"ws://127.0.0.1:{door.port}/wemi/number%20two"
    async with connect(first.address) as one, connect(second.address) as two:
        assert [await reset(second, two, 2), await reset(first, one, 1)] == [2, 1]
        await first.close()
        assert await reset(third, one, 3) == 3
    await second.close()
    await third.close()


async def test_the_first_one_may_be_dialled_without_a_path() -> None:
    door = await opened(ANYWHERE, ONE)
    await opened(replace(ANYWHERE, port=door.port), TWO)
    env = Awaited(door, ONE, 5)
    async with connect(f"ws://127.0.0.1:{door.port}") as game:
        assert await reset(env, game, 1) == 1
    await env.close()
    await door.leave()


async def test_the_last_one_that_leaves_closes_the_port_for_the_next() -> None:
    door = await opened(ANYWHERE, ONE)
    here = replace(ANYWHERE, port=door.port)
    env = Awaited(door, ONE, 5)
    async with connect(env.address) as game:
        await env.close()
        await env.close()
        with pytest.raises(ConnectionClosed):
            await game.recv()
    with pytest.raises(OSError, match="Connect call failed"):
        await connect(env.address)
    again = await opened(here, TWO)
    assert (again is door, again.port) == (False, here.port)
    await again.leave()


async def test_a_port_has_one_token_and_one_list_of_origins() -> None:
    door = await opened(replace(ANYWHERE, token="secret"), ONE)
    here = replace(ANYWHERE, port=door.port)
    for other in (here, replace(here, token="secret", allowed_origins=["http://a.example"])):
        with pytest.raises(ValueError, match="another token"):
            await opened(other, ONE)
    assert await opened(replace(here, token="secret"), TWO) is door
    env = Awaited(door, ONE, 5)
    async with connect(env.address) as stranger:
        with pytest.raises(ConnectionClosed):
            await stranger.recv()
        assert stranger.close_code == 1008
    with pytest.raises(InvalidStatus, match="403"):
        await connect(env.address, origin="http://a.example")  # type: ignore[arg-type]
    async with connect(f"{env.address}?token=secret") as game:
        assert await reset(env, game, 1) == 1
    await env.close()
    await door.leave()


async def test_who_waits_for_a_game_in_vain_is_told_where_it_was_to_dial() -> None:
    env = Awaited(await opened(ANYWHERE, ONE), ONE, 0)
    with pytest.raises(NoGameWaiting) as caught:
        await env.reset(seeds=None, options=None, mask=None, timeout=5)
    assert str(caught.value).endswith(f"Start it, or wait. It was to dial {env.address}.")
    await env.close()


async def test_closing_ends_the_waiting_for_a_game() -> None:
    env = Awaited(await opened(ANYWHERE, ONE), ONE, None)
    waiting = asyncio.create_task(env.reset(seeds=None, options=None, mask=None, timeout=5))
    await asyncio.sleep(0)  # a turn of the loop, in which it begins
    await env.close()
    with pytest.raises(ClosedEnvironmentError, match="closed while it waited"):
        await waiting


async def test_the_spaces_are_known_before_the_game_is_there() -> None:
    env = Awaited(await opened(ANYWHERE, ONE), ONE, 0.05)
    assert env.spec.observation_space == gym.spaces.Box(-np.inf, np.inf, (1,))
    assert env.spec.action_space == gym.spaces.Discrete(2)
    for call in (env.step(0, timeout=5), env.render(timeout=5)):
        with pytest.raises(NotReset):
            await call
    with pytest.raises(NoGameWaiting, match="no game 'one' is connected"):
        await env.reset(seeds=None, options=None, mask=None, timeout=5)
    await env.close()


async def test_a_game_that_leaves_may_come_again() -> None:
    env = Awaited(await opened(ANYWHERE, ONE), ONE, None)
    async with connect(env.address) as game:
        await reset(env, game, 1)
    with pytest.raises(GameGone):
        await env.step(0, timeout=5)
    async with connect(env.address) as game:
        assert await reset(env, game, 2) == 2
    await env.close()
