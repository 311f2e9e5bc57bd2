"""The tokens that open a server, and whose a call is. Knows no gRPC."""

import hmac
from pathlib import Path

from stepwire_bridge.faults import NotAuthenticated
from stepwire_service.settings import ConfigError

SCHEME = "Bearer "


def read_tokens(file: Path | None) -> tuple[str, ...]:
    """The tokens in a file, one a line; empty lines and those that begin with # do not count. None: no tokens.

    Raises:
        ConfigError: The file cannot be read or has no token.
    """
    if file is None:
        return ()
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"token_file {file}: cannot be read: {error}.") from error
    tokens = tuple(line for line in lines if line and not line.startswith("#"))
    if not tokens:
        raise ConfigError(f"token_file {file}: has no token in it. Write one on a line of its own.")
    return tokens


def owner_of(authorization: str | None, tokens: tuple[str, ...]) -> str:
    """The token of a call, which is whose call it is; "" where no token is wanted.

    Raises:
        NotAuthenticated: A token is wanted, and there is none or a wrong one.
    """
    if not tokens:
        return ""
    if not authorization:
        raise NotAuthenticated("this server wants a token and there was none")
    given = authorization.removeprefix(SCHEME).encode(errors="replace")
    matches = [token for token in tokens if hmac.compare_digest(token.encode(), given)]  # all of them: constant time
    if not matches or not authorization.startswith(SCHEME):
        raise NotAuthenticated("the token is wrong")
    return matches[0]
