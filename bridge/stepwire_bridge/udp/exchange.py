"""A link over UDP to an engine that answers every command with one datagram: stop and wait, and send again.

                      ┌──────────── sent again every `resend_after` s ───────────┐
    quiet ── send ──► asked ── the reply ──► settled, or settling ── quiet, or as many replies as may be under way ──►

Knows one engine, time, and that a datagram may be lost, doubled, late or somebody else's. Knows nothing of what one
says: that wire has no numbers, so which command a reply answers is told by order and time alone, or by `number`.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from stepwire_bridge.dialects.fields import END
from stepwire_bridge.dialects.hosts import is_loopback
from stepwire_bridge.links import Gone, LinkClosed, Take
from stepwire_bridge.links.inbox import Inbox
from stepwire_bridge.udp.endpoint import Address, Endpoint

log = logging.getLogger(__name__)

THEN = END.encode()
"""Between the commands of one message: they are sent one after the other, and the reply to the last is the answer."""

DUPLICATE_WINDOW = 0.02
"""Seconds in which a network's copy of a datagram comes, as a rule."""

PORT_SECONDS = 5.0
"""An engine that has not been heard for so long may have been started anew, and then sends from another port."""

NOTEWORTHY_SECONDS = 1.0
"""A wait that is said in the log; shorter ones are how a lossy network is."""

Number = Callable[[bytes], float | None]
"""What rises from each reply of an engine to the next; None where a reply does not say it."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How an exchange deals with what the network does. Times in seconds.

    Attributes:
        resend_after: A command that has no reply for so long is sent again, so that a game may do it twice; 0 is never.
        quiet: After a command that was sent more than once, how long nothing must come before the next may go, unless
            all the replies that it may still have are there sooner.
        gap: After every reply, how long nothing must come before the next command may go. More than 0 only where the
            network doubles commands: an engine does each of them, and answers each.
        duplicate_window: A copy of the last reply that comes so soon after the next command is kept back for so long,
            in case the reply follows. Not asked where replies say their number. None is 20 ms, but 0 for an engine on
            this machine, whose own network doubles nothing.
        any_port: Whether the engine sends from another port than it listens on. The port of its first reply is then
            its own, until nothing has come from there for `PORT_SECONDS` or a command goes without reply altogether.
    """

    resend_after: float = 1.0
    quiet: float = 0.25
    gap: float = 0.0
    duplicate_window: float | None = None
    any_port: bool = True


@dataclass(slots=True)
class Counts:
    """What an exchange has done about the network so far, in datagrams."""

    resent: int = 0
    """Commands sent again."""
    elsewhere: int = 0
    """Dropped: from a port that is not the engine's."""
    unasked: int = 0
    """Dropped: nothing was asked. An engine's first state is one, a late or doubled reply another."""
    outdated: int = 0
    """Dropped: replies that are not newer than the last, by their number, or that a later one followed at once."""


class Exchange:
    """A link to one engine, over an endpoint that it has for itself while it is open; see `Link`."""

    def __init__(
        self,
        endpoint: Endpoint,
        engine: Address,
        manners: Manners | None = None,
        *,
        number: Number | None = None,
        unanswered: int = 0,
        level: int = logging.DEBUG,
    ) -> None:
        """Listen to the engine.

        Args:
            endpoint: Takes from the engine's host only.
            engine: Where it listens, as a numerical address.
            manners: The defaults when None.
            number: What tells a newer reply from an older one.
            unanswered: How many commands an exchange before this one has sent in vain: their replies may still come.
            level: Of what is logged about single datagrams.
        """
        self.peer = "{}:{}".format(*engine)
        self.counts = Counts()
        self.unanswered = unanswered
        """How many replies to earlier commands may still come."""
        self.overheard: Callable[[bytes], None] = lambda data: None
        """Is handed what comes while nothing is asked, which no link delivers."""
        self._endpoint, self._engine, self._number, self._level = endpoint, engine, number, level
        self._manners = manners or Manners()
        given, here = self._manners.duplicate_window, is_loopback(engine[0])
        self._duplicate_window = given if given is not None else 0.0 if here else DUPLICATE_WINDOW
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox()
        self._waiting: deque[tuple[bytes, bool]] = deque()
        """Commands to be sent, and whether the reply to each is the answer to a message."""
        self._asked: tuple[bytes, bool] | None = None
        self._asked_at = 0.0
        self._sent = 0
        """How often the command that is asked has been sent."""
        self._held: bytes | None = None
        """What may be the reply, unless another one follows."""
        self._last: bytes | None = None
        self._last_number: float | None = None
        self._port = None if self._manners.any_port else engine[1]
        """Where the engine sends from, as far as is known."""
        self._port_heard_at = 0.0
        self._resend: asyncio.TimerHandle | None = None
        self._alarm: asyncio.TimerHandle | None = None
        """Ends the wait for what may still come: before the next command, or before what is held is taken."""
        self._closed: str | None = None
        endpoint.take = self._heard

    # ── as a link ────────────────────────────────────────────────────────────────────────────────────────────────────

    def send(self, data: str | bytes) -> None:
        """Have commands sent, each once those before have been answered; see `Link.send` and `THEN`."""
        if self._closed is not None:
            raise LinkClosed(self._closed)
        commands = (data.encode() if isinstance(data, str) else data).split(THEN)
        self._waiting += [(command, i == len(commands) - 1) for i, command in enumerate(commands)]
        self._go_on()

    async def receive(self) -> str | bytes:
        """The next answer; see `Link.receive`."""
        return await self._inbox.get()

    def deliver(self, take: Take, gone: Gone) -> None:
        """Have the answers handed over; see `Link.deliver`."""
        self._inbox.deliver(take, gone)

    def close(self, code: int, reason: str) -> Coroutine[Any, Any, None]:
        """Send and hear nothing more. The endpoint stays open; what still comes is dropped there."""
        if self._closed is None:
            self.give_up()
            self._cancel_alarm()
            self._closed = f"closed with {code}: {reason}"
            self._endpoint.take = lambda data, sender: None
            self._inbox.end(self._closed)
        return asyncio.sleep(0)

    def give_up(self) -> None:
        """Wait no longer for the reply to what is asked, and forget what was to be sent after it."""
        self._waiting.clear()
        if self._asked is not None:
            self.unanswered += self._sent
            self._asked, self._held = None, None
            self._port = None if self._manners.any_port else self._port
            self._cancel_resend()
            self._cancel_alarm()

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _go_on(self) -> None:
        """Send the next command, if there is one and nothing is in its way."""
        if self._asked is None and self._alarm is None and self._waiting:
            self._asked = self._waiting.popleft()
            self._asked_at, self._sent = self._loop.time(), 0
            self._put()

    def _put(self) -> None:
        assert self._asked is not None
        self._endpoint.send(self._asked[0], self._engine)
        self._sent += 1
        if self._manners.resend_after:
            self._resend = self._loop.call_later(self._manners.resend_after, self._put_again)

    def _put_again(self) -> None:
        assert self._asked is not None
        waited, last = self._loop.time() - self._asked_at, self._manners.resend_after
        log.log(self._level, "%s is sent %.60r again after %.3g s", self.peer, self._asked[0], waited)
        if waited - last < NOTEWORTHY_SECONDS <= waited:
            ours = self._endpoint.address[1]
            log.info("%s does not answer to our port %d; it is asked again every %g s", self.peer, ours, last)
        self.counts.resent += 1
        self._put()

    # ── hearing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _heard(self, data: bytes, sender: Address) -> None:
        """A datagram from the engine's host has come."""
        if not self._is_engines(sender[1]):
            self._note_elsewhere(sender)
            return
        if sender[1] != self._port:  # started anew, it counts anew
            self._last = self._last_number = None
        if self._asked is None:
            self._count_down(data)
        elif self._is_outdated(data):
            self.counts.outdated += 1
        else:
            self._judge(data, sender)

    def _is_engines(self, port: int) -> bool:
        now = self._loop.time()
        if port == self._port:
            self._port_heard_at = now
            return True
        return self._port is None or (self._manners.any_port and now >= self._port_heard_at + PORT_SECONDS)

    def _note_elsewhere(self, sender: Address) -> None:
        if not self.counts.elsewhere:
            log.info("%s sends from port %d; what %s:%d sends is dropped", self.peer, self._port, *sender)
        self.counts.elsewhere += 1

    def _count_down(self, data: bytes) -> None:
        """Nothing is asked, so this is dropped; it may be what the next command waits for."""
        self.counts.unasked += 1
        log.log(self._level, "%s has sent what nobody asked for", self.peer)
        self.unanswered = max(0, self.unanswered - 1)
        if self._alarm is not None:
            self._settle()
        self.overheard(data)

    def _judge(self, data: bytes, sender: Address) -> None:
        """This is the reply, or may be: then it is held for a while, in case a later one follows."""
        if self._held is not None:
            self.counts.outdated += 1
        self._held = data
        if self.unanswered:
            self.unanswered -= 1
            self._hold(self._manners.quiet, sender)
            return
        left = self._asked_at + self._duplicate_window - self._loop.time()
        if data == self._last and self._number is None and left > 0:
            self._hold(left, sender)
        else:
            self._accept(sender)

    def _hold(self, seconds: float, sender: Address) -> None:
        self._cancel_resend()
        self._cancel_alarm()
        self._alarm = self._loop.call_later(seconds, self._accept, sender)

    def _accept(self, sender: Address) -> None:
        """What is held is the reply."""
        assert self._asked is not None and self._held is not None
        if (waited := self._loop.time() - self._asked_at) >= NOTEWORTHY_SECONDS and self._sent > 1:
            log.info("%s answers, after %.3g s", self.peer, waited)
        is_answer, data = self._asked[1], self._held
        self._last, self._last_number = data, self._number_of(data)
        self._asked, self._held = None, None
        self._port, self._port_heard_at = sender[1], self._loop.time()
        self.unanswered = self._sent - 1
        self._cancel_resend()
        self._settle()
        if is_answer:
            self._inbox.put(data)
        self._go_on()

    def _settle(self) -> None:
        """Let the next command go once the replies that are under way are here, or nothing has come for a while."""
        self._cancel_alarm()
        if seconds := self._manners.quiet if self.unanswered else self._manners.gap:
            self._alarm = self._loop.call_later(seconds, self._settled)
        else:
            self._go_on()

    def _settled(self) -> None:
        self.unanswered = 0  # those are lost
        self._alarm = None
        self._go_on()

    def _is_outdated(self, data: bytes) -> bool:
        number = None if self._last_number is None else self._number_of(data)
        return number is not None and self._last_number is not None and number <= self._last_number

    def _number_of(self, data: bytes) -> float | None:
        return None if self._number is None else self._number(data)

    def _cancel_resend(self) -> None:
        if self._resend is not None:
            self._resend.cancel()
            self._resend = None

    def _cancel_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
