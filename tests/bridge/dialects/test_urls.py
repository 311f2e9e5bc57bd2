"""Which addresses can be dialled."""

import pytest

from stepwire_bridge.dialects.urls import check_url


@pytest.mark.parametrize("url", ["ws://127.0.0.1:8765", "wss://game.example/play", "ws://[::1]:1"])
def test_what_can_be_dialled_passes(url: str) -> None:
    check_url(url, "ws", "wss")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("localhost:8765", "url begins with ws:// or wss://"),
        ("http://localhost:3000", 'a game over HTTP has dialect = "wescale-http"'),
        ("ws://", "url has a host"),
        ("ws://a b", "no blanks"),
        ("ws://a:70000", "url has a port from 1 to 65535"),
        ("ws://a:x", "url has a port from 1 to 65535"),
    ],
)
def test_what_cannot_is_refused_with_what_is_wanted(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        check_url(url, "ws", "wss")
