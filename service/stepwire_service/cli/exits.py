"""How a command ends: its exit code, and one line on stderr where it failed.

    0    done
    1    the operation failed: no server, no such environment, an agent that learned nothing
    2    wrong usage, wrong settings, an address that cannot be listened on, or something that is not installed
    130  Ctrl-C

Whatever is none of these is a bug of ours and leaves its traceback.
"""

import sys
from collections.abc import Callable

from stepwire.errors import InvalidOptions, StepwireError
from stepwire_service.assets import MissingAsset
from stepwire_service.settings import ConfigError

OK = 0
FAILED = 1
USAGE = 2
INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot go on. `str(error)` is one line with cause and remedy.

    Attributes:
        code: The exit code.
    """

    def __init__(self, message: str, *, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


def guarded(command: Callable[[], None]) -> int:
    """Run a command, and turn how it ends into an exit code; an expected error becomes one line."""
    try:
        command()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except (CommandError, ConfigError, MissingAsset, StepwireError, OSError) as error:
        sys.stderr.write(f"stepwire: {' '.join(str(error).split())}\n")
        return _code(error)
    return OK


def _code(error: Exception) -> int:
    match error:
        case CommandError():
            return error.code
        case ConfigError() | MissingAsset() | InvalidOptions():
            return USAGE
    return FAILED
