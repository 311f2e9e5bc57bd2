"""The JSON Schema of every message, made from the records themselves: `python -m stepwire_bridge.schema`.

Knows nothing that `messages` and `spaces` do not say; docs/game-protocol.schema.json is its output, committed.
"""

import json
import sys
from typing import Any

import msgspec

from stepwire_bridge import messages, spaces

SPECIAL = {
    "description": "A value that JSON cannot say: a number as text, bytes in base64, or an array with its dtype.",
    "oneOf": [
        {"type": "object", "properties": {"$number": {"type": "string"}}, "required": ["$number"]},
        {"type": "object", "properties": {"$bytes": {"type": "string"}}, "required": ["$bytes"]},
        {"type": "object", "properties": {"$array": {"type": "object"}}, "required": ["$array"]},
    ],
}


def schema() -> dict[str, Any]:
    """A schema that a message of either side fits; each message and space is one of its `$defs`."""
    (either,), defs = msgspec.json.schema_components([messages.FromGame | messages.FromBridge])
    (space,), space_defs = msgspec.json.schema_components([spaces.AnyForm])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The stepwire game protocol, version 1",
        **either,
        "$defs": defs | space_defs | {"Space": space, "Special": SPECIAL},
    }


def text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
