"""How classic Gymie says that something is wrong: it closes the connection, with a code and a reason. Pure.

The codes and the words are those of Gymie's code, spelling included.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from stepwire_bridge.faults import Fault, GameFailed, InvalidAction, SessionLost
from stepwire_service.catalog.hooked import EnvironmentMalformed, EnvironmentNotFound, InstanceNotFound, WrongAction
from stepwire_service.fronts.gymie.instances import UnknownInstance

logger = logging.getLogger(__name__)

NO_REQUEST: Final = 1003
"""Close code for what is no request."""

NOT_DONE: Final = 1007
"""Close code for a request that cannot be."""

_SHOWN: Final = 200
"""Characters of a message, more than fit into a close frame's reason."""


class HangUp(Exception):
    """The connection is to be closed, which is how classic Gymie says that something is wrong."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(f"{code} {reason}")


def no_request(message: str | bytes) -> HangUp:
    """A message that is no request."""
    start = message[:_SHOWN]
    return HangUp(
        NO_REQUEST, f"Message `{start if isinstance(start, str) else start.decode(errors='replace')}` is invalid"
    )


def wrong(params: Any) -> HangUp:
    """Parameters that a method does not take."""
    return HangUp(NOT_DONE, f"Parameters `{_shown(params)}` are wrong")


def unknown_method(method: Any) -> HangUp:
    """A method that there is not."""
    return HangUp(NOT_DONE, f"Method `{_shown(method)}` not found")


def missing(keys: list[str]) -> HangUp:
    """A request without one of its two keys."""
    return HangUp(NO_REQUEST, f"Message keys {keys[:_SHOWN]} are missing or invalid")


def not_found(env_id: str) -> HangUp:
    """An environment that there is not."""
    return HangUp(NOT_DONE, f"Environment `{_shown(env_id)}` not found")


def malformed(env_id: str) -> HangUp:
    """What is not the id of an environment."""
    return HangUp(NOT_DONE, f"Environment `{_shown(env_id)}` is malformed")


def unknown_error(what: object) -> HangUp:
    """Anything else."""
    return HangUp(NOT_DONE, f"Unknonwn error: {what}")


def _shown(value: Any) -> str:
    """A value as Python writes it, whole where it fits into a reason."""
    try:
        return f"{value}"[:_SHOWN]
    except RecursionError:
        return "…"


def hung_up(error: Fault | UnknownInstance, params: Mapping[str, Any]) -> HangUp:
    """What an error is called where there are only reasons."""
    match error:
        case UnknownInstance() | SessionLost():
            return HangUp(NOT_DONE, f"Instance `{_shown(params.get('instance_id'))}` not found")
        case InvalidAction() | GameFailed(operation="step"):
            return HangUp(NOT_DONE, f"Action `{_shown(params.get('action'))}` is wrong")
        case GameFailed():
            return unknown_error(error.error)
        case _:
            return unknown_error(error)


def raised(error: BaseException) -> HangUp:
    """What the user's own function raised."""
    match error:
        case WrongAction():
            return HangUp(NOT_DONE, f"Action `{error}` is wrong")
        case EnvironmentNotFound():
            return not_found(str(error))
        case EnvironmentMalformed():
            return malformed(str(error))
        case InstanceNotFound():
            return HangUp(NOT_DONE, f"Instance `{error}` not found")
        case _:
            logger.warning("process_step raised", exc_info=error)
            return unknown_error(error)
