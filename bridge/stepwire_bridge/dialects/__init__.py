"""How messages are written for each kind of game: one file a kind, pure, and what they have in common."""

from typing import Protocol

from stepwire_bridge.messages import FromBridge, FromGame, Hello


class Dialect(Protocol):
    """How the messages of one connection are written."""

    @property
    def greeting(self) -> Hello | None:
        """The hello said in the place of a game that says none itself."""
        ...

    @property
    def heartbeats(self) -> bool:
        """Whether the game answers a ping."""
        ...

    @property
    def resets_after(self) -> bool:
        """Whether the game itself resets an instance whose episode ends, when a step asks for it."""
        ...

    def encode(self, message: FromBridge) -> str | bytes | None:
        """The message as the game reads it; None for one that this kind of game has no word for."""
        ...

    def take_back(self) -> None:
        """Forget the request that was encoded last: it is not sent after all, so nothing answers it."""
        ...

    def decode(self, data: str | bytes) -> FromGame | None:
        """The message in what the game sent; None for one that means nothing here and disturbs nothing.

        Raises BadMessage where it cannot be a message.
        """
        ...
