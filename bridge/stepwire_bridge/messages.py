"""The messages between the bridge and a game: frozen records, one for each row of docs/game-protocol.md.

Knows the fields and their kinds; knows neither how a message is written (`dialects`) nor when it may come (`protocol`).
A field of type Any holds what a dialect reads: nested lists and numbers, numpy arrays, bytes. In a message to a game it
holds numpy values as well, and the dialect finds their form.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

PROTOCOL = 1
"""The version of the protocol that a hello names."""


class BadMessage(ValueError):
    """Something came that is no message of the protocol; the text says what is wrong with it."""


Batch = Annotated[
    Any, msgspec.Meta(description="One value per instance, laid out as gymnasium.vector.utils.batch_space does.")
]
Single = Annotated[Any, msgspec.Meta(description="One value of a space, without a leading axis.")]
Numbers = Annotated[
    Any, msgspec.Meta(description="One number per instance.", extra_json_schema={"type": ["array", "object"]})
]
Flags = Annotated[
    Any, msgspec.Meta(description="One boolean per instance.", extra_json_schema={"type": ["array", "object"]})
]
Column = Annotated[Any, msgspec.Meta(extra_json_schema={"type": ["array", "object"]})]
Columns = Annotated[
    dict[str, Column], msgspec.Meta(description="For each key one value per instance; every instance has every key.")
]
SpaceForm = Annotated[Any, msgspec.Meta(extra_json_schema={"$ref": "#/$defs/Space"})]
Instances = list[Annotated[int, msgspec.Meta(ge=0)]]
RequestId = Annotated[int, msgspec.Meta(ge=0, lt=2**53, description="Chosen by the bridge, never used twice.")]


class Message(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag=str.lower):
    """Any message; its type on the wire is the class's name in small letters."""


class Hello(Message, frozen=True):
    """A game presents itself: the first message of a connection."""

    protocol: int
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
    observation_space: SpaceForm
    action_space: SpaceForm
    metadata: dict[str, Any] = {}
    instances: int = 1
    binary: bool = False
    token: str | None = None
    client: str = ""


class Limits(msgspec.Struct, frozen=True):
    """What the bridge holds a game to."""

    max_message_bytes: int
    heartbeat_seconds: float
    silence_seconds: float


class Welcome(Message, frozen=True):
    """The bridge takes the game."""

    protocol: int
    limits: Limits
    info_columns: Annotated[
        bool,
        msgspec.Meta(description="Whether a state may say its infos in columns. A bridge that cannot says nothing."),
    ] = False


class Reset(Message, frozen=True):
    """Start an episode in each of the instances. A seed of null continues an instance's own random stream."""

    id: RequestId
    instances: Instances
    seeds: Sequence[Any]
    options: dict[str, Any] | None = None


class Step(Message, frozen=True):
    """One action for each of the instances; those in `reset_instead` ignore it and reset."""

    id: RequestId
    instances: Instances
    actions: Batch
    reset_instead: Instances = []
    reset_after: bool = False


class Render(Message, frozen=True):
    """A picture of each of the instances."""

    id: RequestId
    instances: Instances
    mode: str


class Close(Message, frozen=True):
    """Nobody holds these instances any more. Not answered."""

    instances: Instances


class Final(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last observation and info of an episode whose instance was reset at once."""

    instance: Annotated[int, msgspec.Meta(ge=0)]
    observation: Single
    info: dict[str, Any] = {}


class State(Message, frozen=True):
    """The answer to a reset or step, for some or all of its instances."""

    id: RequestId
    instances: Instances
    observations: Batch
    rewards: Numbers = None
    terminated: Flags = None
    truncated: Flags = None
    infos: list[dict[str, Any]] | None = None
    finals: list[Final] = []
    info_columns: Columns | None = None


class Frame(Message, frozen=True):
    """The answer to a render, for one instance."""

    id: RequestId
    instance: Annotated[int, msgspec.Meta(ge=0)]
    encoding: str
    data: Annotated[Any, msgspec.Meta(description="rgb: uint8[height, width, 3]; png, jpeg: bytes; text: a string.")]


class Fault(Message, frozen=True):
    """Something went wrong; `code` is one of the page's table. With an id it answers a request for `instances`."""

    code: str
    message: str
    id: RequestId | None = None
    instances: Instances | None = None


class Ping(Message, frozen=True):
    """Are you there?"""


class Pong(Message, frozen=True):
    """Yes."""


class Bye(Message, frozen=True):
    """The sender closes the connection after this."""

    reason: str = ""


FromGame = Hello | State | Frame | Fault | Ping | Pong | Bye
FromBridge = Welcome | Reset | Step | Render | Close | Fault | Ping | Pong | Bye
