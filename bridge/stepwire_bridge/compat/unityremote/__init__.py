"""What programs written for UnityRemote import instead of `unityremote` and `UnityRemoteGym`.

Importing it registers "UnityRemote-v0" with Gymnasium. `core` and `utils` are the old modules of these names; `gym`
makes the environment with the old interface. docs/coming-from-unityremote.md says which lines of a program change.
"""

import gymnasium

from stepwire_bridge.compat.unityremote.core import EnvironmentManager as EnvironmentManager
from stepwire_bridge.compat.unityremote.core import RemoteEnv as RemoteEnv
from stepwire_bridge.compat.unityremote.environment import BasicAgent as BasicAgent
from stepwire_bridge.compat.unityremote.environment import Environment as Environment

# No wrappers: `env.configure` and the like are to be found on what `make` gives, as in the old guide.
gymnasium.register(
    "UnityRemote-v0",
    entry_point="stepwire_bridge.compat.unityremote.environment:Environment",
    disable_env_checker=True,
    order_enforce=False,
)
