"""The words of AI4U's wire."""

from typing import Any

import numpy as np
import pytest

from stepwire_bridge.dialects.ai4u_words import action, agent_id
from stepwire_bridge.messages import BadMessage


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "move;1;3"),
        (np.int64(3), "move;1;3"),
        (np.float32([0.1, -0.2]), "move;2;0.1;-0.2"),
        (np.float32([[1], [2]]), "move;2;1.0;2.0"),
        (np.float32([np.inf, -np.inf, np.nan]), "move;3;Infinity;-Infinity;NaN"),
        (np.float32([]), "move;0"),
    ],
)
def test_an_action_is_a_name_a_number_of_arguments_and_the_arguments(value: Any, text: str) -> None:
    assert action("move", value) == text


@pytest.mark.parametrize("id", ["0", "player 1", "ä", 3])
def test_an_agent_has_an_id(id: Any) -> None:
    assert agent_id({"id": id}) == str(id)


@pytest.mark.parametrize(
    "said", [{}, {"id": ""}, {"id": "a;b"}, {"id": "a@b"}, {"id": "x" * 101}, {"id": "a\nb"}, {"id": 0.5}]
)
def test_what_cannot_be_said_in_a_command_is_no_id(said: dict[str, Any]) -> None:
    with pytest.raises(BadMessage, match="an id of 1 to 100"):
        agent_id(said)
