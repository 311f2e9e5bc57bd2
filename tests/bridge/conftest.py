"""A lobby with a listener in front of it, and toys that dial in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from tests.bridge.toy import Playing, ToyGame, joined


@pytest.fixture
def lobby() -> Lobby:
    return Lobby()


@pytest.fixture
async def games(lobby: Lobby) -> AsyncIterator[Games]:
    games = Games(lobby)
    await games.start("127.0.0.1", 0)
    yield games
    await games.close()


@pytest.fixture
async def join(games: Games) -> AsyncIterator[Callable[[ToyGame], Awaitable[Playing]]]:
    """Let a toy dial in; it leaves when the test ends."""
    playing: list[Playing] = []

    async def join(game: ToyGame) -> Playing:
        playing.append(await joined(games, game))
        await game.until_heard("welcome")
        return playing[-1]

    yield join
    await asyncio.gather(*(one.leave() for one in playing))
