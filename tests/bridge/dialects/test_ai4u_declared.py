"""What may be declared of AI4U's games."""

import pytest

from stepwire_bridge.dialects.ai4u import Ai4u
from stepwire_bridge.dialects.ai4u_declared import Declaration
from stepwire_bridge.dialects.declared import BadDeclaration, declarations


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ('host = "0.0.0.0"', "name the hosts that may dial in as peers"),
        ('host = "game.example"', "name the hosts that may dial in as peers"),
        ('reset_command = "restart"', "__reset__, __restart__"),
        ("hold_seconds = 2.0", "gives up after 2 s"),
        ("silence_seconds = 0.0", "silence_seconds"),
        ("silence_seconds = nan", "silence_seconds is more than 0, and finite"),
        ("repeat_after = inf", "repeat_after is more than 0, and finite"),
        ("max_steps = -1", "max_steps is 0, .* not -1"),
        ('peers = ["godot.local"]', "peers are numerical hosts such as .10.0.0.7., not 'godot.local'"),
        ('peers = ["10.0.0.0/8"]', "peers are numerical hosts"),
        ("max_agents = 0", "max_agents"),
        ("port = 70000", "port"),
        ('fields = {"a;b" = {type = "Box", shape = [1]}}', "cannot be escaped"),
        ('fields = {a = {type = "Bux", shape = [1]}}', "fields.a"),
        ('seed_field = "a@b"', "cannot be escaped"),
        ('observation_space = {type = "Bux"}', "observation_space"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(field: str, problem: str) -> None:
    with pytest.raises(BadDeclaration, match=problem):
        declarations(f'[g]\ndialect = "ai4u"\n{field}')


def test_a_declaration_needs_nothing_but_its_dialect() -> None:
    (declared,) = declarations('[g]\ndialect = "ai4u"').values()
    assert declared == Declaration("g")
    assert (declared.prefix, declared.url) == ("udp", "")
    assert isinstance(declared.new_dialect(), Ai4u)
    assert declarations('[g]\ndialect = "ai4u"\nhost = "0.0.0.0"\npeers = ["10.0.0.7"]')
