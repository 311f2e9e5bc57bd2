"""Every exception that the client raises, by who must act.

    StepwireError
    ├── CallerError           the call is wrong: mend it
    │   ├── UnknownEnv · UnknownSession
    │   ├── NotReset · EpisodeOver · OutOfOrder
    │   ├── Unsupported · ContractMismatch
    │   ├── TooLarge · SessionTaken
    │   ├── InvalidAction · InvalidOptions
    │   └── NotAuthenticated · NotAllowed
    ├── GameError             the game or environment misbehaved: reset, or tell its author
    │   ├── GameGone · GameSilent · GameNonsense
    │   └── GameFailed
    ├── ServerError           the server cannot do it: wait, or try another one
    │   ├── NoGameWaiting · AtCapacity · Draining
    │   ├── SessionLost
    │   └── ServerBug         the server's own fault: tell us
    └── ConnectionFailed      no server answers there
        └── DeadlineExceeded  it was reached, but its answer did not come in time

`str(error)` says what happened, whose fault it is and what to do. Branch on the class, or on `reason`, the name the
server sent. This module knows the reasons; how they travel is known to `stepwire.connection`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Self


class StepwireError(Exception):
    """Anything that went wrong with a remote environment.

    Attributes:
        reason: Name of the fault, such as EPISODE_OVER; the server's own where this client has no class for it.
        data: The fault's details as text by name, such as `field`, `given` and `expected` of an InvalidAction.
        retry_after: Seconds after which the same call may succeed; None where waiting does not help.
    """

    reason: str

    def __init__(
        self,
        message: str = "",
        *,
        reason: str | None = None,
        data: Mapping[str, str] | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(str(message))
        if reason is not None:
            self.reason = reason
        self.data = dict(data or {})
        self.retry_after = retry_after

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.reason = _capitals(cls.__name__)


def _capitals(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()


StepwireError.reason = _capitals("StepwireError")


class CallerError(StepwireError):
    """The call is wrong: mend it."""


class GameError(StepwireError):
    """The game, or the environment's own code, misbehaved: `reset()`, or tell its author."""


class ServerError(StepwireError):
    """The server cannot do it, for now or any more: wait, or use another one."""


class ConnectionFailed(StepwireError):
    """No server answers at the address, or the connection broke and could not be mended in time.

    The session and its episode are given up; `reset()` starts a new one.
    """


class DeadlineExceeded(ConnectionFailed):
    """The server was reached, but the answer did not come in time. The session is given up; `reset()` starts anew."""


class UnknownEnv(CallerError):
    """The server has no environment of that id."""


class UnknownSession(CallerError):
    """The server never gave out that session id, or the resume key is wrong."""


class NotReset(CallerError):
    """A step or render before the first reset, or after the session was lost."""


class EpisodeOver(CallerError):
    """A step after the episode's end."""


class OutOfOrder(CallerError):
    """A request's number leaves a gap, or too many replies are unacknowledged."""


class Unsupported(CallerError):
    """Something that this environment, this server or this client does not do."""


class ContractMismatch(CallerError):
    """Client and server speak different versions of the contract."""


class TooLarge(CallerError):
    """A message or a number is over a limit; `data` has `what`, `value`, `limit` and `setting`."""


class SessionTaken(CallerError):
    """A newer stream holds the session."""


class InvalidAction(CallerError):
    """An action outside the action space; `data` has `field`, `given` and `expected`."""


class InvalidOptions(CallerError):
    """A seed, option or keyword argument that cannot be; `data` has `field`, `given` and `expected`."""

    @classmethod
    def of(cls, field: str, given: Any, expected: str) -> Self:
        """The one for an argument, found before anything is sent."""
        data = {"field": field, "given": repr(given), "expected": expected}
        return cls(f"{field}: expected {expected}, given {given!r}.", data=data)


class NotAuthenticated(CallerError):
    """The server wants a token and got none, or a wrong one."""


class NotAllowed(CallerError):
    """The token is good, but does not open this."""


class GameGone(GameError):
    """The game's connection closed. `reset()` takes another instance, when one is there."""


class GameSilent(GameError):
    """The game did not answer in time."""


class GameNonsense(GameError):
    """The game answered with something that is not in its protocol or its spaces."""


class GameFailed(GameError):
    """The game's or environment's own code raised an error."""


class NoGameWaiting(ServerError):
    """No free instance of that game is connected."""


class AtCapacity(ServerError):
    """The server has as many sessions or connections as its settings allow."""


class Draining(ServerError):
    """The server is about to stop and takes no new sessions."""


class SessionLost(ServerError):
    """The session was there and is not any more. `reset()` makes a new one."""


class ServerBug(ServerError):
    """The server failed in a way of its own. The server's log has the traceback; please report it."""

    @classmethod
    def unreadable(cls, problem: Exception) -> Self:
        """An answer that makes no sense."""
        return cls(f"the server's answer cannot be read: {problem}. Client and server may be of different versions.")


def _tree(cls: type[StepwireError]) -> Iterator[type[StepwireError]]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _tree(sub)


BY_REASON: dict[str, type[StepwireError]] = {cls.reason: cls for cls in _tree(StepwireError)}
"""The class for each reason that a server may send."""
