"""A bound UDP socket: hands on what comes from whom it may come, and counts what it drops.

Knows addresses and sizes. Knows nothing of what a datagram says, whether one was lost, or who waits for an answer.
"""

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, cast

from stepwire_bridge.dialects.fields import MAX_DATAGRAM

log = logging.getLogger(__name__)

Address = tuple[str, int]
"""A numerical host, and a port."""

TakeFrom = Callable[[bytes, Address], None]
"""Is handed each datagram and who sent it."""

LAST_PORT = 65_535

RECEIVE_BYTES = 2**22
"""What the kernel is asked to keep until we read it: pictures come in bursts, and an engine without a reply quits."""

MAX_UNSENT_BYTES = 2**20
"""What may wait for the kernel; more is dropped, as the network would."""


@dataclass(slots=True)
class Dropped:
    """How many datagrams were dropped, and why."""

    strangers: int = 0
    """They came from an address that may not send here."""
    too_large: int = 0
    """They had more bytes than are taken."""
    unsent: int = 0
    """We could not send them: the network is slower than we are, or not there."""


class Endpoint(asyncio.DatagramProtocol):
    """A UDP socket of ours; `open_endpoint` makes one."""

    def __init__(self, hosts: Collection[str] | None, largest: int) -> None:
        self.dropped = Dropped()
        self.take: TakeFrom = lambda data, sender: None
        """Is handed what comes, at the moment it is there; may be set anew at any time."""
        self._hosts, self._largest = hosts, largest
        self._transport: asyncio.DatagramTransport | None = None
        self._closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def address(self) -> Address:
        """Where it is bound, also where a free port was asked for."""
        assert self._transport is not None
        return _short(self._transport.get_extra_info("sockname"))

    def send(self, data: bytes, to: Address) -> None:
        """Send a datagram; one that cannot go is dropped and counted, as the network might. Nothing after `close`."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        if transport.get_write_buffer_size() > MAX_UNSENT_BYTES:  # type: ignore[attr-defined]  # unknown to typeshed
            self.dropped.unsent += 1
        else:
            transport.sendto(data, to)

    async def close(self) -> None:
        """Give the port back; nothing is handed on after this call. May be called twice."""
        self.take = lambda data, sender: None
        if self._transport is not None:
            self._transport.close()
            await asyncio.shield(self._closed)

    # ── what asyncio calls ───────────────────────────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is bound."""
        self._transport = cast(asyncio.DatagramTransport, transport)
        with contextlib.suppress(OSError):  # some kernels refuse what others cut down
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is closed."""
        if not self._closed.done():
            self._closed.set_result(None)

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        """A datagram has come."""
        sender = _short(addr)
        if self._hosts is not None and sender[0] not in self._hosts:
            self._note_stranger(sender)
        elif len(data) > self._largest:
            self.dropped.too_large += 1
        else:
            self._hand_on(data, sender)

    def error_received(self, exc: Exception) -> None:
        """A datagram could not go."""
        level = logging.DEBUG if self.dropped.unsent else logging.WARNING
        log.log(level, "%s:%d cannot send: %s", *self.address, exc)
        self.dropped.unsent += 1

    def _note_stranger(self, sender: Address) -> None:
        if not self.dropped.strangers:
            who = ", ".join(sorted(self._hosts or ()))
            log.warning("%s:%d drops what %s:%d sends; only %s may send there", *self.address, *sender, who)
        self.dropped.strangers += 1

    def _hand_on(self, data: bytes, sender: Address) -> None:
        try:
            self.take(data, sender)
        except Exception:
            log.exception("a bug of ours drops a datagram of %s:%d", *sender)


async def open_endpoint(
    host: str, port: int, *, hosts: Collection[str] | None = None, largest: int = MAX_DATAGRAM
) -> Endpoint:
    """Bind a UDP socket.

    Args:
        host: What to listen on, by name or number.
        port: 0 picks a free one.
        hosts: The numerical hosts whose datagrams are handed on, from any port of theirs; None for everybody's. Asked
            at every datagram, so it may change.
        largest: Bytes of a datagram; larger ones are dropped.

    Raises:
        OSError: The port cannot be had, or there is no such host; the text says which.
    """
    loop = asyncio.get_running_loop()
    where = await resolve(host, port)
    try:
        _, endpoint = await loop.create_datagram_endpoint(lambda: Endpoint(hosts, largest), local_addr=where)
    except OSError as error:
        raise _placed(error, f"UDP {where[0]}:{where[1]}") from error
    return endpoint


async def resolve(host: str, port: int) -> Address:
    """The numerical address of a name; its IPv4 one where it has both, since that is what engines listen on.

    Raises:
        OSError: There is no such host or port.
    """
    if not 0 <= port <= LAST_PORT:  # the resolver would take it for another one
        raise OSError(errno.EINVAL, f"there is no port {port}")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except OSError as error:
        raise _placed(error, f"host {host!r:.80}") from error
    except ValueError as error:  # an empty label, and the like
        raise OSError(errno.EINVAL, f"there is no host {host!r:.80}") from error
    addresses = sorted(found, key=lambda info: info[0] != socket.AF_INET)
    return _short(addresses[0][4])


def _placed(error: OSError, place: str) -> OSError:
    """The same error, with where it was in its text."""
    return type(error)(error.errno, f"{error.strerror} ({place})")


def _short(address: tuple[Any, ...]) -> Address:
    """IPv6 says two numbers more, which are 0 but for addresses within one network."""
    return address[0], address[1]
