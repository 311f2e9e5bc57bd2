"""Environments that a program of the user's makes by itself: what `stepwire_service.gymie.override("get_env")` names.

Whatever it gives, of Gym's old interface or Gymnasium's, lives in a thread like any other local environment. Knows the
user's function and the exceptions it may raise; knows nothing of who asks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from stepwire_bridge.backend import Backend, Spec, Transition
from stepwire_bridge.backends.local import LocalBackend
from stepwire_bridge.backends.single import Single
from stepwire_bridge.compat.old_gym import Modern
from stepwire_bridge.faults import InvalidAction, InvalidOptions, UnknownEnv, Unsupported
from stepwire_service.catalog.catalog import Offer, Order

PREFIX: Final = "hook"
"""Of the ids that such a source opens."""

_NEEDED: Final = ("reset", "step", "observation_space", "action_space")
"""Attributes of an environment."""

GetEnv = Callable[..., Any]
"""Called with an id and keyword arguments; gives an environment."""


class InstanceNotFound(Exception):
    """There is no such instance."""


class EnvironmentMalformed(Exception):
    """Not the id of an environment."""


class EnvironmentNotFound(Exception):
    """No environment of that id."""


class WrongAction(Exception):
    """An action that the environment does not take."""


class HookedSource:
    """A function of the user's as what stands behind a prefix.

    Args:
        get_env: Makes an environment; called in the thread that the environment will live in.
    """

    def __init__(self, get_env: GetEnv) -> None:
        self._get_env = get_env

    async def open(self, name: str, order: Order, *, timeout: float) -> Backend:
        """Let the function make an environment.

        Raises:
            UnknownEnv: It raised EnvironmentNotFound.
            InvalidOptions: It raised EnvironmentMalformed, about "env_id".
            Unsupported: A batch was asked for.
            GameFailed: It raised anything else, or gave what is no environment.
            GameSilent: It took too long.
        """
        if order.num_envs is not None:
            raise _no_batches()
        backend = LocalBackend(name, lambda: _Hooked(self._made(name, order)))
        await backend.open(timeout=timeout)
        return backend

    async def open_copies(self, name: str, order: Order, count: int, *, timeout: float) -> Sequence[Backend]:
        """Refuse: see `open`."""
        raise _no_batches()

    async def spec(self, name: str, kwargs: Mapping[str, Any], *, timeout: float) -> Spec:
        """Make the environment, look at it, and close it."""
        backend = await self.open(name, Order(name, kwargs), timeout=timeout)
        await backend.close()
        return backend.spec

    def offers(self) -> Iterable[Offer]:
        """Nothing: which ids it knows, only the function knows."""
        return ()

    def _made(self, name: str, order: Order) -> Modern:
        try:
            env = self._get_env(name, **order.kwargs)
        except EnvironmentNotFound as error:
            raise UnknownEnv(name, str(error)) from error
        except EnvironmentMalformed as error:
            raise InvalidOptions("env_id", repr(name), "the id of an environment") from error
        return Modern(_checked(env), order.render_mode)


def _checked(env: Any) -> Any:
    """What the function gave, where it is an environment: one that forgets to return it has given None."""
    if isinstance(env, type):
        raise TypeError(f"get_env gave the class {env.__name__}, and not an environment of that class")
    missing = [name for name in _NEEDED if not hasattr(env, name)]
    if missing:
        raise TypeError(f"get_env gave a {type(env).__name__}, which is no environment: it has no {missing[0]}")
    return env


def _no_batches() -> Unsupported:
    return Unsupported("a batch of environments that a program makes by itself", "Open single ones.")


class _Hooked(Single):
    """An environment that may say that an action is wrong."""

    def step(self, action: Any) -> Transition:
        try:
            return super().step(action)
        except WrongAction as error:
            raise InvalidAction("action", str(error) or repr(action), "one that the environment takes") from error
