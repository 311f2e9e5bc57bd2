"""Which of several servers, or of one server's processes, to ask for a session first.

It asks them what is free, and how much they do already. Making the session is known to `making`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.connection.target import Target
from stepwire.errors import StepwireError
from stepwire.v1.env_service_pb2 import MakeRequest

_CHOICE = 2
"""With so many that have room the search ends: the less busy of two is nearly as good a choice as the best of all."""


@dataclass(frozen=True, slots=True)
class _Answer:
    endpoint: Endpoint
    room: bool
    sessions: int

    def key(self) -> tuple[bool, int]:
        """What is smaller is better."""
        return not self.room, self.sessions


def answering(
    found: Sequence[Endpoint], target: Target, request: MakeRequest, *, silences: int | None = None
) -> list[Endpoint]:
    """Those that answer, best first: with games enough, for at the others a make waits, and then with fewer sessions.

    Args:
        found: In the order in which they are asked; those that need not be asked come last.
        target: Where and how.
        request: What is to be made.
        silences: After how many that do not answer, and none that did, the rest is taken to be silent as well; None to
            ask them all.
    """
    answers: list[_Answer] = []
    for asked, endpoint in enumerate(found):
        if not answers and asked == silences:
            return []
        if sum(answer.room for answer in answers) == _CHOICE:
            return [*_best_first(answers), *found[asked:]]
        answers += _ask(endpoint, target, request)
    return _best_first(answers)


def _best_first(answers: list[_Answer]) -> list[Endpoint]:
    return [answer.endpoint for answer in sorted(answers, key=_Answer.key)]


def _ask(endpoint: Endpoint, target: Target, request: MakeRequest) -> list[_Answer]:
    server = open_server(endpoint, target)
    try:
        sessions = server.info(target.timeouts.connect).load.sessions
        room = server.has_room(request.env_id, request.num_envs or 1, target.timeouts.connect)
    except StepwireError:
        return []  # whatever it is, the make itself will say it
    finally:
        server.close()
    return [_Answer(endpoint, room, sessions)]
