"""A port that is listened on, and is not any more."""

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from stepwire_service.listening import Listening


async def stay(connection: ServerConnection) -> None:
    await connection.wait_closed()


async def test_it_says_the_port_that_was_picked_and_closing_it_closes_its_connections_and_lets_the_port_go() -> None:
    listening = Listening(await serve(stay, "127.0.0.1", 0))
    connection = await connect(f"ws://{listening.address}")
    await listening.close()
    await listening.close()
    with pytest.raises(ConnectionClosed):
        await connection.recv()
    with pytest.raises(OSError):
        await connect(f"ws://{listening.address}")


async def test_an_ipv6_address_has_its_brackets() -> None:
    try:
        server = await serve(stay, "::1", 0)
    except OSError:
        pytest.skip("there is no IPv6 here")
    listening = Listening(server)
    assert listening.address.startswith("[::1]:")
    await listening.close()
