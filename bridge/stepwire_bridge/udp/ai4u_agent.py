"""One AI4U agent as a link: answers each of its datagrams, and hands on only those that answer a request.

An engine sends a datagram in each of its frames and waits for one reply, which may be a command. It says nowhere which
reply it has had. What its frames say tells: an action is carried out once the number of steps has risen by one or the
episode is over, a reset once the number is 0 and the agent neither stopped nor over. A frame that says neither soon
after a command is a copy, or was under way when the command went: it gets no reply, since the engine would take that
for the reply to its next frame. One that comes later means that the command was lost: it goes again.

A frame that answers a command but equals one of shortly before may be a copy of that, which took its time: the engine
is told to wait, and only when it says the same again is it believed.

An engine carries out what reaches it, also where a network delivers one reply twice. Its number of steps is then higher
than it should be before the next action, and the link is closed: such an episode is nobody's.

Knows frames' fields that steer an engine, and its words; nothing of observations, sockets or other agents.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from stepwire_bridge.dialects.ai4u_words import CONTROLS, IDLE, RESETS, RESUME, WAIT
from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.inbox import Inbox
from stepwire_bridge.udp.ai4u_frames import Answers, Frame

SIGHTINGS = 3
"""How often a frame that may be an old one must come to be believed."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Times of a link, in seconds; see `stepwire_bridge.dialects.ai4u_declared.Declaration`."""

    hold: float = 0.0
    repeat_after: float = 0.5
    silence: float = 10.0


@dataclass(slots=True)
class _Command:
    """A command for the engine, and when it was last sent; None where it was not yet."""

    text: str
    sent_at: float | None = None

    @property
    def is_reset(self) -> bool:
        return self.text.startswith(RESETS)


class AgentLink:
    """A link to one agent; see `stepwire_bridge.links.Link`. One of the `hear_…` is called with each datagram.

    Args:
        peer: Who that is, for the log.
        config: Its config frame, the first message that is received.
        reply: Sends a reply to it; must not raise.
        patience: The link's times.
        is_back: Whether the agent has had its reply to the config frame over an earlier link.
    """

    def __init__(
        self, peer: str, config: bytes, reply: Callable[[bytes], None], patience: Patience, *, is_back: bool = False
    ) -> None:
        self.peer = peer
        self.config = config
        self.ignored = 0
        """Datagrams that got no reply."""
        self._reply, self._patience, self._is_back = reply, patience, is_back
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox()
        self._over: str | None = None
        self._over_at = 0.0
        self._config_reply = ""
        self._command: _Command | None = None
        self._steps = 0
        """The number of steps in the last frame that was handed on."""
        self._answers = Answers(patience.repeat_after)
        self._sightings = 0
        """Of frames that answer the command but may be old."""
        self._ahead = 0
        """Frames one after the other that say a higher number, though nothing was asked."""
        self._frames_at = float("-inf")
        """When the last state frame came."""
        self._heard_at = self._loop.time()
        self._is_new = True
        """Whether nothing but its config frame has come."""
        self._held: asyncio.TimerHandle | None = None
        """Will answer a frame for which there may yet be an action."""
        self.receive = self._inbox.get
        self.deliver = self._inbox.deliver
        self._inbox.put(config)

    # ── what the game wants ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def over(self) -> bool:
        """Whether the link is closed."""
        return self._over is not None

    @property
    def may_come_back(self) -> bool:
        """Whether an agent that still speaks is to have a new link; not at once, as it may be refused again."""
        return self.over and self._loop.time() >= self._over_at + 2 * self._patience.repeat_after

    def send(self, data: str | bytes) -> None:
        """Have the engine told at its next datagram, or at once where one waits; see `Link.send`.

        Raises:
            LinkClosed: It is closed.
        """
        if self._over is not None:
            raise LinkClosed(self._over)
        text = data if isinstance(data, str) else data.decode()
        if not self._config_reply:  # the first thing that is said is the welcome
            self._config_reply = text
            if not self._is_back:  # it would take these words for an action
                self._say(text)
            return
        self._command, self._sightings = _Command(text), 0
        if self._held is not None:
            self._release()
            self._send_command(self._command)

    def close(self, code: int, reason: str) -> Coroutine[Any, Any, None]:
        """Hand nothing on any more; see `Link.close`. The engine is told to wait, as long as it asks."""
        self.end(f"closed with {code}: {reason}")
        return asyncio.sleep(0)

    def end(self, why: str) -> None:
        """The agent is gone, or given up. May be called twice."""
        if self._over is None:
            self._over, self._over_at = why, self._loop.time()
            self._command = None
            if self._held is not None:
                self._release()
                self._say(WAIT)
            self._inbox.end(why)

    def is_silent(self) -> bool:
        """Whether nothing has been heard for too long; a command gives it time, until its own deadline."""
        patient = self._command is not None or self._over is not None
        return not patient and self._loop.time() >= self._heard_at + self._patience.silence

    # ── what the engine says ─────────────────────────────────────────────────────────────────────────────────────────

    def hear_config(self) -> None:
        """The config frame has come again: the same reply, if it has had one."""
        if self._config_reply:
            self._say(self._config_reply)

    def is_copy_of_config(self, data: bytes) -> bool:
        """Whether a config frame is this link's own once more, and not that of a game that has started anew."""
        is_soon = self._loop.time() < self._heard_at + self._patience.repeat_after
        return data == self.config and (self._is_new or is_soon)

    def hear_poll(self) -> None:
        """The engine waits for its first reset."""
        now = self._heard_at = self._loop.time()
        self._is_new, command = False, self._command
        if command is None or command.text in CONTROLS:
            is_copy, self._command = now < self._frames_at + self._patience.repeat_after, None
        else:
            is_copy = not command.is_reset
        if is_copy:
            self.ignored += 1  # an engine that has begun to send frames would take "idle" for an action
        elif command is None or command.text in CONTROLS:
            self._say(IDLE)
        else:
            self._send_again(command, now)

    def hear_frame(self, data: bytes, said: dict[str, Any]) -> None:
        """The engine says its state."""
        now = self._heard_at = self._frames_at = self._loop.time()
        self._is_new = False
        if self._held is not None:
            self._release()
        frame, command = Frame.of(said), self._command
        is_doubtful = self._answers.may_be_copy(data, now)
        if command is None or frame.is_acting:
            self._idle(frame)
        elif command.text in CONTROLS:
            self._command = None
            self._say(command.text)
        elif command.sent_at is None:
            self._begin(data, frame, command)
        elif self._is_done(frame, command) or self._has_moved_on(frame, command, now):
            self._sightings += 1
            if is_doubtful and self._sightings < SIGHTINGS:
                self._say(WAIT)
            else:
                self._hand_on(data, frame)
        else:
            self._send_again(command, now)

    def _idle(self, frame: Frame) -> None:
        """Nothing is asked: wait, and for a moment make the engine wait where an action may be under way."""
        hold = self._patience.hold
        may_act = not (frame.done or frame.stopped or frame.paused or frame.is_acting)
        if hold and may_act and self._over is None:
            self._held = self._loop.call_later(hold, self._stop_holding)
        else:
            self._say(WAIT)

    def _begin(self, data: bytes, frame: Frame, command: _Command) -> None:
        """A command has its first chance to be sent."""
        ended = frame.stopped or (frame.done and frame.steps in (None, self._steps))
        self._ahead = self._ahead + 1 if (frame.steps or 0) > self._steps else 0
        if command.is_reset:
            self._send_command(command)
        elif self._ahead >= SIGHTINGS:  # fewer may be old ones
            self.end(f"it has taken {frame.steps} steps where {self._steps} were asked for: a reply has come twice")
            self._say(WAIT)
        elif self._ahead:
            self._say(WAIT)
        elif ended and not (frame.stopped and frame.done):
            self._hand_on(data, frame)  # the episode has ended by itself, between two actions
        elif frame.paused:
            self._say(RESUME)
        else:
            self._send_command(command)

    def _is_done(self, frame: Frame, command: _Command) -> bool:
        """Whether a frame says that the command is carried out."""
        if command.is_reset:
            return not (frame.done or frame.stopped or frame.steps)
        if frame.done or frame.stopped:
            return frame.stopped or frame.steps in (None, self._steps, self._steps + 1)
        return frame.steps in (None, self._steps + 1)

    def _has_moved_on(self, frame: Frame, command: _Command, now: float) -> bool:
        """Whether an engine that has been given time is somewhere else than where it was told to go."""
        late = command.sent_at is not None and now >= command.sent_at + self._patience.repeat_after
        return late and not command.is_reset and frame.steps != self._steps

    def _hand_on(self, data: bytes, frame: Frame) -> None:
        self._command = None
        self._steps, self._sightings = frame.steps or 0, 0
        self._answers.note(data, self._heard_at)
        self._inbox.put(data)
        self._idle(frame)

    # ── what the engine is told ──────────────────────────────────────────────────────────────────────────────────────

    def _send_again(self, command: _Command, now: float) -> None:
        if command.sent_at is None or now >= command.sent_at + self._patience.repeat_after:
            self._send_command(command)
        else:
            self.ignored += 1

    def _send_command(self, command: _Command) -> None:
        if command.text in CONTROLS:
            self._command = None
        command.sent_at = self._loop.time()
        self._say(command.text)

    def _release(self) -> None:
        if self._held is not None:
            self._held.cancel()
            self._held = None

    def _stop_holding(self) -> None:
        self._held = None
        self._say(WAIT)

    def _say(self, text: str) -> None:
        self._reply(text.encode())
