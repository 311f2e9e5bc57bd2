"""The web port: pages on which people play the bundled games, and what a load balancer or a curious person asks.

    /                 the play pages
    /play/<game>/…    js_client/examples, as in the source tree, but for games that know nothing of stepwire
    /src/…            js_client/src, so that the pages' relative imports mean here what they mean there
    /healthz          200 while the server takes sessions, 503 while it drains
    /status           JSON: version, uptime, sessions, envs, games, load

Only files that were found at the start are served, from a table by URL: there is no path to walk out of. Serving is
the plain HTTP half of the `websockets` server, which the games port needs anyway: no further dependency, and no thread
that would have to ask the event loop for the status. Knows nothing of sessions: whoever starts it says what is served.
"""

import html
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from stepwire_service import assets
from stepwire_service.addresses import split
from stepwire_service.descriptions import USUAL_NAMES
from stepwire_service.listening import Listening

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
"""What is served at all; any other file in the folders stays private."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    "Connection": "close",
}

INDEX = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>stepwire</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }}</style>
</head><body><h1>stepwire</h1>
<p>Play a game here, or let its tab be an environment that a trainer opens.</p>
<ul>{games}</ul>
<p><a href="/status">status</a> · <a href="/healthz">health</a></p></body></html>
"""

_log = logging.getLogger(__name__)
_http_log = logging.getLogger(f"{__name__}.http")
_http_log.setLevel(logging.CRITICAL)  # websockets reports every request as a failed opening handshake


async def listen(
    address: str, *, games_url: str, serving: Callable[[], bool], status: Callable[[], Awaitable[Mapping[str, Any]]]
) -> Listening:
    """Open the web port.

    Args:
        address: host:port; port 0 picks a free one.
        games_url: Where a tab that becomes an environment dials, such as ws://127.0.0.1:7891.
        serving: Whether new sessions are taken, for /healthz.
        status: What /status answers; anything that JSON can say.

    Raises:
        OSError: The address cannot be listened on.
        MissingAsset: The play pages are not installed.
    """
    files = dict(_files())
    index = _index(files, games_url).encode()

    async def answer(url: str) -> Response:
        match url:
            case "/":
                return _response(HTTPStatus.OK, index, "text/html; charset=utf-8")
            case "/healthz":
                return _health(serving=serving())
            case "/status":
                return _response(HTTPStatus.OK, json.dumps(await status(), indent=2).encode(), "application/json")
            case _:
                return _file(files, url)

    async def process(_: ServerConnection, request: Request) -> Response:
        return await _checked(request, answer)

    host, port = split(address)
    return Listening(
        await serve(_no_websockets, host, port, process_request=process, logger=_http_log, server_header=None)
    )


async def _no_websockets(_: ServerConnection) -> None:
    """Nothing gets this far: every request has been answered with a page."""


async def _checked(request: Request, answer: Callable[[str], Awaitable[Response]]) -> Response:
    method = getattr(request, "method", "GET")  # websockets before 17 reads GET alone and has no such attribute
    if method not in ("GET", "HEAD"):
        return _text(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD")
    response = await answer(unquote(urlsplit(request.path).path))
    _log.debug("%s %s %d", method, request.path, response.status_code)
    if method == "HEAD":
        response.body = b""
    return response


def _files() -> Iterator[tuple[str, Path]]:
    for url, folder in (("/play", "js_client/examples"), ("/src", "js_client/src")):
        root = assets.path(folder)
        hosted = {file.parent for name in USUAL_NAMES for file in root.glob(f"*/{name}")}
        for file in root.rglob("*"):
            if file.suffix in CONTENT_TYPES and file.is_file() and hosted.isdisjoint(file.parents):
                yield f"{url}/{file.relative_to(root).as_posix()}", file


def _file(files: Mapping[str, Path], url: str) -> Response:
    if f"{url}/index.html" in files:  # without the slash the page's relative imports would miss
        return _moved(f"{url}/")
    file = files.get(f"{url}index.html" if url.endswith("/") else url)
    if file is None:
        return _text(HTTPStatus.NOT_FOUND, "there is no such page. / lists the play pages.")
    return _response(HTTPStatus.OK, file.read_bytes(), CONTENT_TYPES[file.suffix])


def _health(*, serving: bool) -> Response:
    return _text(HTTPStatus.OK, "ok") if serving else _text(HTTPStatus.SERVICE_UNAVAILABLE, "draining")


def _moved(url: str) -> Response:
    response = _text(HTTPStatus.MOVED_PERMANENTLY, f"see {url}")
    response.headers["Location"] = url
    return response


def _text(status: HTTPStatus, text: str) -> Response:
    return _response(status, f"{text}\n".encode(), "text/plain; charset=utf-8")


def _response(status: HTTPStatus, body: bytes, content_type: str) -> Response:
    headers = Headers({**HEADERS, "Content-Type": content_type, "Content-Length": str(len(body))})
    return Response(status.value, status.phrase, headers, body)


def _index(files: Mapping[str, Path], games_url: str) -> str:
    pages = sorted((url, file) for url, file in files.items() if re.fullmatch(r"/play/[^/]+/index\.html", url))
    return INDEX.format(games="".join(_entry(file, url.removesuffix("index.html"), games_url) for url, file in pages))


def _entry(page: Path, url: str, games_url: str) -> str:
    title = re.search(r"<title>([^<·]+)", page.read_text(encoding="utf-8"))
    name = title[1].strip() if title else html.escape(page.parent.name)
    return f'<li><a href="{url}">{name}</a> · <a href="{url}?serve={html.escape(games_url)}">as an environment</a></li>'
