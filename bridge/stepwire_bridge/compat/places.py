"""What to say of an address where nobody can listen, and of one where a game has been waited for in vain.

Pure. It names the address, since nothing else does in a trainer's process: there is no server whose log would.
"""

import errno
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stepwire_bridge.faults import NoGameWaiting


@contextmanager
def listening(host: str, port: int) -> Iterator[None]:
    """Say where it was that nobody can listen, and why.

    Raises:
        OSError: The port cannot be had, or there is no such host or port.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or errno.EIO)
        todo = "; close what listens there, or take another port" if error.errno == errno.EADDRINUSE else ""
        raise type(error)(error.errno, f"cannot listen at {host}:{port}: {why}{todo}") from error
    except OverflowError as error:
        raise OSError(errno.EINVAL, f"cannot listen at {host}:{port}: ports go from 0 to 65535") from error


@contextmanager
def awaiting(place: Callable[[], str]) -> Iterator[None]:
    """Say where it was that no game came.

    Args:
        place: Gives a sentence of it, such as "It was to dial ws://127.0.0.1:7891/wemi/Game2048."

    Raises:
        NoGameWaiting: Whichever is raised here, with that sentence at its end.
    """
    try:
        yield
    except NoGameWaiting as fault:
        fault.args = (f"{fault} {place()}",)
        raise
