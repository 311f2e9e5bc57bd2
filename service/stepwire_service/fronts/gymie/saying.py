"""What both modes need to say things: infos without what JSON cannot say, and reasons that fit. Pure."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

logger = logging.getLogger(__name__)

MAX_REASON_BYTES: Final = 123
"""Of a close frame: RFC 6455, 5.5 and 5.5.1."""

MAX_NESTING: Final = 32
"""Levels of an info."""


class TooDeep(Exception):
    """An info that is nested without end."""


def fitting(text: str, most: int = MAX_REASON_BYTES) -> str:
    """As much of a text as fits into so many bytes of UTF-8, cut between two characters."""
    return text[:most].encode(errors="replace")[:most].decode(errors="ignore")


def without_unsayable(info: Mapping[Any, Any], say: Callable[[Any], Any]) -> dict[str, Any]:
    """An info as JSON can hold it, without the entries that it cannot hold, in mappings at any depth.

    Args:
        info: What an environment gave. Keys that are numbers become text.
        say: Makes a value plain; raises TypeError or ValueError for one that cannot be said.
    """
    said = {}
    for key, value in info.items():
        try:
            said[_key(key)] = _said(value, say, 1)
        except (TypeError, ValueError, RecursionError, TooDeep) as error:
            logger.debug("an info's entry %r is left out: %s", key, error)
    return said


def _said(value: Any, say: Callable[[Any], Any], depth: int) -> Any:
    if not isinstance(value, Mapping):
        return say(value)
    if depth == MAX_NESTING:
        raise TooDeep(f"nested more than {MAX_NESTING} levels deep")
    said = {}
    for key, entry in value.items():
        try:
            said[_key(key)] = _said(entry, say, depth + 1)
        except (TypeError, ValueError, RecursionError) as error:
            logger.debug("an info's entry %r is left out: %s", key, error)
    return said


def _key(key: Any) -> str:
    if not isinstance(key, str | int | float):
        raise TypeError("only keys that are text or numbers can be said")
    return str(key)
