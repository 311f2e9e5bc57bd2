"""The names of the old core module."""

import base64

from stepwire_bridge.compat.unityremote import core


def test_the_bytes_of_an_image_are_what_base64_stands_for() -> None:
    assert core.image_decode(base64.b64encode(b"\x00\x01\xff")).tolist() == [0, 1, 255]


def test_the_old_names_are_there() -> None:
    assert core.IteractiveEnvironmentManager is core.InteractiveEnvironmentManager
    assert issubclass(core.IteractiveEnvironmentManager, core.EnvironmentManager)
    assert core.RemoteEnv().BUFFER_SIZE == 100_000
