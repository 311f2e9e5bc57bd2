"""The options that every command with a server to talk to has, and what they come to."""

from pathlib import Path
from typing import Annotated

import typer

from stepwire_service.tokens import read_tokens

Address = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="host:port, dns:///name:port, unix:/path, or several with commas. "
        "Without it STEPWIRE_ADDRESS, else localhost:50051.",
    ),
]
Token = Annotated[str | None, typer.Option(metavar="TEXT", help="What opens the server. Without it STEPWIRE_TOKEN.")]
TokenFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="File whose first token is taken. Without it STEPWIRE_TOKEN_FILE."),
]
EnvId = Annotated[str, typer.Argument(metavar="ENV", help="What to open, as `stepwire envs` lists it.")]


def token_of(token: str | None, token_file: Path | None) -> str | None:
    """The token that was given; None leaves it to the client, which looks at STEPWIRE_TOKEN and STEPWIRE_TOKEN_FILE.

    Raises:
        ConfigError: The file has no token or cannot be read.
    """
    if token is not None or token_file is None:
        return token
    return read_tokens(token_file)[0]
