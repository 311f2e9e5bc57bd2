"""The JSON Schema that is committed is the one that the records give, and knows every message and space."""

import json
from pathlib import Path

from stepwire_bridge import messages, schema, spaces

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "game-protocol.schema.json"


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text() == schema.text(), "run make protos"


def test_every_message_and_space_is_in_it() -> None:
    defined = json.loads(schema.text())["$defs"]
    for union in (messages.FromGame, messages.FromBridge, spaces.AnyForm):
        assert {kind.__name__ for kind in union.__args__} <= set(defined)


def test_every_reference_leads_somewhere() -> None:
    text = schema.text()
    defined = json.loads(text)["$defs"]
    references = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert references <= set(defined)
