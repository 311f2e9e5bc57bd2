"""Infos: what an environment tells beside the observation, as far as the wire can carry it.

An info is for people and logs; an environment may put a renderer or a lambda into it and Gymnasium will not mind. So
what cannot be carried is left out, with one log record per key and process, and the step goes on.

The record is a log record rather than a Python warning, since under ``-W error``, where many trainers and test suites
run, a warning would become an exception in the middle of an episode that is otherwise in order.
"""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np

from stepwire.codec.errors import CodecError, TooDeepError
from stepwire.codec.limits import check_depth
from stepwire.codec.value_writing import Value, check_value, write_entries
from stepwire.codec.wire import Parts, write_sized

_logger = logging.getLogger(__name__)

_MAX_TOLD = 1000
"""Keys that are remembered as told about. Beyond it (keys that name a step, say) the log stays silent."""

_told: set[str] = set()


def encode_info(info: Mapping[str, Any]) -> Value.Map:
    """A Map message that holds a copy of the info; see `write_info`."""
    message = Value.Map()
    write_info(message, info)
    return message


def write_info(message: Value.Map, info: Mapping[str, Any]) -> None:
    """Writes an info into a message, in place of whatever the message held, without what cannot be carried.

    Left out are entries whose key is no str or whose value `write_value` refuses, also in mappings at any depth below.
    What cannot leave its place (an item of a list, a tuple or an array) takes the innermost entry around it along.
    """
    parts: Parts = []
    _write_info(parts, info, 0)
    message.ParseFromString(b"".join(parts))


def write_info_field(parts: Parts, tag: bytes, info: Mapping[str, Any]) -> int:
    """Writes a field that holds an info, and gives its size in bytes; see `write_info`, and `write_value_field`."""
    return write_sized(parts, tag, _write_info, info, 0)


def _write_info(parts: Parts, info: Mapping[str, Any], depth: int) -> int:
    written = len(parts)
    try:
        return write_entries(parts, info, depth)
    except CodecError:
        del parts[written:]
        return write_entries(parts, _carriable_entries(info, "info", 0), depth)


def _carriable_entries(info: Mapping[Any, Any], path: str, depth: int) -> dict[str, Any]:
    check_depth(depth)
    kept = {}
    for key, value in info.items():
        place = f"{path}.{key}" if isinstance(key, str) else f"{path}.<{type(key).__qualname__}>"
        try:
            kept[_carriable_key(key)] = _carriable(value, place, depth + 1)
        except CodecError as error:
            if isinstance(error, TooDeepError) and depth > 0:
                raise  # all the way up: in a mapping that contains itself, dropping it level by level takes forever
            _tell_once(place, error)
    return kept


def _carriable_key(key: object) -> str:
    if not isinstance(key, str):
        raise CodecError("only keys that are str can be carried")
    check_value(key)
    return key


def _carriable(value: Any, path: str, depth: int) -> Any:
    if isinstance(value, Mapping):
        return _carriable_entries(value, path, depth)
    if type(value) in (list, tuple):
        return type(value)(_carriable(item, f"{path}[]", depth + 1) for item in value)
    if isinstance(value, np.ndarray) and value.dtype == np.dtype(object):
        return _carriable_objects(value, path, depth)
    check_value(value)
    return value


def _carriable_objects(array: np.ndarray[Any, Any], path: str, depth: int) -> np.ndarray[Any, Any]:
    kept = np.empty(array.size, dtype=object)
    for index, item in enumerate(array.ravel().tolist()):
        kept[index] = _carriable(item, f"{path}[]", depth + 1)
    return kept.reshape(array.shape)


def _tell_once(place: str, error: CodecError) -> None:
    if place not in _told and len(_told) < _MAX_TOLD:
        _told.add(place)
        readable = place.encode(errors="backslashreplace").decode()  # a name that is no Unicode breaks log handlers
        _logger.warning("%s is left out (from now on silently): %s", readable, error.problem)
