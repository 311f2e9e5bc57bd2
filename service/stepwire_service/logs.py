"""What the server writes down: one line for each event, as text or as JSON, on stderr.

A module logs through `logging.getLogger(__name__)`. As JSON, a line has fields of its own for what it is about: those
handed over in `extra`, and those of any argument that has `log_fields`, such as a session's identity, which the message
names anyway. Knows nothing of what is logged, except that it may come from a stranger: control characters are written
as escapes, so that nobody forges a line or paints a terminal.
"""

import json
import logging
import sys
import time
from collections.abc import Mapping
from typing import Any, TextIO

OURS = ("stepwire", "stepwire_service", "stepwire_bridge")
"""Loggers that the level applies to; everybody else's speak from WARNING on."""

_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {10: "\\n", 9: "\\t", 13: "\\r"}


def configure(level: str, form: str, stream: TextIO | None = None, *, worker: int | None = None) -> None:
    """Set up logging for this process; what an earlier call set up is replaced.

    Args:
        level: For our own loggers, as in Python's logging.
        form: "text" or "json".
        stream: Where to write; None for stderr.
        worker: Which one of several processes this is: a field of every line.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    if worker is not None:
        handler.addFilter(lambda record: vars(record).setdefault("worker", worker) is not None)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


class TextFormatter(logging.Formatter):
    """2026-01-31T12:00:00.123Z INFO lobby: game gone name=snake, with what came in `extra` at the end."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and under it the traceback, if any, each line of it indented."""
        fields = "".join(f" {name}={value}" for name, value in _fields(record).items())
        where = record.name.rpartition(".")[2]
        line = f"{_time(record)} {record.levelname} {where}: {record.getMessage()}{fields}".translate(_ESCAPES)
        return "\n    ".join([line, *(part.translate(_ESCAPES) for part in _traceback(self, record).splitlines())])


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the fields, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Never more than one line; what JSON cannot say is written as text."""
        entry = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_known_of_arguments(record),
            **_fields(record),
        }
        traceback = _traceback(self, record)
        return json.dumps(entry | {"traceback": traceback} if traceback else entry, default=str)


def _time(record: logging.LogRecord) -> str:
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z"


def _fields(record: logging.LogRecord) -> Mapping[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _USUAL and value is not None}


def _known_of_arguments(record: logging.LogRecord) -> Mapping[str, Any]:
    arguments = record.args if isinstance(record.args, tuple) else ()
    known = [getattr(argument, "log_fields", {}) for argument in arguments]
    return {name: value for fields in known for name, value in fields.items()}


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""
