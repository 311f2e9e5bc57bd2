"""A Gymie server in a program of one's own, with that program's environments: what users of Gymie import instead.

    from stepwire_service import gymie

    @gymie.override("get_env")
    def get_env(env_id, seed=None, **kwargs):
        return MyEnv(env_id)

    gymie.start(port=5000)

It serves the Gymie front and opens no other port. Knows settings, catalog, sessions and that front; how the protocol
works is the front's. docs/coming-from-gymie.md is the page.
"""

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, Final, TypeVar

import msgspec

import stepwire
from stepwire_service import addresses, logs
from stepwire_service.catalog import Catalog, GymSource, GymVecSource
from stepwire_service.catalog.hooked import (
    PREFIX,
    EnvironmentMalformed,
    EnvironmentNotFound,
    HookedSource,
    InstanceNotFound,
    WrongAction,
)
from stepwire_service.fronts.gymie import Terms, listen
from stepwire_service.sessions import Sessions
from stepwire_service.settings import ConfigError, Settings, expected, kinds
from stepwire_service.tokens import read_tokens

__all__ = [
    "EnvironmentMalformed",
    "EnvironmentNotFound",
    "InstanceNotFound",
    "WrongAction",
    "override",
    "serving",
    "start",
]

logger = logging.getLogger(__name__)

Function = TypeVar("Function", bound=Callable[..., Any])
Hooks = Mapping[str, Callable[..., Any]]
"""By name, the functions of the user's: "get_env", "process_step"."""

NAMES: Final = ("get_env", "process_step")

_OTHERS: Final = ("address", "games_address", "web_address")
"""Addresses that are not listened on here, and so may be anything."""

_overridden: dict[str, Callable[..., Any]] = {}


def override(func_name: str) -> Callable[[Function], Function]:
    """Put a function of one's own in the place of the server's; the last one of a name counts.

    Args:
        func_name: "get_env", which is called with an id, with `seed` where the agent gives one and with the other
            parameters of its `make`, and gives an environment of Gym's old interface or of Gymnasium's; or
            "process_step", which is called with what a step gave, (observation, reward, done, info), and gives these
            four as the agent is to see them.

    Raises:
        AssertionError: Any other name.
    """
    if func_name not in NAMES:
        raise AssertionError("Error overriding. Functions available: `get_env`, `process_step`")

    def put(function: Function) -> Function:
        _overridden[func_name] = function
        return function

    return put


def start(host: str = "127.0.0.1", port: int = 5000, **settings: Any) -> None:
    """Serve agents until Ctrl-C, with the functions that were put in place before.

    Args:
        host: Where to listen. Beyond this machine only with `token_file="…"` or `insecure=True`.
        port: 0 picks a free one, which the log tells.
        **settings: Others of `stepwire_service.settings.Settings`.

    Raises:
        ConfigError: An address that cannot be listened on, or settings that cannot be.
        TypeError: There is no such setting, or it is an address: there are no others than host and port.
        RuntimeError: An event loop runs in this thread, as in a notebook, and would stand still.
    """
    for name in settings.keys() & {"gymie_address", *_OTHERS}:
        raise TypeError(f"start() takes no {name}: it listens at host and port, and nowhere else")
    wanted = _settings({**settings, "gymie_address": address_of(host, port)})
    _refuse_running_loop()
    logs.configure(wanted.log_level, wanted.log_format)
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(wanted))


@asynccontextmanager
async def serving(settings: Settings, hooks: Hooks | None = None) -> AsyncIterator[str]:
    """Serve agents in the running event loop.

    Args:
        settings: `gymie_address` is the only address that counts.
        hooks: The functions to use; those that were put in place with `override` when None.

    Yields:
        host:port, with the port that was picked where the settings say 0.

    Raises:
        ConfigError: See `start`.
    """
    _check(settings)
    hooks = dict(_overridden if hooks is None else hooks)
    tokens = read_tokens(settings.token_file)
    settings = replace(settings, **{name: getattr(Settings(), name) for name in _OTHERS})
    addresses.check_exposure(settings, tokens)
    catalog = _catalog(settings, hooks)
    async with Sessions(catalog, settings) as sessions:
        terms = Terms(
            sessions, catalog, settings, stepwire.__version__, tokens, settings.allowed_origins,
            prefix=PREFIX if "get_env" in hooks else "", process_step=hooks.get("process_step"),
        )  # fmt: skip
        with addresses.naming("gymie_address", settings.gymie_address):
            listening = await listen(settings.gymie_address, terms)
        logger.info("listening: agents on ws://%s/gym", listening.address)
        try:
            yield listening.address
        finally:
            await listening.close()


def address_of(host: str, port: int) -> str:
    """host:port.

    Raises:
        ConfigError: The host has a port in it, or is no address.
    """
    if ":" in host:
        try:
            ipaddress.IPv6Address(host.strip("[]"))
        except ValueError as error:
            raise ConfigError(f"host {host}: expected a name or an address, without a port.") from error
    return addresses.join(host.strip("[]"), port)


def _refuse_running_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError(
        "start() serves until Ctrl-C, and an event loop is running here, as in a notebook. "
        "Call it in a thread: threading.Thread(target=start, daemon=True).start()"
    )


async def _serve(settings: Settings) -> None:
    async with serving(settings):
        await asyncio.Event().wait()


def _check(settings: Settings) -> None:
    """Refuse what this server has not, in place of doing without it in silence."""
    for name in ("workers", "games", "dial_games", "games_file"):
        if (value := getattr(settings, name)) != getattr(Settings(), name):
            given = " ".join(value) if isinstance(value, tuple) else value
            raise ConfigError(
                f"{name} {given}: a server for Gymie's agents alone has one process and no games. "
                "`stepwire serve --gymie-address` has both."
            )


def _settings(given: Mapping[str, Any]) -> Settings:
    for name in given.keys() - kinds().keys():
        raise TypeError(f"there is no setting {name!r}")
    return Settings(**{name: _converted(name, value) for name, value in given.items()})


def _converted(name: str, value: Any) -> Any:
    kind = kinds()[name]
    try:
        return msgspec.convert(value, kind, strict=False, dec_hook=lambda path, text: path(text))
    except msgspec.ValidationError:
        raise ConfigError(f"{name} is {value!r}, expected {expected(kind)}.") from None


def _catalog(settings: Settings, hooks: Hooks) -> Catalog:
    if "get_env" in hooks:
        return Catalog({PREFIX: HookedSource(hooks["get_env"])})
    return Catalog({"gym": GymSource(settings), "gymvec": GymVecSource(settings)})
