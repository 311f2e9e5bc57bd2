"""`stepwire envs`: what a server can open."""

from typing import Annotated

import typer

from stepwire_service.cli import console
from stepwire_service.cli.options import Address, Token, TokenFile, token_of


def envs(
    pattern: Annotated[str, typer.Argument(metavar="[PART]", help="Only ids that contain this.")] = "",
    address: Address = None,
    token: Token = None,
    token_file: TokenFile = None,
) -> None:
    """List what a server can open.

    Of games it says how many instances are connected and how many of them are free.

    For example:

        stepwire envs

        stepwire envs game: --address localhost:50051
    """
    from stepwire.v1.env_service_pb2 import ListEnvsRequest
    from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
    from stepwire_service.cli.inquiry import ask, where

    listed = ask(
        where(address, token_of(token, token_file)),
        lambda server: EnvServiceStub(server.channel).ListEnvs(ListEnvsRequest(), metadata=server.metadata, timeout=10),
    )
    rows = [
        (env.env_id, f"{env.free} of {env.instances}" if env.HasField("free") else "any", env.description)
        for env in listed.envs
        if pattern in env.env_id
    ]
    shown = console.out()
    shown.print(console.table(shown, ["env", "free", "what it is"], rows))
