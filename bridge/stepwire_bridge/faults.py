"""Every error that may cross the backend seam or a front, by owner.

    Fault
    ├── CallerFault      the call is wrong: mend it
    │   ├── UnknownEnv · UnknownSession
    │   ├── NotReset · EpisodeOver · OutOfOrder
    │   ├── Unsupported · ContractMismatch
    │   ├── TooLarge · SessionTaken
    │   ├── InvalidAction · InvalidOptions
    │   └── NotAuthenticated · NotAllowed
    ├── GameFault        the game or environment misbehaved: reset, or tell its author
    │   ├── GameGone · GameSilent · GameNonsense
    │   └── GameFailed
    └── ServerFault      ours: wait and try again, or try another server
        ├── NoGameWaiting · AtCapacity · Draining
        └── SessionLost

A fault carries its data in attributes and makes its message from them. Anything that is raised and is no Fault is a bug
of ours. Fronts turn faults into their own door's errors; they find `reason`, `data` and `retry_after` here.
"""

import re
from collections.abc import Sequence
from typing import ClassVar


class Fault(Exception):
    """An error with an owner. `str(fault)` says what happened, whose fault it is, and what to do."""

    owner: ClassVar[str]
    retry_after: ClassVar[float | None] = None
    """Seconds after which the same call may succeed; None where waiting does not help."""

    @property
    def reason(self) -> str:
        """The name clients branch on: the class's name in capitals, such as EPISODE_OVER."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).upper()

    @property
    def data(self) -> dict[str, str]:
        """The fault's own attributes as text, for clients that want more than the message."""
        return {name: str(value) for name, value in vars(self).items() if value is not None}


class CallerFault(Fault):
    """The call is wrong."""

    owner = "caller"


class GameFault(Fault):
    """The game, or the environment's own code, misbehaved."""

    owner = "game"


class ServerFault(Fault):
    """The server cannot do it, for now or any more."""

    owner = "server"


class UnknownEnv(CallerFault):
    """No such environment id."""

    def __init__(self, env_id: str, hint: str = "") -> None:
        self.env_id = env_id
        super().__init__(f"there is no environment {env_id!r} here. {hint or 'ListEnvs gives the ids.'}")


class UnknownSession(CallerFault):
    """A session id that this server never gave out, or a wrong resume key."""

    def __init__(self, session_id: str) -> None:
        self.session_id = session_id
        super().__init__(f"session {session_id!r} is not known here, or its resume key is wrong. Call Make first.")


class NotReset(CallerFault):
    """A step or render before the first reset."""

    def __init__(self, operation: str) -> None:
        self.operation = operation
        super().__init__(f"{operation} before the first reset. Call reset() first.")


class EpisodeOver(CallerFault):
    """A step after the episode's end."""

    def __init__(self, copies: list[int] | None = None) -> None:
        self.copies = copies
        where = "" if copies is None else f" of copies {copies}"
        super().__init__(f"step after the end of the episode{where}. Call reset() to start the next one.")


class OutOfOrder(CallerFault):
    """A request number that leaves a gap, or whose reply is forgotten, or too many replies unacknowledged."""

    def __init__(self, number: int, expected: int, why: str) -> None:
        self.number = number
        self.expected = expected
        self.why = why
        super().__init__(f"request {number} came where {expected} was expected: {why}")


class Unsupported(CallerFault):
    """Something this environment or this server does not do."""

    def __init__(self, what: str, instead: str = "") -> None:
        self.what = what
        super().__init__(f"{what} is not supported here.{' ' + instead if instead else ''}")


class ContractMismatch(CallerFault):
    """Client and server speak different contract versions."""

    def __init__(self, theirs: int, ours: int) -> None:
        self.theirs = theirs
        self.ours = ours
        super().__init__(f"the client speaks contract version {theirs}, this server {ours}. Upgrade the older one.")


class TooLarge(CallerFault):
    """Over a limit of size or number."""

    def __init__(self, what: str, value: int, limit: int, setting: str) -> None:
        self.what = what
        self.value = value
        self.limit = limit
        self.setting = setting
        super().__init__(f"{what} is {value}, the limit is {limit}. Send less, or raise the setting {setting}.")


class SessionTaken(CallerFault):
    """A newer stream holds the session."""

    def __init__(self, session_id: str) -> None:
        self.session_id = session_id
        super().__init__(f"a newer stream has taken over session {session_id!r}; this one is over.")


class InvalidAction(CallerFault):
    """An action outside the action space."""

    def __init__(self, field: str, given: str, expected: str) -> None:
        self.field = field
        self.given = given
        self.expected = expected
        super().__init__(f"{field} is outside the action space: expected {expected}, given {given}.")


class InvalidOptions(CallerFault):
    """A seed, option, keyword argument or other field of a request that cannot be."""

    def __init__(self, field: str, given: str, expected: str) -> None:
        self.field = field
        self.given = given
        self.expected = expected
        super().__init__(f"{field}: expected {expected}, given {given}.")


class NotAuthenticated(CallerFault):
    """No token, or a wrong one."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what}. Pass token=... or set STEPWIRE_TOKEN to the server's token.")


class NotAllowed(CallerFault):
    """A good token that does not open this."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"not allowed: {what}.")


class GameGone(GameFault):
    """The game's connection closed."""

    def __init__(self, game: str, why: str) -> None:
        self.game = game
        self.why = why
        super().__init__(f"game {game!r} is gone: {why}. reset() starts over with another instance, when one is there.")


class GameSilent(GameFault):
    """No answer before the deadline."""

    def __init__(self, game: str, operation: str, seconds: float) -> None:
        self.game = game
        self.operation = operation
        self.seconds = seconds
        super().__init__(f"{game!r} did not answer {operation} within {seconds:g} s. reset() starts over.")


class GameNonsense(GameFault):
    """The game answered with something that is not in its protocol or its spaces."""

    def __init__(self, game: str, problem: str, message: str | None = None) -> None:
        self.game = game
        self.problem = problem
        self.message = message
        super().__init__(f"game {game!r} sent nonsense: {problem}. Tell the game's author.")


class GameFailed(GameFault):
    """The game's or environment's own code raised an error."""

    def __init__(self, game: str, operation: str, error: str) -> None:
        self.game = game
        self.operation = operation
        self.error = error
        super().__init__(f"{game!r} failed in {operation}: {error}. reset() starts over; tell its author.")


class NoGameWaiting(ServerFault):
    """No free instance of that game is connected."""

    retry_after = 1.0

    def __init__(self, game: str, wanted: int, free: int, connected: Sequence[str] = (), processes: int = 1) -> None:
        self.game = game
        self.wanted = wanted
        self.free = free
        self.connected = ", ".join(connected)
        self.processes = processes
        if game in connected:
            problem = f"game {game!r} has too few free instances: {wanted} wanted, {free} free. Start more, or wait."
        else:
            others = f"; there is {self.connected}" if connected else ", nor any other"
            problem = f"no game {game!r} is connected{others}. Start it, or wait."
        scope = f" That is in one of {processes} server processes (workers); a session has all its games in one."
        super().__init__(problem + scope if processes > 1 else problem)


class AtCapacity(ServerFault):
    """As many sessions or connections as the settings allow."""

    retry_after = 1.0

    def __init__(self, what: str, limit: int, setting: str) -> None:
        self.what = what
        self.limit = limit
        self.setting = setting
        super().__init__(f"the server is at its limit of {what}: {limit} ({setting}). Wait, or use another server.")


class Draining(ServerFault):
    """The server is about to stop."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the server stops within {seconds:g} s and takes no new sessions. Use another server.")


class SessionLost(ServerFault):
    """A session that was here once and is not any more."""

    def __init__(self, session_id: str, why: str) -> None:
        self.session_id = session_id
        self.why = why
        super().__init__(f"session {session_id!r} is lost: {why}. Make a new one.")
