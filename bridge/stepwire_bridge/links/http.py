"""A link to a game that answers HTTP: what is sent is a path to GET, what comes back a status and a body.

One connection, kept open, and one request at a time, in order. Knows just as much of HTTP/1.1 as that takes, and
nothing of what the bodies say. Bodies over the limit, a hang-up in the middle and what is not HTTP end the link; a
request is never sent twice, since a GET moves such a game on.
"""

import asyncio
import re
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from stepwire_bridge.links import Gone, LinkClosed, Take
from stepwire_bridge.links.inbox import Inbox

OPEN_SECONDS = 10.0

MAX_LINE_BYTES = 2**16
MAX_HEADERS = 100
"""As many, and as long, as the standard library's HTTP client takes."""

_STATUS = re.compile(rb"HTTP/1\.([01]) (\d{3})(?: [^\r\n]*)?\r?\n")
_EMPTY = ("204", "304")


class _Broken(Exception):
    """What came is no HTTP, or too much."""


class HttpLink:
    """One HTTP game. `dial` makes one."""

    def __init__(self, url: str, *, max_message_bytes: int) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port or (443 if self._secure else 80)
        self._authority, self._base = parts.netloc.rpartition("@")[2], parts.path.rstrip("/")
        self.peer = f"{self._host}:{self._port}"
        self._limit = max_message_bytes
        self._inbox = Inbox()
        self.receive = self._inbox.get
        self._paths: asyncio.Queue[str] = asyncio.Queue()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._stale_at: float | None = None
        """When the game may close the open connection because nothing was asked; None for never."""
        self._closed: str | None = None
        self._running: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect, and begin to ask what is sent. Raises OSError or TimeoutError where nobody is there."""
        await self._connect()
        self._running = asyncio.create_task(self._run())

    def send(self, data: str | bytes) -> None:
        """Ask for a path; its answer is the next message that has not come yet."""
        if self._closed is not None:
            raise LinkClosed(self._closed)
        self._paths.put_nowait(data if isinstance(data, str) else data.decode())

    def deliver(self, take: Take, gone: Gone) -> None:
        """Have the answers handed over; see `Link.deliver`. Each is the status, a newline, and the body."""
        self._inbox.deliver(take, gone)

    def close(self, code: int, reason: str) -> Coroutine[Any, Any, None]:
        """Hang up; see `Link.close`. HTTP has no words for why."""
        self._end(f"closed with {code}: {reason}")
        if self._running is not None:
            self._running.cancel()
        return self._finished()

    async def _finished(self) -> None:
        if self._running is not None and self._running is not asyncio.current_task():
            await asyncio.gather(self._running, return_exceptions=True)
        self._hang_up()  # where it was closed before it had begun to ask

    def _end(self, why: str) -> None:
        if self._closed is None:
            self._closed = why
            self._inbox.end(why)

    # ── one request after the other ──────────────────────────────────────────────────────────────────────────────────

    async def _run(self) -> None:
        path = ""
        try:
            while True:
                path = await self._paths.get()
                self._inbox.put(await self._answer(path))
        except asyncio.IncompleteReadError:
            self._end(f"it hung up before it had answered {path}")
        except (_Broken, OSError, TimeoutError, ValueError) as error:
            self._end(f"{path}: {error or type(error).__name__}")
        finally:
            self._hang_up()

    async def _answer(self, path: str) -> str:
        reader, writer = await self._ready()
        writer.write(
            f"GET {self._base}{path} HTTP/1.1\r\nHost: {self._authority}\r\nAccept: application/json\r\n"
            "Accept-Encoding: identity\r\nConnection: keep-alive\r\n\r\n".encode()
        )
        minor, status, headers = await _head(reader)
        while status.startswith("1"):
            minor, status, headers = await _head(reader)
        body = b"" if status in _EMPTY else await _body(reader, headers, self._limit)
        self._keep_or_not(minor, headers)
        return f"{status}\n{body.decode(errors='replace')}"

    async def _ready(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The connection, or a new one where the game has closed it or is about to: nothing is asked on it yet."""
        is_stale = self._stale_at is not None and asyncio.get_running_loop().time() >= self._stale_at
        if self._streams is None or self._streams[0].at_eof() or is_stale:
            self._hang_up()
            return await self._connect()
        return self._streams

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                self._streams = await asyncio.open_connection(
                    self._host, self._port, ssl=self._secure or None, limit=MAX_LINE_BYTES
                )
        except UnicodeError as error:
            raise OSError(f"{self._host} is no name of a host") from error
        self._stale_at = None
        return self._streams

    def _keep_or_not(self, minor: str, headers: dict[str, str]) -> None:
        """Heed what the game says of how long it keeps the connection."""
        said = headers.get("connection", "close" if minor == "0" else "").lower()
        if "close" in said or _length(headers) is None:
            self._hang_up()
        elif seconds := re.search(r"timeout=(\d{1,6})", headers.get("keep-alive", "")):
            self._stale_at = asyncio.get_running_loop().time() + int(seconds[1]) - 1

    def _hang_up(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def dial(url: str, *, max_message_bytes: int) -> HttpLink:
    """Connect to a game at http:// or https://.

    Raises:
        OSError, TimeoutError: Nobody is there.
    """
    link = HttpLink(url, max_message_bytes=max_message_bytes)
    await link.open()
    return link


# ── the form of an answer ────────────────────────────────────────────────────────────────────────────────────────────


async def _head(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]]:
    """The minor version, the status, and the headers by their names in small letters."""
    first = await _line(reader)
    status = _STATUS.fullmatch(first)
    if status is None:
        raise _Broken(f"the answer is not HTTP: {first[:80]!r}")
    headers: dict[str, str] = {}
    for _ in range(MAX_HEADERS):
        line = await _line(reader)
        if not line.strip():
            return status[1].decode(), status[2].decode(), headers
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    raise _Broken(f"more than {MAX_HEADERS} headers")


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as error:
        raise _Broken(f"a line of more than {MAX_LINE_BYTES} bytes") from error


def _length(headers: dict[str, str]) -> int | str | None:
    """How long the body is: so many bytes, "chunked", or None for as long as it comes."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        return "chunked"
    length = headers.get("content-length")
    if length is not None and not re.fullmatch(r"[0-9]{1,15}", length):
        raise _Broken(f"a Content-Length of {length[:40]!r}")
    return None if length is None else int(length)


async def _body(reader: asyncio.StreamReader, headers: dict[str, str], limit: int) -> bytes:
    match _length(headers):
        case int(length):
            return await reader.readexactly(_within(length, limit))
        case None:
            return await _until_the_end(reader, limit)
        case _:
            return await _chunks(reader, limit)


async def _until_the_end(reader: asyncio.StreamReader, limit: int) -> bytes:
    body = bytearray()
    while part := await reader.read(MAX_LINE_BYTES):
        _within(len(body) + len(part), limit)
        body += part
    return bytes(body)


async def _chunks(reader: asyncio.StreamReader, limit: int) -> bytes:
    body = bytearray()
    while length := _chunk_length(await _line(reader)):
        _within(len(body) + length, limit)
        body += await reader.readexactly(length)
        await _line(reader)
    for _ in range(MAX_HEADERS):
        if not (await _line(reader)).strip():
            return bytes(body)
    raise _Broken(f"more than {MAX_HEADERS} trailers")


def _chunk_length(line: bytes) -> int:
    digits = line.partition(b";")[0].strip()
    if not re.fullmatch(rb"[0-9a-fA-F]{1,12}", digits):
        raise _Broken(f"a chunk that begins with {line[:40]!r}")
    return int(digits, 16)


def _within(length: int, limit: int) -> int:
    if length > limit:
        raise _Broken(f"an answer of {length} bytes; the limit is {limit} (max_message_bytes)")
    return length
