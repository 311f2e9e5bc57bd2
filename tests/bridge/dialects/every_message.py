"""What the bridge sends to games of every kind, for tests of what some of them have no word for."""

from stepwire_bridge.messages import (
    Bye,
    Close,
    Fault,
    FromBridge,
    Limits,
    Ping,
    Pong,
    Render,
    Reset,
    Step,
    Welcome,
)  # fmt: skip

EVERY: tuple[FromBridge, ...] = (
    Welcome(1, Limits(1, 1, 1)), Reset(1, [0], [None]), Step(1, [0], [0]), Render(1, [0], "ansi"), Close([0]),
    Ping(), Pong(), Fault("SILENT", ""), Bye(),
)  # fmt: skip
"""One message of each kind."""


def all_but(*spoken: type[FromBridge]) -> list[FromBridge]:
    """One of each kind but those that a dialect has words for."""
    return [message for message in EVERY if not isinstance(message, spoken)]
