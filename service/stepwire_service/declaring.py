"""The games that the settings declare: read from games_file, and checked against the other settings."""

from collections.abc import Iterable
from pathlib import Path

from stepwire_bridge.dialects.declared import Declaration, declarations
from stepwire_service.settings import ConfigError, Settings


def declared_games(settings: Settings, hosted: Iterable[Declaration], *, is_alone: bool) -> dict[str, Declaration]:
    """The declarations in the setting games_file, by name.

    Args:
        settings: The server's.
        hosted: Those of games that the server runs itself.
        is_alone: Whether the server has but one process.

    Raises:
        ConfigError: The file cannot be read; it declares games that only one process can have; or default_game is
            declared nowhere.
    """
    declared = _read(settings.games_file)
    if not is_alone:
        _check_shareable(declared)
    _check_default(settings.default_game, {*declared, *(declaration.name for declaration in hosted)})
    return declared


def _read(file: Path | None) -> dict[str, Declaration]:
    if file is None:
        return {}
    try:
        return declarations(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"games_file {file}: {error}") from error


def _check_shareable(declared: dict[str, Declaration]) -> None:
    """A port of UDP is one process's alone, and a game over HTTP is one game, however many ask it."""
    names = [name for name, one in declared.items() if one.prefix == "udp" or one.url.startswith("http")]
    if names:
        raise ConfigError(
            f"games_file: {', '.join(names)}: a server has games over UDP and HTTP in one process: leave workers = 1."
        )


def _check_default(default: str, declared: set[str]) -> None:
    if default and default not in declared:
        known = ", ".join(sorted(declared)) or "none"
        raise ConfigError(f"default_game {default}: no such game is declared in games_file (there: {known}).")
