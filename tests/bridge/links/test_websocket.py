"""Whole messages over a real socket, and every way in which it can end."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.server import Server

from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.websocket import WebSocketLink, dial, listen
from tests.proxy import Proxy


class Ends:
    """A listener, and the links it was handed."""

    server: Server

    def __init__(self) -> None:
        self.links: asyncio.Queue[WebSocketLink] = asyncio.Queue()
        self.done = asyncio.Event()

    async def take(self, link: WebSocketLink) -> None:
        self.links.put_nowait(link)
        await self.done.wait()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{next(iter(self.server.sockets)).getsockname()[1]}"

    async def pair(self, address: str | None = None, path: str = "/") -> tuple[WebSocketLink, WebSocketLink]:
        theirs = await dial(f"ws://{address or self.address}{path}", max_message_bytes=10_000)
        return await self.links.get(), theirs


@pytest.fixture
async def ends() -> AsyncIterator[Ends]:
    ends = Ends()
    ends.server = await listen("127.0.0.1", 0, on_link=ends.take, refuse=lambda *_: None, max_message_bytes=10_000)
    yield ends
    ends.done.set()
    ends.server.close()
    await ends.server.wait_closed()


async def test_text_and_bytes_arrive_whole_and_in_order(ends: Ends) -> None:
    ours, theirs = await ends.pair()
    for sent in ("text", b"bytes", "", b"", "x" * 9_999):
        ours.send(sent)
        assert await theirs.receive() == sent
    await ours.close(1000, "")


async def test_both_ends_know_the_path_the_dialect_and_the_peer(ends: Ends) -> None:
    ours, theirs = await ends.pair(path="/wemi/x?token=y")
    assert (ours.path, theirs.path) == ("/wemi/x?token=y",) * 2
    assert ours.native
    assert theirs.native
    assert theirs.peer == ends.address
    await ours.close(1000, "")


async def test_a_close_tells_the_other_end_code_and_reason(ends: Ends) -> None:
    ours, theirs = await ends.pair()
    await ours.close(4408, "too slow " + "ö" * 100)
    with pytest.raises(LinkClosed, match="4408: too slow"):
        await theirs.receive()
    with pytest.raises(LinkClosed):
        ours.send("late")
    await ours.close(1000, "again")


async def test_a_message_over_the_limit_closes_and_says_which_limit(ends: Ends) -> None:
    ours, theirs = await ends.pair()
    theirs.send("x" * 10_001)
    with pytest.raises(LinkClosed, match="max_message_bytes"):
        await ours.receive()
    await theirs.close(1000, "")


async def test_a_cut_connection_is_noticed_at_once(ends: Ends) -> None:
    with Proxy(ends.address) as proxy:
        ours, theirs = await ends.pair(proxy.address)
        proxy.cut()
        async with asyncio.timeout(1):
            with pytest.raises(LinkClosed, match="broke"):
                await ours.receive()
            with pytest.raises(LinkClosed):
                await theirs.receive()


async def test_there_is_nobody_to_dial() -> None:
    with pytest.raises(OSError, match="Connect call failed"):
        await dial("ws://127.0.0.1:9", max_message_bytes=1)
