"""What a UnityRemote game would say of itself if it said anything: the keys of the old `environment_definitions`.

Pure. Knows which keys go together; what a command or a field looks like is `fields`'s.
"""

import math
from dataclasses import dataclass, field
from typing import Any, ClassVar

from gymnasium import spaces as gym_spaces

from stepwire_bridge import spaces
from stepwire_bridge.dialects.fields import MAX_DATAGRAM, command
from stepwire_bridge.dialects.hosts import is_loopback
from stepwire_bridge.dialects.unityremote import UnityRemote

MAX_ENVS = 256
"""Sockets that one table may open."""

LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Declaration:
    """A UnityRemote game, or several of them; see `stepwire_bridge.dialects.declared`. Times in seconds.

    Attributes:
        name: The game's name, as in `udp:<name>`.
        host: Where the engine is. Nobody else's datagrams are heard.
        input_port: Where we listen, and the engine sends to.
        output_port: Where the engine listens.
        bind: On which of our own addresses we listen; needed where `host` is another machine, "0.0.0.0" being all.
        n_envs: How many agents there are, each of them an instance of the game.
        step_input_port, step_output_port: From one agent's ports to the next one's.
        action_shape: `[n]`: how many actions there are; left out, as many as `actions` has.
        actions: `[name, argument]` for each action, or `[name]`; without any an action goes as `action`'s argument.
        action_meaning, actions_meaning: Words for the actions, for people; one key or the other.
        action: The name that goes with an action that is no choice among `actions`.
        action_space: In the form of docs/game-protocol.md, instead of `action_shape`: Discrete, or numbers of a Box,
            MultiDiscrete or MultiBinary, which go as one argument, separated by spaces.
        state_shape, min_value, max_value, state_type: Of the Box that an observation is.
        observation_space: The same in that form, instead of those. Of a Dict each key is a field's name.
        observation: The field that is the observation, or several, one behind the other.
        image: Whether it is text with rows of numbers, `v,v;v,v`.
        image_base64: Whether that text is in base64 besides.
        reward, done: The fields' names. A reward that is not said is 0.
        done_default: What a `done` that is not said means; left out, it is a fault.
        restart: The command that starts an episode.
        seed: The command that is given the seed before it, such as "seed"; "" where the game knows none.
        buffer_size: Bytes of a command that the engine can take.
        verbose: Whether the log tells of every command that is sent again and everything that is dropped.
        resend_after, quiet, gap, duplicate_window, any_port: See `stepwire_bridge.udp.exchange.Manners`.
        counter: The field that rises from each state to the next as long as the engine runs; "" where none does.
    """

    dialect: ClassVar[str] = "unityremote"
    prefix: ClassVar[str] = "udp"
    url: ClassVar[str] = ""

    name: str
    host: str = "127.0.0.1"
    input_port: int = 8080
    output_port: int = 7070
    bind: str = ""
    n_envs: int = 1
    step_input_port: int = 1
    step_output_port: int = 1
    action_shape: list[int] | None = None
    actions: list[list[str | int | float | bool]] = field(default_factory=list)
    action_meaning: list[str] = field(default_factory=list)
    actions_meaning: list[str] = field(default_factory=list)
    action: str = "act"
    action_space: dict[str, Any] | None = None
    state_shape: list[int] = field(default_factory=lambda: [1])
    min_value: float = -100.0
    max_value: float = 100.0
    state_type: str = "float32"
    observation_space: dict[str, Any] | None = None
    observation: str | list[str] = "state"
    image: bool = False
    image_base64: bool = False
    reward: str = "reward"
    done: str = "done"
    done_default: bool | None = None
    restart: str = "restart"
    seed: str = ""
    buffer_size: int = 8192
    verbose: bool = False
    resend_after: float = 1.0
    quiet: float = 0.25
    gap: float = 0.0
    duplicate_window: float | None = None
    any_port: bool = True
    counter: str = ""

    def __post_init__(self) -> None:
        """Refuse what does not go together, with a ValueError."""
        self._check_places()
        self._check_actions()
        self.acts()
        self.observes()

    def new_dialect(self) -> UnityRemote:
        """How the messages of one connection are written."""
        return UnityRemote(self)

    def ports(self) -> list[tuple[int, int]]:
        """For each agent, where we listen and where its engine does. Where we listen to 0, a free port is picked."""
        return [
            (
                self.input_port and self.input_port + i * self.step_input_port,
                self.output_port + i * self.step_output_port,
            )
            for i in range(self.n_envs)
        ]

    def acts(self) -> gym_spaces.Space[Any]:
        """The action space.

        Raises:
            ValueError: It cannot be read, or is of a kind that cannot be sent.
        """
        if self.action_space is None:
            return gym_spaces.Discrete(self.action_shape[0] if self.action_shape else len(self.actions) or 1)
        space = spaces.read(self.action_space, "action_space")
        kinds = gym_spaces.Discrete, gym_spaces.Box, gym_spaces.MultiDiscrete, gym_spaces.MultiBinary
        if not isinstance(space, kinds):
            raise ValueError(f"action_space is a Discrete, Box, MultiDiscrete or MultiBinary, not {space}")
        return space

    def observes(self) -> gym_spaces.Space[Any]:
        """The observation space.

        Raises:
            ValueError: It cannot be read.
        """
        if self.observation_space is not None:
            return spaces.read(self.observation_space, "observation_space")
        box = {"type": "Box", "shape": self.state_shape, "dtype": self.state_type}
        return spaces.read(box | {"low": self.min_value, "high": self.max_value}, "state_shape and its like")

    def observed_fields(self) -> list[str]:
        """The fields that make up the observation."""
        return [self.observation] if isinstance(self.observation, str) else self.observation

    def consumed(self) -> set[str]:
        """The fields that are observation, reward or end; what else a state says is its info."""
        space = self.observes()
        names = space.spaces if isinstance(space, gym_spaces.Dict) else self.observed_fields()
        return {*names, self.reward, self.done}

    def _check_places(self) -> None:
        if not 1 <= self.n_envs <= MAX_ENVS:
            raise ValueError(f"n_envs is {self.n_envs}; one table has 1 to {MAX_ENVS}")
        if bad := [port for pair in self.ports() for port in pair if not 0 <= port <= LAST_PORT]:
            raise ValueError(f"there is no port {bad[0]}")
        self._check_apart()
        if not 0 < self.buffer_size <= MAX_DATAGRAM:
            raise ValueError(f"buffer_size is 1 to {MAX_DATAGRAM}, which UDP carries, not {self.buffer_size}")
        if not is_loopback(self.host) and not self.bind:
            raise ValueError(
                f"host {self.host!r} is another machine: say on which of this one's addresses it is heard, with bind"
            )
        times = self.resend_after, self.quiet, self.gap, self.duplicate_window or 0
        if not all(0 <= seconds < math.inf for seconds in times):
            raise ValueError("resend_after, quiet, gap and duplicate_window are seconds, finite and none below 0")

    def _check_apart(self) -> None:
        """That no port is wanted twice: two sockets of one machine cannot have the same."""
        ours = [port for port, _ in self.ports() if port]
        theirs = [port for _, port in self.ports()]
        taken = ours + theirs if is_loopback(self.host) else ours
        for kind, ports in (("input_port", ours), ("output_port", theirs)):
            if len(set(ports)) < len(ports):
                raise ValueError(f"{self.n_envs} agents need ports of their own: step_{kind} is 1 or more")
        if len(set(taken)) < len(taken):
            port = next(port for port in ours if port in theirs)
            raise ValueError(
                f"port {port} is both ours and an engine's: with {self.n_envs} agents on one machine, "
                f"input_port ({self.input_port}) and output_port ({self.output_port}) must be further apart"
            )

    def _check_actions(self) -> None:
        if not self.observed_fields():
            raise ValueError("observation names a field, or several")
        for action in self.actions:
            if not 1 <= len(action) <= 2 or not isinstance(action[0], str):
                raise ValueError(f"actions are [name, argument] or [name], not {action!r:.80}")
            command(action[0], action[1:])
        for name in (self.action, self.restart, self.seed):
            command(name)
        space = self.acts()
        if self.actions and (not isinstance(space, gym_spaces.Discrete) or space.n != len(self.actions)):
            raise ValueError(f"there are {len(self.actions)} actions, and the action space is {space}")
        words = self.action_meaning or self.actions_meaning
        if words and len(words) != len(self.actions):
            raise ValueError(f"there are {len(self.actions)} actions and {len(words)} meanings")
