"""A link over HTTP, to servers that answer byte by byte what a test says."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.http import MAX_HEADERS, MAX_LINE_BYTES, HttpLink, dial

OK = b"HTTP/1.1 200 OK\r\n"
HANG_UP = b""
"""In a server's answers: closes the connection instead."""


class Canned:
    """An HTTP server that gives its answers in order, whatever is asked."""

    server: asyncio.Server
    url: str

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []
        """The heads of the requests."""
        self.closes = False
        """Whether it closes every connection after the first answer, finished or not."""
        self.connections = 0
        self.open: list[asyncio.StreamWriter] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open.append(writer)
        try:
            while self.answers:
                self.heard.append((await reader.readuntil(b"\r\n\r\n")).decode())
                answer = self.answers.pop(0)
                writer.write(answer)
                if self.closes or answer == HANG_UP or b"Connection: close" in answer or b"HTTP/1.0" in answer:
                    break
            else:
                await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()


@asynccontextmanager
async def canned(*answers: bytes, base: str = "", largest: int = 2**20) -> AsyncIterator[tuple[Canned, HttpLink]]:
    """A server and a link to it."""
    game = Canned(answers)
    game.server = server = await asyncio.start_server(game.talk, "127.0.0.1", 0)
    game.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{base}"
    link = await dial(game.url, max_message_bytes=largest)
    try:
        yield game, link
    finally:
        await link.close(1000, "the test is over")
        for writer in game.open:
            writer.close()
        server.close()
        await server.wait_closed()


def said(body: bytes, first: bytes = OK, headers: bytes = b"") -> bytes:
    return first + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def closed(link: HttpLink) -> str:
    """Read until the link closes; give why."""
    with pytest.raises(LinkClosed) as why:
        while True:
            await link.receive()
    return str(why.value)


async def test_a_path_goes_out_and_status_and_body_come_back_over_one_connection() -> None:
    async with canned(said(b'{"a": 1}'), said("é".encode()), base="/game/") as (game, link):
        link.send("/reset")
        link.send("/step/1/-2")
        assert [await link.receive(), await link.receive()] == ['200\n{"a": 1}', "200\né"]
        assert [head.splitlines()[0] for head in game.heard] == [
            "GET /game/reset HTTP/1.1",
            "GET /game/step/1/-2 HTTP/1.1",
        ]
        assert f"Host: {link.peer}" in game.heard[0]
        assert game.connections == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (said(b"x", b"HTTP/1.1 500 Internal Server Error\r\n"), "500\nx"),
        (said(b"", b"HTTP/1.1 302 Found\r\n", b"Location: http://elsewhere/\r\n"), "302\n"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", "204\n"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + said(b"x"), "200\nx"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n2;odd=1\r\nab\r\nA\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n",
         "200\nab0123456789"),
        (OK + b"Connection: close\r\n\r\nas long as it comes", "200\nas long as it comes"),
        (said(b"old", b"HTTP/1.0 200 OK\r\n"), "200\nold"),
        (said(b"bare", b"HTTP/1.1 200\n"), "200\nbare"),
        (said(b"\xff"), "200\n�"),
    ],
)  # fmt: skip
async def test_answers_of_every_form_are_read_and_the_next_one_as_well(answer: bytes, message: str) -> None:
    async with canned(answer, said(b"next")) as (_, link):
        link.send("/a")
        assert await link.receive() == message
        link.send("/b")
        assert await link.receive() == "200\nnext"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (HANG_UP, "/a"),
        (said(b"much", OK, b"Connection: close\r\n").replace(b"4", b"9"), "hung up before it had answered /a"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "hung up"),
        (b"SSH-2.0\r\n", "not HTTP"),
        (OK + b"Content-Length: -1\r\n\r\n", "Content-Length"),
        (OK + b"Content-Length: 1001\r\n\r\n", "1001 bytes; the limit is 1000"),
        (OK + b"Connection: close\r\n\r\n" + b"x" * 1001, "the limit is 1000"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1F4\r\n" + b"x" * 500 + b"\r\n1F5\r\n", "the limit is 1000"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nten\r\n", "a chunk that begins with"),
        (OK + b"X: " + b"x" * (MAX_LINE_BYTES + 1), "a line of more than"),
        (OK + b"X: x\r\n" * (MAX_HEADERS + 1), "headers"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: x\r\n" * (MAX_HEADERS + 1), "trailers"),
    ],
)
async def test_what_is_no_answer_ends_the_link_and_says_why(answer: bytes, why: str) -> None:
    async with canned(answer, largest=1000) as (game, link):
        game.closes = True
        link.send("/a")
        assert why in await closed(link)
        with pytest.raises(LinkClosed):
            link.send("/b")


async def test_a_connection_that_is_closed_while_nothing_is_asked_is_opened_again() -> None:
    async with canned(said(b"1"), said(b"2")) as (game, link):
        link.send("/a")
        assert await link.receive() == "200\n1"
        game.open[0].close()
        await game.open[0].wait_closed()
        link.send("/b")
        assert await link.receive() == "200\n2"
        assert game.connections == 2


async def test_a_connection_that_the_game_is_about_to_close_is_not_asked_again() -> None:
    async with canned(said(b"1", OK, b"Keep-Alive: timeout=1\r\n"), said(b"2")) as (game, link):
        link.send("/a")
        link.send("/b")
        assert [await link.receive(), await link.receive()] == ["200\n1", "200\n2"]
        assert game.connections == 2


async def test_nobody_at_the_other_end_is_an_oserror_at_first_and_the_end_later() -> None:
    async with canned(said(b"1", OK, b"Connection: close\r\n")) as (game, link):
        link.send("/a")
        await link.receive()
        game.server.close()
        link.send("/b")
        assert (await closed(link)).startswith("/b: ")
        with pytest.raises(OSError, match="Connect"):
            await dial(game.url, max_message_bytes=1000)


async def test_a_name_that_no_host_can_have_is_an_oserror() -> None:
    with pytest.raises(OSError, match="is no name of a host"):
        await dial("http://a..b", max_message_bytes=1000)


async def test_a_game_at_https_that_speaks_no_tls_is_an_oserror() -> None:
    async def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(OK)
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    with pytest.raises(OSError, match="SSL"):
        await dial(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", max_message_bytes=1000)
    server.close()
    await server.wait_closed()


async def test_closing_in_the_middle_of_an_answer_is_quiet_and_may_be_done_twice() -> None:
    async with canned(OK + b"Content-Length: 10\r\n\r\nabc") as (_, link):
        link.send("/a")
        await link.close(4408, "no answer")
        await link.close(1000, "again")
        assert await closed(link) == "closed with 4408: no answer"


async def test_answers_are_handed_over_at_once_where_somebody_listens() -> None:
    async with canned(said(b"1"), HANG_UP) as (_, link):
        taken: list[str | bytes] = []
        gone: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        link.deliver(taken.append, gone.set_result)
        link.send("/a")
        link.send("/b")
        assert "/b" in await gone
        assert taken == ["200\n1"]
