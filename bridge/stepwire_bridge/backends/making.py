"""Making Gymnasium's environments, with what can be wrong about it told as faults."""

import logging
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import gymnasium
from gymnasium import error as gym_error
from gymnasium.envs.registration import EnvSpec, load_env_creator

from stepwire_bridge.faults import InvalidOptions, UnknownEnv, Unsupported

logger = logging.getLogger(__name__)

Made = TypeVar("Made")


def make_env(gym_id: str, kwargs: dict[str, Any], render_mode: str | None) -> gymnasium.Env[Any, Any]:
    """What `gymnasium.make` gives.

    Raises:
        UnknownEnv: No such id; with Gymnasium's own hint.
        Unsupported: The environment lacks the render mode, or needs a package that is not installed.
        InvalidOptions: The constructor does not take one of the keyword arguments.
    """
    name = f"gym:{gym_id}"
    spec = spec_of(name, gym_id)
    check_render_mode(name, spec.entry_point, render_mode)
    # The checker wrapper only warns about the environment's author's mistakes and changes no value.
    make = partial(gymnasium.make, gym_id, disable_env_checker=True, **kwargs, **drawing(spec, render_mode))
    return made(name, kwargs, make)


def drawing(spec: EnvSpec, render_mode: str | None) -> dict[str, Any]:
    """The keyword argument that chooses a render mode; none where none is wanted: not every environment takes it."""
    return {} if render_mode is None and "render_mode" not in spec.kwargs else {"render_mode": render_mode}


def spec_of(name: str, gym_id: str) -> EnvSpec:
    """What Gymnasium's registry has of an id; `name` is the id in faults."""
    try:
        return gymnasium.spec(gym_id)
    except gym_error.Error as error:
        raise UnknownEnv(name, str(error)) from error


def check_render_mode(name: str, entry_point: Callable[..., Any] | str | None, render_mode: str | None) -> None:
    """Refuse a render mode that the environment's class does not declare, where that can be seen before it is made."""
    metadata = getattr(_creator(entry_point), "metadata", None)
    modes = metadata.get("render_modes") if isinstance(metadata, Mapping) else None
    if render_mode is not None and modes is not None and render_mode not in modes:
        raise Unsupported(f"render_mode={render_mode!r} of {name}", f"It offers {', '.join(modes) or 'none'}.")


def made(name: str, kwargs: dict[str, Any], make: Callable[[], Made]) -> Made:
    """What `make` gives, or a fault."""
    try:
        return _despite_warnings(make)
    except gym_error.DependencyNotInstalled as error:
        raise Unsupported(name, str(error)) from error
    except TypeError as error:
        if "unexpected keyword argument" not in str(error):
            raise
        raise InvalidOptions("kwargs", repr(kwargs), f"what {name.partition(':')[2]} takes ({error})") from error


def own_metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What the environment declares; vector environments write their autoreset mode into that very dict, for ever."""
    return {key: value for key, value in metadata.items() if key != "autoreset_mode"}


def _despite_warnings(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except Warning as warning:  # only where the process turns warnings into errors; then ours alone are let pass
        logger.warning("%s", warning)
        with warnings.catch_warnings(action="ignore"):
            return make()


def _creator(entry_point: Callable[..., Any] | str | None) -> Any:
    if not isinstance(entry_point, str):
        return entry_point
    try:
        return load_env_creator(entry_point)
    except Exception:  # make will meet it again and say so in better words
        return None
