"""The web port over real HTTP: which files it gives, which it keeps, and what it says of the server."""

import asyncio
import json
import re
import socket
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pytest
from websockets.http11 import Request

from stepwire_service import assets, web

LINKS = re.compile(r"""(?:href=|src=|^import .*?from |^export .*?from )["']([^"']+)["']""", re.MULTILINE)

FILES = {
    "js_client/examples/snake/index.html": "<title>Snake · stepwire</title><script type=module src=page.js></script>",
    "js_client/examples/snake/page.js": "import '../../src/index.js'",
    "js_client/examples/snake/secret.env": "password",
    "js_client/examples/shared/big.js": "x" * 8_000_000,
    "js_client/src/index.js": "export {}",
    "js_client/package.json": "{}",
}


class Answer(NamedTuple):
    status: int
    body: str
    headers: dict[str, str]


class State:
    """What the server would tell its web port."""

    serving = True

    async def status(self) -> dict[str, Any]:
        return {"version": "1.2.3", "sessions": 2}


async def nothing() -> dict[str, Any]:
    return {}


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
async def address(state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(assets, "INSTALLED", tmp_path)
    port = await web.listen(
        "127.0.0.1:0", games_url="ws://127.0.0.1:7891", serving=lambda: state.serving, status=state.status
    )
    yield port.address
    await port.close()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _fetch(url: str, method: str) -> Answer:
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(url, method=method), timeout=10) as response:
            return Answer(response.status, response.read().decode(), dict(response.headers))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(), dict(error.headers))


async def _get(address: str, path: str, method: str = "GET") -> Answer:
    return await asyncio.to_thread(_fetch, f"http://{address}{path}", method)


@pytest.mark.parametrize(
    ("path", "file", "content_type"),
    [
        ("/play/snake/", "js_client/examples/snake/index.html", "text/html; charset=utf-8"),
        ("/play/snake/index.html", "js_client/examples/snake/index.html", "text/html; charset=utf-8"),
        ("/play/snake/?serve=ws://127.0.0.1:7891", "js_client/examples/snake/index.html", "text/html; charset=utf-8"),
        ("/play/snake/page.js", "js_client/examples/snake/page.js", "text/javascript; charset=utf-8"),
        ("/src/index.js", "js_client/src/index.js", "text/javascript; charset=utf-8"),
    ],
)
async def test_pages_and_modules_lie_where_their_relative_imports_look(
    address: str, path: str, file: str, content_type: str
) -> None:
    answer = await _get(address, path)
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, FILES[file], content_type)


async def test_the_index_leads_to_every_play_page(address: str) -> None:
    answer = await _get(address, "/")
    assert '<a href="/play/snake/">Snake</a>' in answer.body
    assert "/play/snake/?serve=ws://127.0.0.1:7891" in answer.body


async def test_every_page_and_every_module_that_it_needs_is_served() -> None:
    port = await web.listen("127.0.0.1:0", games_url="ws://games", serving=lambda: True, status=nothing)
    waiting, seen = ["/"], set[str]()
    while waiting:
        url = waiting.pop()
        answer = await _get(port.address, url)
        assert answer.status == 200, url
        seen.add(url.partition("?")[0])
        found = {urljoin(url, link) for link in LINKS.findall(answer.body) if not link.startswith("data:")}
        waiting += found - seen - set(waiting)
    await port.close()
    assert {"/play/snake/", "/play/lander/", "/play/snake/rules.js", "/play/shared/page.js", "/src/index.js"} <= seen


async def test_a_game_without_the_last_slash_is_redirected(address: str) -> None:
    answer = await _get(address, "/play/snake")
    assert (answer.status, answer.headers["Location"]) == (301, "/play/snake/")


@pytest.mark.parametrize(
    "path",
    [
        "/play/snake/secret.env",
        "/play/../package.json",
        "/play/%2e%2e/package.json",
        "/src/..%2fpackage.json",
        "/play//etc/passwd",
        "/play/no/",
        "/package.json",
        "/nonsense",
    ],
)
async def test_nothing_else_is_served(address: str, path: str) -> None:
    answer = await _get(address, path)
    assert (answer.status, answer.body) == (404, "there is no such page. / lists the play pages.\n")


async def test_a_large_file_arrives_whole(address: str) -> None:
    assert len((await _get(address, "/play/shared/big.js")).body) == 8_000_000


@pytest.mark.parametrize("path", ["/", "/play/snake/", "/status", "/nonsense"])
async def test_every_answer_forbids_scripts_from_elsewhere(address: str, path: str) -> None:
    headers = (await _get(address, path)).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_healthz_says_ok_while_sessions_are_taken_and_draining_after(address: str, state: State) -> None:
    assert (await _get(address, "/healthz"))[:2] == (200, "ok\n")
    state.serving = False
    assert (await _get(address, "/healthz"))[:2] == (503, "draining\n")


async def test_status_is_json(address: str) -> None:
    answer = await _get(address, "/status")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.body) == {"version": "1.2.3", "sessions": 2}


@pytest.mark.skipif(not hasattr(Request, "method"), reason="before websockets 17 only GET is answered")
async def test_head_gives_the_headers_alone(address: str) -> None:
    answer = await _get(address, "/src/index.js", method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, "", "9")


@pytest.mark.skipif(not hasattr(Request, "method"), reason="before websockets 17 only GET is answered")
async def test_other_methods_are_refused(address: str) -> None:
    assert (await _get(address, "/status", method="DELETE")).status == 405


async def test_a_visitor_who_says_nothing_or_nonsense_disturbs_nobody(address: str) -> None:
    host, port = address.split(":")
    with socket.create_connection((host, int(port))) as silent, socket.create_connection((host, int(port))) as noisy:
        noisy.sendall(b"\x00\xff" * 1000 + b"\r\n\r\n")
        assert (await _get(address, "/healthz")).status == 200
        silent.close()


async def test_closing_twice_is_fine_and_frees_the_port(tmp_path: Path) -> None:
    port = await web.listen("127.0.0.1:0", games_url="", serving=lambda: True, status=nothing)
    await port.close()
    await port.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(*port.address.split(":"))
