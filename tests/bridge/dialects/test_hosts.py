"""Which hosts of a declaration nobody else can reach."""

import pytest

from stepwire_bridge.dialects.hosts import is_loopback


@pytest.mark.parametrize(
    ("host", "is_so"),
    [("localhost", True), ("127.0.0.2", True), ("::1", True), ("0.0.0.0", False), ("", False), ("example.org", False)],
)
def test_loopback_is_known(host: str, is_so: bool) -> None:
    assert is_loopback(host) is is_so
