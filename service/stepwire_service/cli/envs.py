"""`stepwire envs`: what a server can open, and how the processes are that it runs games in."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwire_service.cli import console
from stepwire_service.cli.exits import CommandError
from stepwire_service.cli.options import Address, Token, TokenFile, token_of

if TYPE_CHECKING:
    from stepwire.v1.env_service_pb2 import EnvDescription

FIGURES = ("pid", "instances", "restarts", "rss_mb", "steps", "episodes", "faults", "uptime")


def envs(
    pattern: Annotated[str, typer.Argument(metavar="[PART]", help="Only ids that contain this.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for a script.")] = False,
    address: Address = None,
    token: Token = None,
    token_file: TokenFile = None,
) -> None:
    """List what a server can open.

    Of games it says how many instances are connected and how many of them are free; of those
    that the server itself runs, also how each process is: its restarts, memory, steps and faults.

    For example:

        stepwire envs

        stepwire envs game: --address localhost:50051

        stepwire envs game: --json
    """
    from stepwire.v1.env_service_pb2 import ListEnvsRequest
    from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
    from stepwire_service.cli.inquiry import ask, where

    listed = ask(
        where(address, token_of(token, token_file)),
        lambda server: EnvServiceStub(server.channel).ListEnvs(ListEnvsRequest(), metadata=server.metadata, timeout=10),
    )
    found = [env for env in listed.envs if pattern in env.env_id]
    if as_json:
        sys.stdout.write(json.dumps([_as_json(env) for env in found], indent=2) + "\n")
        return
    if not found:
        raise CommandError(f"nothing that this server can open contains {pattern!r}.")
    shown = console.out()
    rows = [
        (env.env_id, f"{env.free} of {env.instances}" if env.HasField("free") else "any", env.description)
        for env in found
    ]
    shown.print(console.table(shown, ["env", "free", "what it is"], rows))
    if hosts := list(_hosts(found)):
        columns = ["env", "process", "instances", "restarts", "memory (MiB)", "steps", "episodes", "faults", "up (s)"]
        shown.print()
        shown.print(console.table(shown, columns, hosts))


def _hosts(found: "Iterable[EnvDescription]") -> Iterator[tuple[Any, ...]]:
    for env in found:
        for host in env.hosts:
            yield env.env_id, *(getattr(host, figure) for figure in FIGURES)


def _as_json(env: "EnvDescription") -> dict[str, Any]:
    """An environment with what is known of it; a count that it has not is null."""
    return {
        "env_id": env.env_id,
        "description": env.description,
        "instances": env.instances if env.HasField("instances") else None,
        "free": env.free if env.HasField("free") else None,
        "hosts": [{figure: getattr(host, figure) for figure in FIGURES} for host in env.hosts],
    }
