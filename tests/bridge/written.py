"""What a WebSocket message in the native dialect holds, read without knowing what it means."""

from typing import Any

import msgspec

from stepwire_bridge.reading import opened, parsed


def value_of(data: str | bytes) -> Any:
    header, restoring = opened(data)
    value = parsed(header, msgspec.json.decode)
    return value if restoring is None else restoring.of(value)
