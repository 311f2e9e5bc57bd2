"""Who is at an address: dialled, listened for, and whom it does not let in."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import InvalidStatus

from stepwire_bridge.compat.wescale_line import NAME, Line
from stepwire_bridge.dialects.wescale import Declaration
from stepwire_bridge.faults import GameGone, NoGameWaiting, NotReset

BIT = {"type": "Discrete", "n": 2}
REPLY = json.dumps({"observation": 1, "reward": 2, "terminated": False, "truncated": False})


def line(uri: str, listens: bool | None = None, wait: float = 5, origins: Any = (), **kwargs: Any) -> Line:
    return Line(Declaration(NAME, BIT, BIT, url=uri), listens, wait, origins, **({"answers_render": False} | kwargs))


async def play(connection: Any) -> None:
    """Answer whatever is asked."""
    async for _ in connection:
        await connection.send(REPLY)


async def observed(line: Line) -> Any:
    return (await line.reset(seeds=None, options=None, mask=None, timeout=5)).observation


async def free_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


async def test_where_somebody_listens_it_dials() -> None:
    async with serve(play, "127.0.0.1", 0) as server:
        ours = line(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert await observed(ours) == 1
        assert (await ours.step(1, timeout=5)).reward == 2
        with pytest.raises(RuntimeError):
            _ = ours.port
        await ours.close()


async def test_where_nobody_listens_on_this_host_it_does() -> None:
    ours = line(f"ws://127.0.0.1:{await free_port()}")
    await ours.open()
    await ours.open()
    async with connect(f"ws://127.0.0.1:{ours.port}") as game:
        playing = asyncio.create_task(play(game))
        assert await observed(ours) == 1
        await ours.close()
        await playing


async def test_at_port_0_it_listens_since_nobody_can_be_dialled_there() -> None:
    ours = line("ws://127.0.0.1:0", wait=0)
    with pytest.raises(NoGameWaiting) as caught:
        await observed(ours)
    assert str(caught.value).endswith(f" It was to dial ws://127.0.0.1:{ours.port}.")
    await ours.close()


@pytest.mark.parametrize("uri", ["ws://127.0.0.1:{port}", "ws://a-host.invalid:{port}"])
async def test_where_it_may_not_listen_it_goes_on_dialling_for_as_long_as_it_may_wait(uri: str) -> None:
    ours = line(uri.format(port=await free_port()), False if "127" in uri else None, wait=0.05)
    with pytest.raises(NoGameWaiting, match="It was to listen at ws://"):
        await observed(ours)
    with pytest.raises(RuntimeError):
        _ = ours.port
    await ours.close()


async def test_why_nobody_could_be_dialled_is_told() -> None:
    ours = line(f"ws://127.0.0.1:{await free_port()}", False, wait=0.2)
    with pytest.raises(NoGameWaiting, match=r"It was to listen at ws://127\.0\.0\.1:\d+ \(.*Connect call failed"):
        await observed(ours)
    await ours.close()


async def test_a_game_that_is_dialled_and_closes_is_dialled_again() -> None:
    async def once(connection: ServerConnection) -> None:
        await connection.recv()
        await connection.send(REPLY)

    async with serve(once, "127.0.0.1", 0) as server:
        ours = line(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert await observed(ours) == 1
        with pytest.raises(GameGone):
            await ours.step(1, timeout=5)
        assert await observed(ours) == 1
        await ours.close()


async def test_what_listens_there_and_is_no_websocket_server_is_said_to_be_none() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    ours = line(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(GameGone, match="no WebSocket server"):
        await observed(ours)
    await ours.close()
    server.close()
    await server.wait_closed()


async def test_an_environment_is_not_taken_for_the_game_of_another() -> None:
    ours = line("ws://127.0.0.1:0", True)
    await ours.open()
    other = line(f"ws://127.0.0.1:{ours.port}")
    with pytest.raises(GameGone, match="refuses us: no game is here, but another environment"):
        await observed(other)
    await other.close()
    await ours.close()


async def test_a_second_game_is_turned_away_and_the_next_one_after_the_first_is_not() -> None:
    ours = line("ws://127.0.0.1:0", True)
    await ours.open()
    address = f"ws://127.0.0.1:{ours.port}"
    async with connect(address) as game:
        playing = asyncio.create_task(play(game))
        assert await observed(ours) == 1
        with pytest.raises(InvalidStatus, match="503"):
            await connect(address)
    await playing
    async with connect(address) as game:
        playing = asyncio.create_task(play(game))
        assert await observed(ours) == 1
        await ours.close()
        await playing


@pytest.mark.parametrize("origins", [(), ("http://localhost:8080",)])
async def test_a_web_page_may_dial_where_its_origin_is_allowed(origins: tuple[str, ...]) -> None:
    ours = line("ws://127.0.0.1:0", True, origins=origins)
    await ours.open()
    page = connect(f"ws://127.0.0.1:{ours.port}", origin="http://localhost:8080")  # type: ignore[arg-type]
    if origins:
        async with page as game:
            assert game.response is not None
            assert game.response.status_code == 101
    else:
        with pytest.raises(InvalidStatus, match="403"):
            await page
    await ours.close()


async def test_drawing_and_rendering_need_a_game() -> None:
    ours = line("ws://127.0.0.1:0", True)
    for call in (ours.draw(), ours.render(timeout=1)):
        with pytest.raises(NotReset):
            await call
    await ours.close()
    await ours.close()


async def test_a_game_that_has_left_draws_nothing() -> None:
    ours = line("ws://127.0.0.1:0", True)
    await ours.open()
    async with connect(f"ws://127.0.0.1:{ours.port}") as game:
        playing = asyncio.create_task(play(game))
        await observed(ours)
    await playing
    with pytest.raises(GameGone):
        await ours.step(1, timeout=5)
    await ours.draw()
    await ours.close()
