"""The port: what plain HTTP gets, which mode a connection has, and who is turned away."""

import asyncio
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from stepwire_service.settings import ConfigError
from tests.service.fronts.gymie.agents import classic, gymie, modern

COUNTER = "Odd/Counter-v0"


def fetched(url: str) -> tuple[int, str, str]:
    """Status, kind and text of a page."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"].partition(";")[0], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"].partition(";")[0], error.read().decode()


@pytest.mark.parametrize("path", ["/", "/healthz", "/gym/", "/gymnasium", "//["])
async def test_plain_http_anywhere_says_that_it_runs(address: str, path: str) -> None:
    answer = await asyncio.to_thread(fetched, f"http://{address}{path}")
    assert answer == (200, "text/plain", "Gymie is running...")


async def test_plain_http_where_agents_connect_is_a_bad_request(address: str) -> None:
    assert (await asyncio.to_thread(fetched, f"http://{address}/gym"))[::2] == (400, "")


async def test_a_websocket_anywhere_else_gets_the_page(address: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://{address}/elsewhere", proxy=None)
    assert caught.value.response.status_code == 200


async def test_the_subprotocol_and_the_query_both_choose_the_newer_mode(address: str) -> None:
    async with modern(address, "", subprotocols=["gymie.v2"]) as agent:
        assert agent.socket.subprotocol == "gymie.v2"
        assert (await agent.ask("server_info"))["protocol"] == 2
    async with modern(address, "?v=2") as agent:
        assert agent.socket.subprotocol is None
        assert (await agent.ask("server_info"))["protocol"] == 2


async def test_another_subprotocol_or_version_is_classic(address: str) -> None:
    async with classic(address, "?v=1", subprotocols=["soap"]) as agent:
        assert len(await agent.make(COUNTER)) == 32


async def refused(address: str, query: str = "", **options: Any) -> int:
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://{address}/gym{query}", proxy=None, **options)
    return caught.value.response.status_code


async def test_a_token_is_asked_for_and_taken_from_the_query_or_a_header(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "tokens"
    file.write_text("secret\nother\n")
    async with gymie(token_file=file) as address:
        assert await refused(address) == 401
        assert caplog.messages[-1] == "an agent may not connect: this server wants a token and there was none"
        assert await refused(address, "?token=wrong") == 401
        assert caplog.messages[-1] == "an agent may not connect: the token is wrong"
        assert await refused(address, additional_headers={"Authorization": "secret"}) == 401
        assert await refused(address, "?token=secret", additional_headers={"Authorization": "Bearer wrong"}) == 401
        async with classic(address, "?token=secret") as agent:
            assert len(await agent.make(COUNTER)) == 32
        async with modern(address, "?v=2", additional_headers={"Authorization": "Bearer other"}) as newer:
            assert await newer.make(COUNTER)
        assert (await asyncio.to_thread(fetched, f"http://{address}/"))[0] == 200


async def test_a_web_page_may_connect_only_where_it_is_listed() -> None:
    async with gymie(allowed_origins=("http://localhost:3000",)) as address:
        assert await refused(address, origin="http://evil.example") == 403
        assert await refused(address, origin="null") == 403
        async with classic(address, origin="http://localhost:3000") as agent:
            assert len(await agent.make(COUNTER)) == 32


async def test_there_are_no_more_connections_than_sessions(caplog: pytest.LogCaptureFixture) -> None:
    async with gymie(max_sessions=2) as address:
        async with classic(address), classic(address):
            assert await refused(address) == 503
            assert caplog.messages[-1] == "an agent may not connect: there are 2, and max_sessions is that"
        async with classic(address) as agent:
            assert len(await agent.make(COUNTER)) == 32


async def test_a_message_beyond_the_limit_closes_the_connection_with_its_code() -> None:
    async with gymie(max_message_bytes=1024) as address, classic(address) as agent:
        await agent.socket.send("x" * 2000)
        assert (await agent.closed())[0] == 1009


async def test_an_address_in_use_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConfigError, match=f"gymie_address {address}: cannot be listened on"):
            async with gymie(gymie_address=address):
                pass


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\x00\xff\n\n",
        b"GET /gym HTTP/1.1\r\nUpgrade: websocket\r\nOrigin: a\r\nOrigin: b\r\n\r\n",
        b"GET " + b"/" * 20_000,
    ],
)
async def test_junk_on_the_port_disturbs_nobody(address: str, bytes_: bytes) -> None:
    reader, writer = await asyncio.open_connection(*address.split(":"))
    writer.write(bytes_)
    writer.write_eof()
    await reader.read()
    writer.close()
    async with classic(address) as agent:
        assert len(await agent.make(COUNTER)) == 32
