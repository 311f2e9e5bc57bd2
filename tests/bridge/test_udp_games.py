"""Declared games over UDP, from their declaration to the lobby."""

import pytest

from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.games import Games
from stepwire_bridge.lobby import Lobby
from stepwire_bridge.udp_games import UdpGames


async def test_what_is_not_spoken_over_udp_is_not_opened() -> None:
    bit = '{type = "Discrete", n = 2}'
    (wemi,) = declarations(f'[x]\ndialect = "wemi"\nobservation_space = {bit}\naction_space = {bit}').values()
    games = UdpGames(Games(Lobby()))
    with pytest.raises(NotImplementedError, match="wemi"):
        await games.start(wemi)
    await games.close()
