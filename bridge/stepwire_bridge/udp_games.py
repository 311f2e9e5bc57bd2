"""Games over UDP that are declared: opens what each declaration says, and hands every link to `Games`.

Knows which dialect is spoken over which kind of UDP link; what a link does is in `stepwire_bridge.udp`.
"""

from stepwire_bridge.dialects.declared import Declaration
from stepwire_bridge.games import Games


class UdpGames:
    """The declared games whose ids begin with "udp:".

    Args:
        games: Takes their links; its lobby is theirs alone.
    """

    def __init__(self, games: Games) -> None:
        self._games = games

    async def start(self, declaration: Declaration) -> None:
        """Open a declared game.

        Raises:
            OSError: A port that cannot be had.
        """
        raise NotImplementedError(declaration.dialect)

    async def close(self) -> None:
        """Close what `start` has opened. May be called twice."""
        await self._games.close()
