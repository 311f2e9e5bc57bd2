"""Gives a command one flag for each setting, so that a setting is written down once, in `Settings`."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from stepwire_service.settings import Settings, descriptions, flag, is_list, kinds

METAVARS = {bool: None, int: "N", float: "SECONDS", Path: "FILE", str: "TEXT"}

Command = Callable[..., None]


def with_settings(command: Command) -> Command:
    """Let typer see one option for each setting in place of the command's `**flags`.

    The values arrive as they were typed (a string, a list of strings, a bool, or None for a flag that was not given):
    `settings.load` reads them, and its errors are those of the environment and the file too.
    """
    own = [p for p in inspect.signature(command).parameters.values() if p.kind is not p.VAR_KEYWORD]
    options = [inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=None) for f in fields(Settings)]
    annotations = {option.name: _annotation(option.name) for option in options}
    signature = inspect.Signature([*own, *(o.replace(annotation=annotations[o.name]) for o in options)])
    command.__signature__ = signature  # type: ignore[attr-defined]  # what inspect.signature and so typer look at
    command.__annotations__ |= annotations
    return command


def _annotation(name: str) -> Any:
    default = getattr(Settings(), name)
    kind = {bool: bool, tuple: list[str]}.get(type(default), str)
    names = [f"{flag(name)}/--no-{name.replace('_', '-')}"] if kind is bool else [flag(name)]
    option = typer.Option(*names, help=_help(name), metavar=_metavar(kinds()[name]), show_default=_shown(default))
    return Annotated[kind | None, option]


def _help(name: str) -> str:
    return f"{descriptions()[name]}{' May be repeated.' if is_list(kinds()[name]) else ''}"


def _metavar(kind: Any) -> str | None:
    bases = {kind, *get_args(kind), *(base for part in get_args(kind) for base in get_args(part))}
    return next((word for base, word in METAVARS.items() if base in bases), "TEXT")


def _shown(default: Any) -> str | bool:
    """A default for the help; long lists are left to --print-config."""
    text = ", ".join(map(str, default)) if isinstance(default, tuple) else str(default)
    return text if default not in (None, "", (), False) and len(text) < 60 else False
