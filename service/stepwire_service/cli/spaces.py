"""`stepwire spaces`: what an environment shows and takes."""

from collections.abc import Iterator
from typing import Any

from stepwire_service.cli import console
from stepwire_service.cli.options import Address, EnvId, Token, TokenFile, token_of


def spaces(env: EnvId, address: Address = None, token: Token = None, token_file: TokenFile = None) -> None:
    """Show what an environment shows and takes.

    Prints observation space, action space and metadata; opens no session.

    For example:

        stepwire spaces game:snake

        stepwire spaces gym:CartPole-v1 --address localhost:50051
    """
    from stepwire.codec import decode_map, decode_space
    from stepwire.v1.env_service_pb2 import SpacesRequest
    from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
    from stepwire_service.cli.inquiry import ask, where

    found = ask(
        where(address, token_of(token, token_file)),
        lambda server: EnvServiceStub(server.channel).Spaces(
            SpacesRequest(env_id=env), metadata=server.metadata, timeout=40
        ),
    )
    lines = [
        *_lines("observation", decode_space(found.observation_space)),
        *_lines("action", decode_space(found.action_space)),
        f"metadata: {decode_map(found.metadata)}",
    ]
    console.out().print("\n".join(lines))


def _lines(name: str, space: Any, indent: str = "") -> Iterator[str]:
    """One line for a space; the parts of a Dict, Tuple or OneOf have theirs below it."""
    match getattr(space, "spaces", None):
        case None:
            yield f"{indent}{name}: {' '.join(str(space).split())}"
        case parts:
            yield f"{indent}{name}: {type(space).__name__}"
            for key, part in parts.items() if isinstance(parts, dict) else enumerate(parts):
                yield from _lines(str(key), part, f"{indent}  ")
