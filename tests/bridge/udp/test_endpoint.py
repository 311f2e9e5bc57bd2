"""A UDP socket of ours among strangers, over real sockets."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator

import pytest

from stepwire_bridge.udp.endpoint import Address, Endpoint, open_endpoint, resolve


class Other:
    """A plain socket, not ours."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.setblocking(False)

    async def hear(self) -> bytes:
        async with asyncio.timeout(5):
            return await asyncio.get_running_loop().sock_recv(self.socket, 70_000)


class Heard:
    """What an endpoint has handed on."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.queue: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()
        endpoint.take = lambda data, sender: self.queue.put_nowait((data, sender))

    async def next(self) -> tuple[bytes, Address]:
        async with asyncio.timeout(5):
            return await self.queue.get()


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    endpoint = await open_endpoint("127.0.0.1", 0, hosts={"127.0.0.1"}, largest=100)
    yield endpoint
    await endpoint.close()


@pytest.fixture
def other() -> Iterator[Other]:
    other = Other()
    yield other
    other.socket.close()


async def test_a_datagram_is_handed_on_with_its_sender_who_can_be_answered(endpoint: Endpoint, other: Other) -> None:
    heard = Heard(endpoint)
    other.socket.sendto(b"hello", endpoint.address)
    data, sender = await heard.next()
    assert (data, sender) == (b"hello", other.socket.getsockname())
    endpoint.send(b"hello to you", sender)
    assert await other.hear() == b"hello to you"


async def test_strangers_are_dropped_counted_and_named_once(
    endpoint: Endpoint, other: Other, caplog: pytest.LogCaptureFixture
) -> None:
    heard, stranger = Heard(endpoint), Other("127.0.0.2")
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            stranger.socket.sendto(b"let me in", endpoint.address)
        other.socket.sendto(b"mine", endpoint.address)
        assert (await heard.next())[0] == b"mine"
    stranger.socket.close()
    assert endpoint.dropped.strangers == 5
    assert [record.message.split(";")[1] for record in caplog.records] == [" only 127.0.0.1 may send there"]


async def test_a_burst_of_pictures_is_kept_until_it_is_read(other: Other) -> None:
    endpoint = await open_endpoint("127.0.0.1", 0)
    heard = Heard(endpoint)
    asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    default = asked.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
    asked.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**22)
    room = asked.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)  # what the kernel lets us have
    asked.close()
    count = max(default, room) // (2 * 40_000)
    for _ in range(count):  # all of them before the loop's next turn
        other.socket.sendto(b"x" * 40_000, endpoint.address)
    for _ in range(count):
        assert len((await heard.next())[0]) == 40_000
    await endpoint.close()


async def test_too_large_datagrams_are_dropped_and_counted(endpoint: Endpoint, other: Other) -> None:
    heard = Heard(endpoint)
    other.socket.sendto(b"x" * 101, endpoint.address)
    other.socket.sendto(b"x" * 100, endpoint.address)
    assert len((await heard.next())[0]) == 100
    assert endpoint.dropped.too_large == 1


async def test_who_takes_may_fail_and_the_next_datagram_comes_all_the_same(
    endpoint: Endpoint, other: Other, caplog: pytest.LogCaptureFixture
) -> None:
    failed = asyncio.Event()

    def fail(data: bytes, sender: Address) -> None:
        failed.set()
        raise RuntimeError("a bug")

    endpoint.take = fail
    other.socket.sendto(b"one", endpoint.address)
    async with asyncio.timeout(5):
        await failed.wait()
    heard = Heard(endpoint)
    other.socket.sendto(b"two", endpoint.address)
    assert (await heard.next())[0] == b"two"
    assert "a bug of ours" in caplog.text


async def test_what_cannot_be_sent_is_dropped_and_counted_and_said_once(
    endpoint: Endpoint, other: Other, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        endpoint.send(b"x" * 70_000, other.socket.getsockname())
    assert endpoint.dropped.unsent == 3
    assert [record.message.split(" ", 1)[1] for record in caplog.records if record.levelno == logging.WARNING] == [
        "cannot send: [Errno 90] Message too long"
    ]


async def test_a_closed_endpoint_gives_its_port_back_and_sends_nothing(endpoint: Endpoint, other: Other) -> None:
    host, port = endpoint.address
    await endpoint.close()
    await endpoint.close()
    endpoint.send(b"nothing", other.socket.getsockname())
    again = await open_endpoint(host, port)
    await again.close()


async def test_a_port_that_somebody_has_is_an_error_that_names_it(endpoint: Endpoint) -> None:
    with pytest.raises(OSError, match=rf"in use \(UDP 127.0.0.1:{endpoint.address[1]}\)"):
        await open_endpoint(*endpoint.address)


@pytest.mark.parametrize(
    ("host", "port", "problem"),
    [
        ("127.0.0.1", 65_536, "there is no port 65536"),
        ("127.0.0.1", -1, "there is no port -1"),
        ("no.such.host.invalid", 7, "host 'no.such.host.invalid'"),
        ("a..b", 7, "there is no host 'a..b'"),
    ],
)
async def test_a_place_that_there_is_not_is_an_error_that_names_it(host: str, port: int, problem: str) -> None:
    with pytest.raises(OSError, match=problem):
        await resolve(host, port)


async def test_a_name_is_found_at_its_older_address() -> None:
    assert await resolve("localhost", 7) == ("127.0.0.1", 7)
