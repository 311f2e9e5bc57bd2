"""Whether a host in a declaration is this machine alone, which decides what must be said beside it. Pure."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether a host, by name or number, is this machine and can be reached from no other."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
