"""A port with a WebSocket server on it: its address and its end. What is said there is known to whoever opens it."""

from websockets.asyncio.server import Server

from stepwire_service.addresses import join


class Listening:
    """A port that is listened on.

    Attributes:
        address: host:port with the port that is really listened on.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.address = join(*next(iter(server.sockets)).getsockname()[:2])

    async def close(self) -> None:
        """Stop listening, and close all connections with what belongs to them. May be called twice."""
        self._server.close()
        await self._server.wait_closed()
