"""Declared games over UDP, from their declaration to the lobby and a backend."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from stepwire_bridge.backends.remote import RemoteBackend
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.faults import GameGone, GameNonsense, GameSilent
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.udp_games import UdpGames, counted
from tests.bridge.udp.ai4u_engine import Agent
from tests.bridge.udp.engine import Engine, engines

MOVES = '[["go", 1.5], ["go", -1], ["go", 3]]'


@asynccontextmanager
async def cubes(playing: list[Engine], toml: str = "") -> AsyncIterator[Lobby]:
    """The lobby in which these engines wait, as the game "cube"."""
    lobby = Lobby()
    games = UdpGames(Games(lobby))
    (declaration,) = declarations(
        f'[cube]\ndialect = "unityremote"\ninput_port = 0\noutput_port = {playing[0].address[1]}\n'
        f"n_envs = {len(playing)}\nactions = {MOVES}\n{toml}"
    ).values()
    try:
        await games.start(declaration)
        await lobby.until_connected(len(playing))
        yield lobby
    finally:
        await games.close()
        await games.close()


async def opened(lobby: Lobby, **order: Any) -> RemoteBackend:
    return await RemoteBackend.open(lobby, "cube", timeout=10, **order)


async def reset(backend: RemoteBackend, seeds: Any = None) -> Any:
    return await backend.reset(seeds=seeds, options=None, mask=None, timeout=5)


async def test_what_is_not_spoken_over_udp_is_not_opened() -> None:
    bit = '{type = "Discrete", n = 2}'
    (wemi,) = declarations(f'[x]\ndialect = "wemi"\nobservation_space = {bit}\naction_space = {bit}').values()
    games = UdpGames(Games(Lobby()))
    with pytest.raises(NotImplementedError, match="wemi"):
        await games.start(wemi)
    await games.close()


async def test_an_episode_with_an_engine() -> None:
    async with engines() as playing, cubes(playing) as lobby:
        backend = await opened(lobby)
        assert (await reset(backend)).observation.tolist() == [0]
        steps = [await backend.step(action, timeout=5) for action in (0, 0, 2)]
        assert [(step.observation.tolist(), step.reward, step.terminated, step.truncated) for step in steps] == [
            ([1.5], 1.5, False, False),
            ([3], 1.5, False, False),
            ([6], 3.0, True, False),
        ]
        assert [step.info for step in steps] == [{"frame": frame} for frame in (2, 3, 4)]
        assert playing[0].heard == ["restart;0;", "go;1;1.5;", "go;1;1.5;", "go;1;3;"]
        await backend.close()


async def test_a_seed_goes_before_the_restart() -> None:
    async with engines() as playing, cubes(playing, 'seed = "seed"') as lobby:
        backend = await opened(lobby)
        assert (await reset(backend, [4])).observation.tolist() == [4]
        assert (await reset(backend)).observation.tolist() == [0]
        assert playing[0].heard == ["seed;1;4;", "restart;0;", "restart;0;"]


async def test_several_agents_are_one_game_of_several_instances() -> None:
    async with engines(3) as playing, cubes(playing) as lobby:
        assert lobby.free("cube") == 3
        backend = await opened(lobby, num_envs=3, autoreset_mode=AutoresetMode.NEXT_STEP)
        await reset(backend)
        given = [await backend.step(np.array([0, 1, 2]), timeout=5) for _ in range(3)]
        assert given[1].observation.ravel().tolist() == [3, -2, 6]
        assert given[1].terminated.tolist() == [False, False, True]
        assert given[2].observation.ravel().tolist() == [4.5, -3, 0]
        assert [len(engine.heard) for engine in playing] == [4, 4, 4]
        assert sorted(playing[2].heard) == ["go;1;3;", "go;1;3;", "restart;0;", "restart;0;"]
        await backend.close()


async def test_an_engine_that_starts_late_is_found() -> None:
    async with engines() as (engine,):
        honest, engine.answer = engine.answer, lambda name, arguments: []
        async with cubes([engine], "resend_after = 0.05") as lobby:
            backend = await opened(lobby)
            resetting = asyncio.create_task(reset(backend))
            await engine.until_heard(3)
            engine.answer = honest
            assert (await resetting).observation.tolist() == [0]
            await backend.close()


async def test_a_silent_engine_is_told_of_at_the_deadline_and_the_next_reset_goes_on() -> None:
    async with engines() as (engine,), cubes([engine], "resend_after = 0.05\nquiet = 0.05") as lobby:
        backend = await opened(lobby)
        await reset(backend)
        honest, engine.answer = engine.answer, lambda name, arguments: []
        with pytest.raises(GameSilent, match="did not answer step"):
            await backend.step(0, timeout=0.2)
        engine.answer = honest
        assert (await reset(backend)).observation.tolist() == [0]
        assert (await backend.step(0, timeout=5)).observation.tolist() == [1.5]
        await backend.close()


async def test_a_done_that_is_not_said_is_nonsense_and_the_game_stays() -> None:
    async with engines() as (engine,), cubes([engine]) as lobby:
        backend = await opened(lobby)
        engine.answer = lambda name, arguments: [write_fields({"state": 1.0})]
        await reset(backend)
        with pytest.raises(GameNonsense, match="field 'done' is missing"):
            await backend.step(0, timeout=5)
        assert (await reset(backend)).observation.tolist() == [1]
        await backend.close()


async def test_what_is_no_message_ends_the_connection_which_is_opened_again() -> None:
    async with engines() as (engine,), cubes([engine]) as lobby:
        backend = await opened(lobby)
        honest, engine.answer = engine.answer, lambda name, arguments: [b"hello"]
        with pytest.raises(GameGone, match="the number of fields is not a number"):
            await reset(backend)
        engine.answer = honest
        assert (await reset(backend)).observation.tolist() == [0]
        await backend.close()


async def test_a_port_that_somebody_has_is_an_error() -> None:
    async with engines() as (engine,):
        games = UdpGames(Games(Lobby()))
        port = engine.address[1]
        (declaration,) = declarations(f'[x]\ndialect = "unityremote"\ninput_port = {port}').values()
        with pytest.raises(OSError, match="in use"):
            await games.start(declaration)
        await games.close()


def test_a_counter_is_read_where_there_is_one() -> None:
    number = counted("frame")
    said = ({"frame": 7}, {"frame": 7.5}, {}, {"frame": "7"})
    assert [number(write_fields(fields)) for fields in said] == [7, 7.5, None, None]
    assert number(b"hello") is None


async def test_agents_that_dial_in_are_instances_of_their_game_until_it_is_closed() -> None:
    (declaration,) = declarations('[box]\ndialect = "ai4u"\nport = 0').values()
    lobby = Lobby()
    games = UdpGames(Games(lobby))
    await games.start(declaration)
    (address,) = games.agents_addresses
    agents = [Agent(address, id, start=10) for id in ("left", "right")]
    playing = [asyncio.create_task(agent.play()) for agent in agents]
    backend = await RemoteBackend.open(lobby, "box", num_envs=2, timeout=10)
    assert (await reset(backend)).observation.tolist() == [[11, 0], [11, 0]]
    await games.close()
    await games.close()
    with pytest.raises(GameGone):
        await backend.step(np.array([1, 1]), timeout=5)
    for task in playing:
        task.cancel()
    await asyncio.gather(*playing, return_exceptions=True)
    await asyncio.sleep(0)  # in which their sockets are closed
