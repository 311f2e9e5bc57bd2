"""docs/game-protocol.md shows literal messages: each must be a line of some transcript."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_message_on_the_page_is_in_a_transcript() -> None:
    shown = re.findall(r"^(game|bridge) +(\{.*\})$", (ROOT / "docs/game-protocol.md").read_text(), re.MULTILINE)
    spoken = [
        json.loads(line)
        for transcript in (ROOT / "tests/transcripts").glob("*.jsonl")
        for line in transcript.read_text().splitlines()
    ]
    assert len(shown) > 10
    for sender, message in shown:
        assert {"from": sender, "message": json.loads(message)} in spoken
