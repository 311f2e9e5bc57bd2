"""A `gymnasium.Env` over any single backend of the bridge, in the trainer's own process: no server, no gRPC."""

import weakref
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import gymnasium
from gymnasium.error import ClosedEnvironmentError

from stepwire_bridge.backend import Backend
from stepwire_bridge.compat.portal import Portal, portal
from stepwire_bridge.faults import EpisodeOver, InvalidAction, NotReset
from stepwire_bridge.membership import why_outside


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the calls of an environment may take, in seconds."""

    reset: float = 30.0
    step: float = 10.0
    render: float = 10.0


class BackendEnv(gymnasium.Env[Any, Any]):
    """An environment whose every call goes to a backend on the portal's loop. One that nobody holds any more is closed.

    Args:
        opening: Opens the backend; awaited on the portal's loop.
        patience: Deadlines of its calls.
        on_close: Awaited after the backend is closed, for what was opened together with it; must not hold this.
    """

    def __init__(
        self,
        opening: Coroutine[Any, Any, Backend],
        *,
        patience: Patience | None = None,
        on_close: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        self._portal = portal()
        self._backend = self._portal.run(opening)
        self._patience = patience or Patience()
        self._on_close = on_close
        self._may_step: NotReset | EpisodeOver | None = NotReset("step")
        """Why a step may not be taken now; None where it may."""
        spec = self._backend.spec
        self.observation_space, self.action_space = spec.observation_space, spec.action_space
        self.metadata = {**self.metadata, **spec.metadata}
        self.render_mode = spec.render_mode
        self._is_closed = False
        self._finalizer = weakref.finalize(self, _let_go, self._portal, self._backend, on_close)
        self._finalizer.atexit = False  # everything goes with the process

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        """Start an episode; see `gymnasium.Env.reset`. Raises the faults of `Backend.reset`."""
        self._check_open()
        super().reset(seed=seed)
        self._may_step = NotReset("step")
        observed = self._portal.run(
            self._backend.reset(seeds=[seed], options=options, mask=None, timeout=self._patience.reset)
        )
        self._may_step = None
        return observed.observation, observed.info

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Take one step; see `gymnasium.Env.step`.

        Raises:
            NotReset: Before the first reset, or after a fault of the game's.
            EpisodeOver: After the end of an episode.
            InvalidAction: Outside the action space.
            GameFault: See `Backend.step`.
        """
        self._check_open()
        if self._may_step is not None:
            raise self._may_step
        if (outside := why_outside(self.action_space, action, "action")) is not None:
            raise InvalidAction(outside.path, outside.given, outside.expected)
        self._may_step = NotReset("step")
        transition = self._portal.run(self._backend.step(action, timeout=self._patience.step))
        self._may_step = EpisodeOver() if transition.terminated or transition.truncated else None
        return tuple(transition)

    def render(self) -> Any:
        """Draw the current state; None without a render mode."""
        self._check_open()
        if self.render_mode is None:
            return None
        return self._portal.run(self._backend.render(timeout=self._patience.render))

    def close(self) -> None:
        """Give everything back. May be called twice; other calls are a `ClosedEnvironmentError` then."""
        self._is_closed = True
        self._finalizer.detach()
        self._portal.run(self._backend.close())
        on_close, self._on_close = self._on_close, None
        if on_close is not None:
            self._portal.run(on_close())

    def _check_open(self) -> None:
        if self._is_closed:
            raise ClosedEnvironmentError("the environment is closed: make another one")


def _let_go(portal: Portal, backend: Backend, on_close: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
    """Close what nobody can use any more. Whatever thread finds that out calls it, so it never waits."""

    async def close() -> None:
        await backend.close()
        if on_close is not None:
            await on_close()

    portal.spawn(close())
