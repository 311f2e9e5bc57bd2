"""The old `unityremote.core`: engines, and the images that they send."""

import base64

import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.compat.unityremote.managers import EnvironmentManager as EnvironmentManager
from stepwire_bridge.compat.unityremote.managers import InteractiveEnvironmentManager as InteractiveEnvironmentManager
from stepwire_bridge.compat.unityremote.managers import IteractiveEnvironmentManager as IteractiveEnvironmentManager
from stepwire_bridge.compat.unityremote.remote_env import RemoteEnv as RemoteEnv
from stepwire_bridge.compat.unityremote.utils import get_image as get_image


def image_decode(frame: str | bytes) -> NDArray[np.uint8]:
    """The bytes that base64 stands for: uint8[n]; `utils.image_decode` reads rows of numbers."""
    return np.frombuffer(base64.b64decode(frame, validate=True), np.uint8)
