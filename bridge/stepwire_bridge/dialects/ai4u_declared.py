"""What is declared of AI4U's games: where their engines dial, and what their agents do not say."""

import ipaddress
import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

from stepwire_bridge import spaces
from stepwire_bridge.dialects.ai4u import Ai4u
from stepwire_bridge.dialects.ai4u_words import MAX_REPLY_BYTES, RESETS, SEPARATORS
from stepwire_bridge.dialects.fields import argument
from stepwire_bridge.dialects.hosts import is_loopback


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where AI4U's engines dial, and what their agents do not say; see `stepwire_bridge.dialects.declared`.

    Attributes:
        name: The game's name, as in `udp:<name>`; all agents that dial in are instances of it.
        host, port: Where we listen.
        peers: The numerical hosts that may dial in. Needed where `host` is not this machine alone; none means all.
        by_id: Whether each agent is a game of its own, `udp:<name>/<id>`.
        output: The only actuator to be used; "" for all.
        fields: Spaces by name, of what goes with every action beside it; then actions are a Dict.
        seed_field: The name under which a reset's seed goes with it; "" for nowhere.
        reset_command: What starts an episode: one of `RESETS`.
        max_steps: After how many steps we truncate an episode; 0 leaves it to the engine.
        observation_space, action_space: In place of what the metadata come to: the same values in other bounds.
        hold_seconds: How long an engine that has nothing to do waits for the next action in the same frame.
        repeat_after: Seconds after which a command that has not been carried out is sent again.
        silence_seconds: After so long without a word an agent that nobody has asked anything is gone.
        max_agents: Agents at one time.
        max_reply_bytes: The engine's buffer.
    """

    dialect: ClassVar[str] = "ai4u"
    prefix: ClassVar[str] = "udp"

    name: str
    host: str = "127.0.0.1"
    port: int = 8080
    peers: tuple[str, ...] = ()
    by_id: bool = False
    output: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    seed_field: str = ""
    reset_command: str = RESETS[0]
    max_steps: int = 0
    observation_space: dict[str, Any] | None = None
    action_space: dict[str, Any] | None = None
    hold_seconds: float = 0.0
    repeat_after: float = 0.5
    silence_seconds: float = 10.0
    max_agents: int = 64
    max_reply_bytes: int = MAX_REPLY_BYTES

    def __post_init__(self) -> None:
        if self.reset_command not in RESETS:
            raise ValueError(f"reset_command is one of {', '.join(RESETS)}, not {self.reset_command!r}")
        if not self.peers and not is_loopback(self.host):
            raise ValueError(f"{self.host} can be reached from elsewhere: name the hosts that may dial in as peers")
        if not 0 <= self.hold_seconds < 2:
            raise ValueError("hold_seconds is at least 0 and less than 2: the engine gives up after 2 s")
        if not 0 <= self.port < 2**16:
            raise ValueError(f"port is 0 to 65535, not {self.port}")
        for name in ("repeat_after", "silence_seconds", "max_agents", "max_reply_bytes"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} is more than 0, and finite")
        if self.max_steps < 0:
            raise ValueError(f"max_steps is 0, for no limit of ours, or more, not {self.max_steps}")
        for peer in self.peers:
            _check_numerical(peer)
        for word in (self.seed_field, *self.fields):
            argument(word, SEPARATORS)
        for name, form in self.fields.items():
            spaces.read(form, f"fields.{name}")

    @property
    def url(self) -> str:
        """Nowhere: the engines dial us."""
        return ""

    def new_dialect(self) -> Ai4u:
        """How the messages of one agent are written."""
        return Ai4u(self)


def _check_numerical(peer: str) -> None:
    """Senders are known by number; a name, or a whole network, would let nobody in."""
    try:
        ipaddress.ip_address(peer)
    except ValueError as error:
        raise ValueError(f'peers are numerical hosts such as "10.0.0.7", not {peer!r:.80}') from error
