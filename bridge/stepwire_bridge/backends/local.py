"""Any registered Gymnasium environment as a backend, in a thread of its own.

A single environment is what `gymnasium.make` gives, a batch is Gymnasium's own `SyncVectorEnv` over it, so both equal
their local twins by construction. Environments are made, called and closed in one daemon thread per backend: one that
blocks holds up nobody else, one that never returns is left behind, and neither keeps the process from ending.
"""

import asyncio
import logging
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

import gymnasium
import numpy as np
from gymnasium import error as gym_error
from gymnasium.envs.registration import load_env_creator
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.faults import Fault, GameFailed, GameSilent, InvalidOptions, UnknownEnv, Unsupported

logger = logging.getLogger(__name__)

CLOSE_SECONDS: Final = 5.0
"""How long an environment may take to close before it is left to its thread."""

if TYPE_CHECKING:
    BatchEnv: TypeAlias = SyncVectorEnv[Any, Any]
else:
    BatchEnv = SyncVectorEnv  # not generic in all versions that we support
AnyEnv = gymnasium.Env[Any, Any] | BatchEnv
Result = TypeVar("Result")
Given = TypeVar("Given", Observed, Transition)


async def open_local(
    gym_id: str,
    *,
    timeout: float,
    kwargs: Mapping[str, Any] | None = None,
    num_envs: int | None = None,
    autoreset_mode: AutoresetMode | None = None,
    render_mode: str | None = None,
) -> "LocalBackend":
    """Make a Gymnasium environment, or a batch of it.

    Args:
        gym_id: Registered id, such as "CartPole-v1".
        timeout: Seconds for making it.
        kwargs: For the environment's constructor.
        num_envs: How many copies; None for a single environment.
        autoreset_mode: For a batch; None means NEXT_STEP.
        render_mode: "rgb_array", "ansi" or None.

    Raises:
        UnknownEnv: No such id; with Gymnasium's own hint.
        Unsupported: The environment lacks the render mode, or needs a package that is not installed.
        InvalidOptions: The constructor does not take one of the keyword arguments.
        GameFailed: Its code raised.
        GameSilent: It took too long.
    """
    single = partial(_make, gym_id, dict(kwargs or {}), render_mode)
    build = single if num_envs is None else partial(_make_batch, single, num_envs, autoreset_mode)
    backend = LocalBackend(f"gym:{gym_id}", build)
    await backend.open(timeout=timeout)
    return backend


class LocalBackend:
    """A Gymnasium environment, or a `SyncVectorEnv`, in a thread of its own.

    After `GameSilent` the thread and its environment are left behind, and the next reset makes a fresh environment in
    a fresh thread. After `GameFailed` the environment is kept, as it would be in a local program.
    """

    def __init__(self, name: str, build: Callable[[], AnyEnv]) -> None:
        self._name = name
        self._build = build
        self._thread: _EnvThread | None = None
        self._spec: Spec | None = None

    @property
    def spec(self) -> Spec:
        """What the environment says of itself."""
        assert self._spec is not None, "open() comes first"
        return self._spec

    async def open(self, *, timeout: float) -> None:
        """Make the environment; see `open_local`."""
        try:
            self._spec = await self._call("make", _describe, timeout=timeout)
        except BaseException:
            self._abandon()
            raise

    async def reset(
        self,
        *,
        seeds: Sequence[int | None] | None,
        options: dict[str, Any] | None,
        mask: NDArray[np.bool_] | None,
        timeout: float,
    ) -> Observed:
        """See `stepwire_bridge.backend.Backend`."""
        reset = _reset if self.spec.num_envs is None else _reset_batch
        return await self._call("reset", reset, seeds, options, mask, timeout=timeout)

    async def step(self, action: Any, *, timeout: float) -> Transition:
        """See `stepwire_bridge.backend.Backend`."""
        return await self._call("step", _step, action, timeout=timeout)

    async def render(self, *, timeout: float) -> Any:
        """See `stepwire_bridge.backend.Backend`."""
        return await self._call("render", _render, timeout=timeout)

    async def close(self) -> None:
        """Close the environment and end its thread; one that does not end in time is left behind."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await thread.close(CLOSE_SECONDS)

    async def _call(self, operation: str, function: Callable[..., Result], *args: Any, timeout: float) -> Result:
        if self._thread is None:
            self._thread = _EnvThread(self._name, self._build)
        try:
            return await self._thread.call(function, args, timeout)
        except TimeoutError:
            self._abandon()
            raise GameSilent(self._name, operation, timeout) from None
        except _Raised as raised:
            raise self._failed(operation, raised.error) from raised.error

    def _failed(self, operation: str, error: BaseException) -> Fault:
        if isinstance(error, Fault):
            return error
        logger.warning("%s failed in %s", self._name, operation, exc_info=error)
        return GameFailed(self._name, operation, f"{type(error).__name__}: {error}")

    def _abandon(self) -> None:
        if self._thread is not None:
            self._thread.abandon()
            self._thread = None


# ── the thread ──


class _Raised(Exception):
    """Carries what the environment raised, so that its own TimeoutError is not taken for ours."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Call:
    """One call on its way into the thread and back."""

    __slots__ = ("_done", "_loop", "args", "function")

    def __init__(self, loop: asyncio.AbstractEventLoop, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.function = function
        self.args = args
        self._loop = loop
        self._done: asyncio.Future[Any] = loop.create_future()

    async def outcome(self, timeout: float) -> Any:
        timer = self._loop.call_later(timeout, self._expire)
        try:
            return await self._done
        finally:
            timer.cancel()

    def run(self, env: AnyEnv) -> None:
        """In the thread: call, and send the outcome home."""
        try:
            result = self.function(env, *self.args)
        except BaseException as error:  # whatever it is, it is the environment's: even SystemExit ends only its call
            self.fail(error)
        else:
            self._send(self._succeed, result)

    def fail(self, error: BaseException) -> None:
        """In the thread: say that it cannot be done."""
        self._send(self._raise, error)

    def _send(self, settle: Callable[[Any], None], value: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(settle, value)
        except RuntimeError:  # the loop is closed: nobody waits any more
            logger.debug("an environment answered after the server had stopped")

    def _succeed(self, result: Any) -> None:
        if not self._done.done():
            self._done.set_result(result)

    def _raise(self, error: BaseException) -> None:
        if not self._done.done():
            self._done.set_exception(_Raised(error))

    def _expire(self) -> None:
        if not self._done.done():
            self._done.set_exception(TimeoutError())


class _EnvThread:
    """A daemon thread that makes an environment on the first call, then calls it, and closes it at the end.

    Not an executor: those are joined when the process ends, and would wait for an environment that never returns.
    """

    def __init__(self, name: str, build: Callable[[], AnyEnv]) -> None:
        self._loop = asyncio.get_running_loop()
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._ended = asyncio.Event()
        target = partial(_live, build, self._calls, partial(_tell, self._loop, self._ended))
        threading.Thread(target=target, name=name, daemon=True).start()

    async def call(self, function: Callable[..., Result], args: tuple[Any, ...], timeout: float) -> Result:
        """Call `function(env, *args)` in the thread; TimeoutError when it takes longer than that many seconds."""
        call = _Call(self._loop, function, args)
        self._calls.put(call)
        result: Result = await call.outcome(timeout)
        return result

    def abandon(self) -> None:
        """Leave the thread to itself: it closes its environment when, if ever, the call it is in returns."""
        self._calls.put(None)

    async def close(self, timeout: float) -> None:
        """Have the environment closed, and wait for that at most so many seconds."""
        self.abandon()
        try:
            async with asyncio.timeout(timeout):
                await self._ended.wait()
        except TimeoutError:
            logger.warning("an environment does not close; its thread is left behind")


def _tell(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    try:
        loop.call_soon_threadsafe(ended.set)
    except RuntimeError:
        logger.debug("an environment closed after the server had stopped")


def _live(build: Callable[[], AnyEnv], calls: "SimpleQueue[_Call | None]", ended: Callable[[], None]) -> None:
    env: AnyEnv | None = None
    while (call := calls.get()) is not None:
        try:
            env = build() if env is None else env
        except BaseException as error:
            call.fail(error)
        else:
            call.run(env)
        del call  # the last observation may be large, and the next call long in coming
    _close(env)
    ended()


def _close(env: AnyEnv | None) -> None:
    try:
        if env is not None:
            env.close()
    except BaseException:
        logger.warning("an environment raised while it was closed", exc_info=True)


# ── in the thread: making, and the four calls ──


def _make(gym_id: str, kwargs: dict[str, Any], render_mode: str | None) -> gymnasium.Env[Any, Any]:
    _check_render_mode(gym_id, render_mode)
    # The checker wrapper only warns about the environment's author's mistakes and changes no value.
    make = partial(gymnasium.make, gym_id, render_mode=render_mode, disable_env_checker=True, **kwargs)
    try:
        return _despite_warnings(make)
    except gym_error.DependencyNotInstalled as error:
        raise Unsupported(f"gym:{gym_id}", str(error)) from error
    except TypeError as error:
        if "unexpected keyword argument" not in str(error):
            raise
        raise InvalidOptions("kwargs", repr(kwargs), f"what {gym_id} takes ({error})") from error


def _despite_warnings(make: Callable[[], gymnasium.Env[Any, Any]]) -> gymnasium.Env[Any, Any]:
    try:
        return make()
    except Warning as warning:  # only where the process turns warnings into errors; then ours alone are let pass
        logger.warning("%s", warning)
        with warnings.catch_warnings(action="ignore"):
            return make()


def _check_render_mode(gym_id: str, render_mode: str | None) -> None:
    modes = _declared_render_modes(gym_id)
    if render_mode is not None and modes is not None and render_mode not in modes:
        raise Unsupported(f"render_mode={render_mode!r} of gym:{gym_id}", f"It offers {', '.join(modes) or 'none'}.")


def _declared_render_modes(gym_id: str) -> Sequence[str] | None:
    """What the environment's class declares; None where that cannot be seen before it is made."""
    try:
        entry_point = gymnasium.spec(gym_id).entry_point
    except gym_error.Error as error:
        raise UnknownEnv(f"gym:{gym_id}", str(error)) from error
    creator = _load(entry_point) if isinstance(entry_point, str) else entry_point
    metadata = getattr(creator, "metadata", None)
    return metadata.get("render_modes") if isinstance(metadata, Mapping) else None


def _load(entry_point: str) -> Any:
    try:
        return load_env_creator(entry_point)
    except Exception:  # make will meet it again and say so in better words
        return None


def _make_batch(single: Callable[[], gymnasium.Env[Any, Any]], num_envs: int, mode: AutoresetMode | None) -> BatchEnv:
    return SyncVectorEnv([single] * num_envs, autoreset_mode=mode or AutoresetMode.NEXT_STEP)


def _describe(env: AnyEnv) -> Spec:
    if isinstance(env, SyncVectorEnv):
        first, num_envs, mode = env.envs[0], env.num_envs, _mode_of(env)
    else:
        first, num_envs, mode = env, None, None
    return Spec(
        observation_space=first.observation_space,
        action_space=first.action_space,
        num_envs=num_envs,
        autoreset_mode=mode,
        metadata=_own_metadata(first),
        render_mode=first.render_mode,
    )


def _own_metadata(env: gymnasium.Env[Any, Any]) -> dict[str, Any]:
    """What the environment declares; SyncVectorEnv writes its autoreset mode into that very dict, for ever."""
    return {key: value for key, value in env.metadata.items() if key != "autoreset_mode"}


def _mode_of(env: BatchEnv) -> AutoresetMode:
    return AutoresetMode(env.autoreset_mode)


def _reset(
    env: gymnasium.Env[Any, Any], seeds: Sequence[int | None] | None, options: dict[str, Any] | None, _mask: None
) -> Observed:
    return _checked(Observed._make(env.reset(seed=seeds[0] if seeds else None, options=options)))


def _reset_batch(
    env: BatchEnv,
    seeds: Sequence[int | None] | None,
    options: dict[str, Any] | None,
    mask: NDArray[np.bool_] | None,
) -> Observed:
    options = options if mask is None else {**(options or {}), "reset_mask": mask}
    return Observed._make(env.reset(seed=list(seeds) if seeds else None, options=options))


def _step(env: AnyEnv, action: Any) -> Transition:
    return _checked(Transition._make(env.step(action)))


def _checked(result: Given) -> Given:
    """What has the wrong number of parts does not get here; an info that is no dict would be met far from its cause."""
    if not isinstance(result.info, dict):
        raise TypeError(f"its info is a {type(result.info).__name__}, expected a dict")
    return result


def _render(env: AnyEnv) -> Any:
    return env.render()
