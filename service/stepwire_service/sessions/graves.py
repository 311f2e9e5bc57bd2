"""The sessions that were here and are not any more, so that whoever returns to one learns what became of it.

Remembers the last thousand; of older ones it is only known that their ids are in our form. No clock, no tasks.
"""

import hmac
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from stepwire_bridge.faults import Fault, SessionLost, UnknownSession
from stepwire_service.sessions.session import Identity

REMEMBERED: Final = 1024

_NEVER_SEEN: Final = (
    "this process does not know it; it was made before a restart, or in another one, whose endpoint Make has told"
)

_FORM = re.compile(r"session-[0-9a-f]{16}")


def new_session_id() -> str:
    """A session id that nobody has had before."""
    return f"session-{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True)
class _Grave:
    identity: Identity
    why: str


class Graves:
    """What became of sessions that have ended."""

    def __init__(self) -> None:
        self._graves: OrderedDict[str, _Grave] = OrderedDict()
        self._by_make_key: dict[tuple[str, bytes], str] = {}

    def bury(self, identity: Identity, why: str) -> None:
        """Remember a session that has ended."""
        self._graves[identity.session_id] = _Grave(identity, why)
        self._by_make_key[identity.owner, identity.make_key] = identity.session_id
        if len(self._graves) > REMEMBERED:
            _, oldest = self._graves.popitem(last=False)
            del self._by_make_key[oldest.identity.owner, oldest.identity.make_key]

    def fault(self, session_id: str, resume_key: bytes) -> Fault:
        """What to answer to somebody who returns to a session that is not here."""
        grave = self._graves.get(session_id)
        if grave is not None and hmac.compare_digest(grave.identity.resume_key, resume_key):
            return SessionLost(session_id, grave.why)
        if grave is not None or not _FORM.fullmatch(session_id):
            return UnknownSession(session_id)
        return SessionLost(session_id, _NEVER_SEEN)

    def of_make_key(self, owner: str, make_key: bytes) -> SessionLost | None:
        """The fate of the session that was made with this key; None when there is no such."""
        session_id = self._by_make_key.get((owner, make_key))
        return None if session_id is None else SessionLost(session_id, self._graves[session_id].why)
