"""`stepwire gymie`: a server for agents that speak Gymie's protocol, in the foreground, and nothing else."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from stepwire_service.cli import console
from stepwire_service.cli.signals import first_signal, signals
from stepwire_service.settings import Settings, load

HOST, PORT = "127.0.0.1", 5000


def gymie(
    host: Annotated[
        str | None, typer.Option("--host", "-l", metavar="HOST", help=f"Where to listen. Without it {HOST}.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", "-p", metavar="N", min=0, max=65535, help=f"0 picks a free one. Without it {PORT}."),
    ] = None,
    token_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="File with the tokens that open the server, one a line.")
    ] = None,
    insecure: Annotated[
        bool | None, typer.Option("--insecure", help="Listen beyond loopback without tokens all the same.")
    ] = None,
    allowed_origins: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Browser origins that may connect. May be repeated.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML file with settings; without it ./stepwire.toml if any.")
    ] = None,
) -> None:
    """Serve Gymnasium's environments to JavaScript agents, in Gymie's protocol.

    Agents connect to ws://HOST:PORT/gym. Limits, deadlines and which environments may be
    opened are settings, as for `serve`; to serve games too, give that one --gymie-address.

    For example:

        stepwire gymie

        stepwire gymie --port 9000 --allowed-origins http://localhost:3000

        stepwire gymie -l 0.0.0.0 -p 5000 --token-file tokens.txt
    """
    from stepwire_service import logs
    from stepwire_service.gymie import address_of

    flags = {"token_file": token_file, "insecure": insecure, "allowed_origins": allowed_origins}
    settings = load(flags, os.environ, config).settings
    if host is not None or port is not None or not settings.gymie_address:
        settings = replace(settings, gymie_address=address_of(host or HOST, PORT if port is None else port))
    logs.configure(settings.log_level, settings.log_format)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from stepwire_service.gymie import serving

    arrived = signals()
    async with serving(settings, {}) as address:
        if settings.log_format == "text":
            console.out().print(f"stepwire is listening for agents on ws://{address}/gym. Ctrl-C stops it.")
        await first_signal(arrived, ())
