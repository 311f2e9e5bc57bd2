"""Frames however the network cuts them, and every frame that is not plain, over a real socket and byte by byte."""

import asyncio
import base64
import os
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection, serve

from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.websocket import SUBPROTOCOL, WebSocketLink, dial, listen

LARGEST = 70_000
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

HANDSHAKE = (
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    f"Sec-WebSocket-Key: {base64.b64encode(bytes(16)).decode()}\r\nSec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
).encode()


def frame(opcode: int, data: bytes, *, fin: bool = True, masked: bool = True) -> bytes:
    """A client's frame, written by the RFC."""
    size = len(data)
    form = bytes([size]) if size < 126 else struct.pack("!BH" if size < 2**16 else "!BQ", 126 + (size >= 2**16), size)
    mask = os.urandom(4) if masked else b""
    second = bytes([form[0] | 0x80 * masked]) + form[1:]
    payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)) if masked else data
    return bytes([0x80 * fin | opcode]) + second + mask + payload


class Client:
    """A client that writes what it likes, as it likes."""

    def __init__(self, link: WebSocketLink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.link, self.reader, self.writer = link, reader, writer

    async def write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def bytewise(self, data: bytes) -> None:
        """Each byte in a segment of its own, as far as the kernel goes along."""
        for i in range(len(data)):
            await self.write(data[i : i + 1])
            await asyncio.sleep(0)

    async def read_frame(self) -> tuple[int, bytes]:
        first, size = await self.reader.readexactly(2)
        if size >= 126:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8))
        return first, await self.reader.readexactly(size)


@asynccontextmanager
async def raw(early: bytes = b"") -> AsyncIterator[Client]:
    """The bridge's link, and the other end's bare socket; `early` follows the request in one segment."""
    links: asyncio.Queue[WebSocketLink] = asyncio.Queue()
    done = asyncio.Event()

    async def take(link: WebSocketLink) -> None:
        links.put_nowait(link)
        await done.wait()

    server = await listen("127.0.0.1", 0, on_link=take, refuse=lambda *_: None, max_message_bytes=LARGEST)
    reader, writer = await asyncio.open_connection("127.0.0.1", next(iter(server.sockets)).getsockname()[1])
    try:
        writer.write(HANDSHAKE + early)
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        yield Client(await links.get(), reader, writer)
    finally:
        writer.close()
        done.set()
        server.close()
        await server.wait_closed()


SIZES = [0, 1, 125, 126, 127, 65_535, 65_536, LARGEST]


@pytest.mark.parametrize("size", SIZES)
async def test_messages_of_every_length_come_and_go(size: int) -> None:
    async with raw() as client:
        await client.write(frame(BINARY, data := os.urandom(size)) + frame(TEXT, b"x" * size))
        assert await client.link.receive() == data
        assert await client.link.receive() == "x" * size
        client.link.send(data)
        client.link.send("y" * size)
        assert await client.read_frame() == (0x80 | BINARY, data)
        assert await client.read_frame() == (0x80 | TEXT, b"y" * size)


async def test_frames_may_come_byte_by_byte() -> None:
    async with raw() as client:
        await client.bytewise(frame(TEXT, "häppchen".encode()) + frame(PING, b"?") + frame(BINARY, bytes(130)))
        assert [await client.link.receive() for _ in range(2)] == ["häppchen", bytes(130)]
        assert await client.read_frame() == (0x80 | PONG, b"?")


PIECES = st.lists(st.tuples(st.sampled_from([TEXT, BINARY, PING, PONG]), st.integers(0, 300)), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES, st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_frames_may_be_cut_anywhere(pieces: list[tuple[int, int]], cuts: list[int]) -> None:
    asyncio.run(_cut(pieces, cuts))


async def _cut(pieces: list[tuple[int, int]], cuts: list[int]) -> None:
    pieces = [(opcode, min(size, 125) if opcode >= CLOSE else size) for opcode, size in pieces]
    data = b"".join(frame(opcode, b"a" * size) for opcode, size in pieces)
    async with raw() as client:
        for part in _parts(data, cuts):
            await client.write(part)
            await asyncio.sleep(0)
        for opcode, size in pieces:
            if opcode < CLOSE:
                assert await client.link.receive() == ("a" * size if opcode == TEXT else b"a" * size)


def _parts(data: bytes, cuts: list[int]) -> Iterator[bytes]:
    at = 0
    for cut in (*cuts, len(data)):
        yield data[at : at + cut]
        at += cut


async def test_fragments_make_one_message_and_a_ping_may_come_between() -> None:
    async with raw() as client:
        first, last = "hä".encode()[:2], "hä".encode()[2:]
        await client.write(frame(TEXT, first, fin=False) + frame(PING, b"!") + frame(0, last, fin=False))
        await client.write(frame(0, b"") + frame(BINARY, b"next"))
        assert await client.link.receive() == "hä"
        assert await client.link.receive() == b"next"
        assert await client.read_frame() == (0x80 | PONG, b"!")


NONSENSE = {
    "not masked": (frame(TEXT, b"x", masked=False), 1002),
    "a reserved bit": (bytes([0xC1]) + frame(TEXT, b"x")[1:], 1002),
    "no such opcode": (frame(3, b"x"), 1002),
    "a long ping": (frame(PING, bytes(126)), 1002),
    "a ping in two": (frame(PING, b"", fin=False), 1002),
    "a continuation of nothing": (frame(0, b"x"), 1002),
    "a message within a message": (frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"), 1002),
    "text that is none": (frame(TEXT, b"\xff"), 1007),
    "fragments that are no text": (frame(TEXT, b"\xc3", fin=False) + frame(0, b"x"), 1007),
    "too long": (frame(BINARY, bytes(LARGEST + 1)), 1009),
    "a header that says too long": (frame(BINARY, bytes(LARGEST + 1))[:20], 1009),
    "fragments that are too long together": (frame(TEXT, b"x" * LARGEST, fin=False) + frame(0, b"yy"), 1009),
    "a close code that is none": (frame(CLOSE, struct.pack("!H", 999)), 1002),
}


@pytest.mark.parametrize("name", NONSENSE)
async def test_what_is_against_the_protocol_closes_with_its_code_and_what_came_before_counts(name: str) -> None:
    data, code = NONSENSE[name]
    async with raw() as client:
        await client.write(frame(TEXT, b"before") + data + frame(TEXT, b"after"))
        assert await client.link.receive() == "before"
        first, closed = await client.read_frame()
        assert (first, int.from_bytes(closed[:2])) == (0x80 | CLOSE, code)
        client.writer.close()
        with pytest.raises(LinkClosed):
            await client.link.receive()
        with pytest.raises(LinkClosed):
            client.link.send("late")


async def test_a_close_is_answered_and_what_follows_it_is_not_heard() -> None:
    async with raw() as client:
        await client.write(frame(CLOSE, struct.pack("!H", 1000) + b"enough") + frame(TEXT, b"after"))
        assert await client.read_frame() == (0x80 | CLOSE, struct.pack("!H", 1000) + b"enough")
        client.writer.close()
        with pytest.raises(LinkClosed, match="1000: enough"):
            await client.link.receive()


async def test_a_client_that_speaks_before_it_was_answered_is_heard_all_the_same() -> None:
    second = frame(TEXT, b"x" * 300)
    async with raw(early=frame(TEXT, b"hasty") + second[:100]) as client:
        assert await client.link.receive() == "hasty"
        await client.write(second[100:] + frame(TEXT, b"third"))
        assert [await client.link.receive() for _ in range(2)] == ["x" * 300, "third"]


async def test_a_client_that_stops_reading_cannot_keep_a_close_waiting() -> None:
    async with raw() as client:
        client.writer.transport.pause_reading()
        for _ in range(200):
            client.link.send(bytes(LARGEST))
        async with asyncio.timeout(10):
            await client.link.close(4408, "SILENT")
            with pytest.raises(LinkClosed):
                await client.link.receive()


async def test_a_flood_while_we_close_is_not_read_to_its_end() -> None:
    async with raw() as client:
        client.link._connection.close_timeout = 60
        closing = asyncio.create_task(client.link.close(1002, "enough"))
        with pytest.raises(ConnectionError):
            while True:
                await client.write(frame(BINARY, bytes(10_000)))
        async with asyncio.timeout(10):
            await closing


async def test_a_flood_before_anybody_listens_waits_in_the_socket() -> None:
    async with raw() as client:
        client.writer.transport.set_write_buffer_limits(0)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                while True:
                    await client.write(frame(BINARY, bytes(50_000)))


async def test_messages_are_taken_by_a_server_that_we_dial() -> None:
    async def echo(connection: ServerConnection) -> None:
        await connection.send("first")  # may come in one segment with the end of the handshake
        async for message in connection:
            await connection.send([message[:1], message[1:]] if len(message) > 1 else message)

    async with serve(echo, "127.0.0.1", 0, subprotocols=[SUBPROTOCOL]) as server:
        link = await dial(f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}", max_message_bytes=LARGEST)
        assert await link.receive() == "first"
        for said in ("text", b"bytes", "", b"", "x" * LARGEST):
            link.send(said)
            assert await link.receive() == said
        await link.close(1000, "")
