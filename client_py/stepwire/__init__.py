"""The client that a trainer imports: `RemoteEnv` and `RemoteVectorEnv`.

Importing it registers `stepwire/Env-v0` with Gymnasium. gRPC is loaded when an environment is first made, so that
`stepwire.codec` alone needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import gymnasium

if TYPE_CHECKING:
    from stepwire import errors
    from stepwire.env import RemoteEnv
    from stepwire.vector import RemoteVectorEnv

__all__ = ["RemoteEnv", "RemoteVectorEnv", "errors"]
__version__ = "0.1.0"

_LAZY = {"RemoteEnv": "stepwire.env", "RemoteVectorEnv": "stepwire.vector"}

gymnasium.register(
    id="stepwire/Env-v0",
    entry_point="stepwire.env:RemoteEnv",
    vector_entry_point="stepwire.vector:RemoteVectorEnv",
)


def __getattr__(name: str) -> Any:
    if name == "errors":
        return import_module("stepwire.errors")
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
