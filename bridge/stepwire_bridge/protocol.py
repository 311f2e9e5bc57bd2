"""Which message may come when: the order of a conversation with a game. No I/O, no clock, no JSON.

    greeting ── hello ──► open ── state, frame, fault, ping, pong ──► open ── bye ──► over

Every request is answered for each of its instances exactly once. What breaks a rule here is the game's mistake, and
raises `Unexpected`; the conversation stays as it was.
"""

from dataclasses import dataclass, field
from enum import Enum

from stepwire_bridge.messages import Bye, Fault, Frame, FromGame, Hello, Message, Ping, Pong, Render, Reset, State, Step

Request = Reset | Step | Render
Answer = State | Frame | Fault


class Phase(Enum):
    """How far a conversation has come."""

    GREETING = "before the hello"
    OPEN = "after the hello"
    OVER = "after the bye"


MAY_COME: dict[Phase, dict[type[Message], Phase]] = {
    Phase.GREETING: {Hello: Phase.OPEN, Bye: Phase.OVER},
    Phase.OPEN: {
        State: Phase.OPEN, Frame: Phase.OPEN, Fault: Phase.OPEN, Ping: Phase.OPEN, Pong: Phase.OPEN, Bye: Phase.OVER,
    },
    Phase.OVER: {},
}  # fmt: skip
"""What a game may say in each phase, and the phase that follows."""

ANSWERS: dict[type[Request], tuple[type[Answer], ...]] = {
    Reset: (State, Fault),
    Step: (State, Fault),
    Render: (Frame, Fault),
}


class Unexpected(Exception):
    """A message out of turn, or an answer that nobody asked for."""


@dataclass(slots=True, eq=False)
class Exchange:
    """A request and the answers it has had so far."""

    request: Request
    answers: list[Answer] = field(default_factory=list)
    _waiting: set[int] | None = None

    @property
    def waiting(self) -> set[int]:
        """The instances that are still to be answered; made when it is first asked for, as it seldom is."""
        if self._waiting is None:
            self._waiting = set(self.request.instances)
        return self._waiting


class Conversation:
    """What has been said on one connection and what is still to be answered."""

    def __init__(self) -> None:
        self.phase = Phase.GREETING
        self.outstanding: dict[int, Exchange] = {}
        self.pings = 0
        """Pings of ours that have had no pong."""

    def ask(self, request: Request) -> Exchange:
        """Note a request that is about to be sent; its id must be new."""
        exchange = self.outstanding[request.id] = Exchange(request)
        return exchange

    def hear(self, message: FromGame) -> Exchange | None:
        """Note what the game said. Gives the exchange that it completes, if it does.

        Raises:
            Unexpected: It may not come now, or answers nothing that was asked.
        """
        if type(message) is State and self.phase is Phase.OPEN:
            return self._answered(message)  # nearly every message
        following = MAY_COME[self.phase].get(type(message))
        if following is None:
            raise Unexpected(f"{type(message).__name__.lower()} {self.phase.value}")
        done = self._heard(message)
        self.phase = following
        return done

    def _heard(self, message: FromGame) -> Exchange | None:
        match message:
            case Fault(id=None):
                return None  # about no request; what to make of it is not a question of order
            case State() | Frame() | Fault():
                return self._answered(message)
            case Pong() if self.pings == 0:
                raise Unexpected("a pong without a ping")
            case Pong():
                self.pings = 0
        return None

    def _answered(self, answer: Answer) -> Exchange | None:
        exchange = None if answer.id is None else self.outstanding.get(answer.id)
        if exchange is None or not isinstance(answer, ANSWERS[type(exchange.request)]):
            raise Unexpected(f"{type(answer).__name__.lower()} with id {answer.id}, which nobody asked for")
        if not exchange.answers and type(answer) is State and answer.instances == exchange.request.instances:
            exchange.answers.append(answer)
            return self.outstanding.pop(exchange.request.id)  # all at once and in order, as nearly always
        return self._partly_answered(exchange, answer)

    def _partly_answered(self, exchange: Exchange, answer: Answer) -> Exchange | None:
        instances, waiting = _answered_instances(answer, exchange), exchange.waiting
        if not waiting.issuperset(instances) or len(set(instances)) != len(instances) or not instances:
            raise Unexpected(f"an answer to request {answer.id} for instances {instances[:8]}, not all waited for")
        waiting.difference_update(instances)
        exchange.answers.append(answer)
        return None if waiting else self.outstanding.pop(exchange.request.id)


def _answered_instances(answer: Answer, exchange: Exchange) -> list[int]:
    """A fault that names no instances answers for all that are still waited for."""
    match answer:
        case Frame(instance=instance):
            return [instance]
        case State(instances=instances):
            return instances
        case Fault(instances=None):
            return sorted(exchange.waiting)
        case Fault(instances=instances):
            return list(instances or ())
