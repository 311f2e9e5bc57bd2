"""The event loop as the place of an environment that is quick enough for it: no thread, no waking, no waiting.

Such an environment holds up everybody while it works, and nobody can stop it. So what takes longer than its deadline is
given all the same, since throwing it away would help nobody any more, and is told in the log.
"""

import asyncio
import logging
from typing import Any

from stepwire_bridge.backends.places import Build, LocalEnv, Raised, close_quietly

logger = logging.getLogger(__name__)


class OnTheLoop:
    """See `stepwire_bridge.backends.places.Place`."""

    def __init__(self, name: str, build: Build) -> None:
        self._name = name
        self._build = build
        self._env: LocalEnv | None = None
        self._time = asyncio.get_running_loop().time

    async def call(self, method: str, args: tuple[Any, ...], timeout: float) -> Any:
        """Call a method of the environment, here and now."""
        began = self._time()
        try:
            env = self._env
            if env is None:
                env = self._env = self._build()
            result = getattr(env, method)(*args)
        except KeyboardInterrupt:  # whoever runs the server pressed Ctrl-C
            raise
        except BaseException as error:
            raise Raised(error) from error
        if self._time() - began > timeout:
            self._complain(method, self._time() - began, timeout)
        return result

    def abandon(self) -> None:
        """Close the environment."""
        env, self._env = self._env, None
        if env is not None:
            close_quietly(env)

    async def close(self, timeout: float) -> None:
        """Close the environment."""
        self.abandon()

    def _complain(self, method: str, took: float, timeout: float) -> None:
        problem = "%s: %s took %.1f s, longer than the %g s it has, and nobody else was served: not one for `inline`"
        logger.warning(problem, self._name, method, took, timeout)
