"""What stands for `gym` in programs written for UnityRemote: `make` gives environments with Gym's old interface."""

from typing import Any

import gymnasium
from gymnasium import Env as Env
from gymnasium import spaces as spaces

import stepwire_bridge.compat.unityremote  # noqa: F401 - registers the environment


def make(env_id: str, **kwargs: Any) -> Env[Any, Any]:
    """`gymnasium.make`; "UnityRemote-v0" resets to a state alone, and its steps have four parts."""
    if env_id == "UnityRemote-v0":
        kwargs = {"old_api": True, **kwargs}
    return gymnasium.make(env_id, **kwargs)
