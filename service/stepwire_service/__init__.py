"""North of the backend seam: fronts, sessions, catalog, and the server that joins them with the bridge."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stepwire_service.embedding import embedded as embedded

__all__ = ["embedded"]


def __getattr__(name: str) -> Any:
    """Import `embedded` when it is first asked for: the command line and the settings need no gRPC."""
    if name == "embedded":
        from stepwire_service.embedding import embedded

        return embedded
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
