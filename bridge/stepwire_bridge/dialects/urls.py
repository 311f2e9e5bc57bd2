"""The addresses in declarations of games that listen, judged before anybody dials them. Pure."""

import re
from urllib.parse import urlsplit

_URL = re.compile(r"[!-~]+")


def check_url(url: str, *schemes: str) -> None:
    """Judge an address that is to be dialled.

    Args:
        url: What a declaration says.
        schemes: Those that its dialect can dial.

    Raises:
        ValueError: It has another scheme, no host, no such port, or what is in no URL.
    """
    parts = urlsplit(url)
    if parts.scheme not in schemes:
        instead = '; a game over HTTP has dialect = "wescale-http"' if parts.scheme.startswith("http") else ""
        raise ValueError(f"url begins with {' or '.join(f'{scheme}://' for scheme in schemes)}{instead}")
    if not parts.hostname or not _URL.fullmatch(url):
        raise ValueError("url has a host, no blanks and nothing but ASCII")
    try:
        _ = parts.port
    except ValueError as error:
        raise ValueError("url has a port from 1 to 65535, or none") from error
