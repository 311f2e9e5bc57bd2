"""What is said of an address where nobody can listen, and of one where no game came."""

import errno
import socket

import pytest

from stepwire_bridge.compat.places import awaiting, listening
from stepwire_bridge.faults import NoGameWaiting


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.EADDRINUSE, "while attempting to bind"), "h:7: Address already in use; close what listens"),
        (OSError(errno.EACCES, "while attempting to bind"), "h:7: Permission denied"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "h:7: Name or service not known"),
        (OverflowError("bind(): port must be 0-65535."), "h:7: ports go from 0 to 65535"),
    ],
)
def test_who_cannot_listen_is_told_where_and_why(error: Exception, says: str) -> None:
    with pytest.raises(OSError, match=says) as caught, listening("h", 7):
        raise error
    assert caught.value.__cause__ is error


def test_who_waited_in_vain_is_told_where() -> None:
    with pytest.raises(NoGameWaiting) as caught, awaiting(lambda: "It was to dial ws://h:7."):
        raise NoGameWaiting("snake", 1, 0)
    assert (
        str(caught.value) == "no game 'snake' is connected, nor any other. Start it, or wait. It was to dial ws://h:7."
    )
