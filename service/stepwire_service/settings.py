"""Every setting of the server, with its default: the only place that has any.

A setting is a flag over `STEPWIRE_*` over a TOML file over the default here. The dataclass is plain and frozen; who
reads flags, environment and file is `load`. Knows what each value may be; does not know what the server does with it,
nor how a command line is taken apart.
"""

import difflib
import inspect
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

PREFIX = "STEPWIRE_"
USUAL_FILE = "stepwire.toml"

_PORT = r"(\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"
Address = Annotated[str, Meta(pattern=rf"^(.*:{_PORT}|unix:.+)$", description="host:port or unix:path")]
Listen = Annotated[str, Meta(pattern=rf"^.*:{_PORT}$", description="host:port")]
ListenOrNot = Annotated[str, Meta(pattern=rf"^(.*:{_PORT})?$", description='host:port or ""')]
Url = Annotated[str, Meta(pattern="^wss?://.", description="ws://… or wss://…")]
Games = Annotated[str, Meta(pattern="^.+=[1-9][0-9]*$", description="NAME_OR_PATH=INSTANCES")]
Inline = Annotated[str, Meta(pattern="^gym(vec)?:.", description="gym:ID or gymvec:ID")]
Text = Annotated[str, Meta(description="text")]
Folder = Annotated[Path, Meta(description="a folder")]
File = Annotated[Path, Meta(description="a path")]
Switch = Annotated[bool, Meta(description="true or false")]
Count = Annotated[int, Meta(ge=1, description="a whole number, at least 1")]
CountOrNone = Annotated[int, Meta(ge=0, description="a whole number, at least 0")]
Port = Annotated[int, Meta(ge=0, le=65535, description="a port, 0 to 65535")]
Size = Annotated[int, Meta(ge=1024, description="a whole number of bytes, at least 1024")]
Seconds = Annotated[float, Meta(gt=0, description="seconds, more than 0")]
SecondsOrNone = Annotated[float, Meta(ge=0, description="seconds, at least 0")]
Format = Annotated[Literal["text", "json"], Meta(description='"text" or "json"')]
Level = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"], Meta(description='"DEBUG", "INFO", "WARNING" or "ERROR"')
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server does, limits and all. Times are in seconds, sizes in bytes.

    Attributes:
        address: Where gRPC listens: host:port or unix:path. Port 0 picks a free one.
        games_address: Where games dial in with WebSockets.
        web_address: Where play pages, /healthz and /status are served; "" for nowhere.
        gymie_address: Where agents connect that speak Gymie's protocol, JSON over WebSockets; "" for nowhere.
        token_file: File with the tokens that open the server, one a line; None for no tokens.
        insecure: Listen beyond loopback without tokens all the same.
        workers: Server processes that share `address`, each with its own sessions and games. More than one: Linux only.
        worker_ports: First of the ports that workers have to themselves, one after the other; 0 picks free ones.
        pin: Hold each server process on one core, so that its threads need not hop.
        games: Games to start on this machine, each "NAME_OR_PATH=INSTANCES": a bundled example, a game's folder, its
            description, or a JavaScript module that exports an environment.
        host_processes: Processes over which the instances of a game are spread; 0 for as many as there are cores, each
            with 8 to 32 instances. A module that exports an environment then has one.
        host_idle_time: How long the processes of a game that a client has named by its folder live without a session.
        game_folders: Folders below which clients may name a game, as in "game:./my-game"; none with an empty list.
        dial_games: WebSocket URLs of games that listen instead of dialling in.
        games_file: TOML file that declares games which do not say what they are, such as WemiEnv's: names, dialects,
            spaces, and where they are.
        default_game: The declared game meant by a connection to "/" without subprotocol; "" refuses those.
        gym_allow: Patterns (fnmatch) of Gymnasium ids that may be opened. An id "module:name", for which the module is
            imported, only if it is listed word for word.
        gym_kwargs: Names of keyword arguments that a client may pass to an environment's constructor.
        inline: Patterns (fnmatch) of ids of Gymnasium environments, such as "gym:CartPole-v1", that live on the event
            loop and not in a thread each. Their steps are quicker by some 50 µs, but one that blocks, blocks everyone,
            and no deadline can stop it. Only for those whose every call is known to take microseconds.
        allowed_origins: Browser origins that may reach the games port, besides our own web port's.
        max_message_bytes: Largest message in either direction, gRPC and WebSocket alike.
        max_sessions: Sessions at one time.
        max_envs_per_session: Copies in one session.
        max_games: Game connections at one time.
        max_unacked_replies: Replies kept for a client that has not acknowledged them.
        max_unacked_bytes: The same in bytes.
        make_deadline: Longest time to open an environment.
        reset_deadline: Longest time for a reset.
        step_deadline: Longest time for a step.
        render_deadline: Longest time for a render.
        grace_time: How long a session waits for a stream after its stream has ended.
        idle_time: How long a session without a stream lives when nobody calls it.
        drain_time: How long running sessions may go on after SIGTERM.
        log_format: "text" or "json".
        log_level: As in Python's logging.
    """

    address: Address = "127.0.0.1:50051"
    games_address: Listen = "127.0.0.1:7891"
    web_address: ListenOrNot = "127.0.0.1:8080"
    gymie_address: ListenOrNot = ""
    token_file: File | None = None
    insecure: Switch = False
    workers: Count = 1
    worker_ports: Port = 0
    pin: Switch = False
    games: tuple[Games, ...] = ()
    host_processes: CountOrNone = 0
    host_idle_time: SecondsOrNone = 60.0
    game_folders: tuple[Folder, ...] = (Path(),)
    dial_games: tuple[Url, ...] = ()
    games_file: File | None = None
    default_game: Text = ""
    gym_allow: tuple[Text, ...] = ("*",)
    gym_kwargs: tuple[Text, ...] = (
        "map_name", "is_slippery", "natural", "sab", "continuous", "gravity", "enable_wind", "wind_power",
        "turbulence_power", "hardcore", "lap_complete_percent", "domain_randomize", "max_episode_steps", "g",
        "goal_velocity", "sutton_barto_reward", "is_rainy", "fickle_passenger",
    )  # fmt: skip
    # Of Gymnasium's own environments, those that start no code, open no file and cost no memory: of a map of 500 × 500
    # FrozenLake's desc makes half a gigabyte.
    inline: tuple[Inline, ...] = ()
    allowed_origins: tuple[Text, ...] = ()
    max_message_bytes: Size = 64 * 2**20
    max_sessions: Count = 4096
    max_envs_per_session: Count = 4096
    max_games: Count = 1024
    max_unacked_replies: Count = 64
    max_unacked_bytes: Size = 64 * 2**20
    make_deadline: Seconds = 30.0
    reset_deadline: Seconds = 30.0
    step_deadline: Seconds = 10.0
    render_deadline: Seconds = 10.0
    grace_time: SecondsOrNone = 30.0
    idle_time: Seconds = 600.0
    drain_time: SecondsOrNone = 30.0
    log_format: Format = "text"
    log_level: Level = "INFO"


class ConfigError(Exception):
    """A setting that cannot be. `str(error)` is one line that says where it came from and what was expected."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings and where each came from.

    Attributes:
        settings: The outcome.
        origins: By name of the setting: "default", a flag, a variable of the environment, or a file.
    """

    settings: Settings
    origins: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Given:
    """One value as somebody wrote it: `text` when numbers are still strings, `where` for the error message."""

    name: str
    value: Any
    origin: str
    where: str
    text: bool


def load(flags: Mapping[str, Any], environ: Mapping[str, str], config: Path | None = None) -> Loaded:
    """Read the settings: flag over environment over file over default.

    Args:
        flags: By name of the setting: a string, a list of strings, a bool, or None for a flag that was not given.
        environ: `os.environ`, or the like.
        config: The TOML file that `--config` names. None for the one in STEPWIRE_CONFIG, else ./stepwire.toml if any.

    Raises:
        ConfigError: A value of the wrong kind or out of range, an unknown key in the file, or no such file.
    """
    given = [*_from_file(config, environ), *_from_environ(environ), *_from_flags(flags)]
    values = {item.name: _converted(item) for item in given}
    origins = dict.fromkeys(kinds(), "default") | {item.name: item.origin for item in given}
    return Loaded(Settings(**values), origins)


def kinds() -> dict[str, Any]:
    """By name of the setting, in order: what it may be, as `msgspec.convert` understands it."""
    return get_type_hints(Settings, include_extras=True)


def expected(kind: Any) -> str:
    """Say in words what a value of this kind is."""
    match get_origin(kind), get_args(kind):
        case (None, ()):
            return str(kind)
        case (origin, (element, *_)) if origin is tuple:
            return f"a list, each {expected(element)}"
        case (_, (_, Meta(description=str(words)))):
            return words
        case (_, (element, *_)):
            return expected(element)
    raise TypeError(f"no words for {kind}")  # a setting of a new kind: give it a Meta with a description


def is_list(kind: Any) -> bool:
    """Whether a setting takes several values."""
    return get_origin(kind) is tuple


def descriptions() -> dict[str, str]:
    """By name of the setting, in order: what the docstring of `Settings` says about it."""
    entries = re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", inspect.cleandoc(Settings.__doc__ or ""), re.MULTILINE)
    return {name: " ".join(words.split()) for name, words in entries}


def as_toml(loaded: Loaded) -> str:
    """Write settings as a file that `load` reads back, with a comment on each line that says where it came from."""
    values = {field.name: getattr(loaded.settings, field.name) for field in fields(Settings)}
    lines = {
        name: f"# {name} is not set" if value is None else f"{name} = {_toml(value)}" for name, value in values.items()
    }
    return "".join(f"{line}  # {loaded.origins[name]}\n" for name, line in lines.items())


def _toml(value: Any) -> str:
    """TOML writes strings, numbers, truth and lists of strings as JSON does, and infinity as Python does."""
    return str(value) if value == float("inf") else json.dumps(value, default=str, ensure_ascii=False)


def flag(name: str) -> str:
    """The command-line flag of a setting."""
    return "--" + name.replace("_", "-")


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _from_flags(flags: Mapping[str, Any]) -> Iterator[_Given]:
    for name, value in flags.items():
        if value is not None:
            several = [part for part in value if part] if isinstance(value, list) else value  # "" alone: none of them
            yield _Given(name, several, flag(name), flag(name), text=True)


def _from_environ(environ: Mapping[str, str]) -> Iterator[_Given]:
    for name, kind in kinds().items():
        value = environ.get(variable(name))
        if value is not None:
            several = _split(value) if is_list(kind) else value
            yield _Given(name, several, variable(name), variable(name), text=True)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _from_file(config: Path | None, environ: Mapping[str, str]) -> Iterator[_Given]:
    file = config or _file_of(environ)
    if file is None:
        return
    for name, value in _read(file).items():
        if name not in kinds():
            raise ConfigError(f"{file}: there is no setting {name!r}.{_nearest(name)}")
        yield _Given(name, value, str(file), f"{file}: {name}", text=False)


def _file_of(environ: Mapping[str, str]) -> Path | None:
    """The file that STEPWIRE_CONFIG names must exist; the usual one need not."""
    named = environ.get("STEPWIRE_CONFIG")
    if named:
        return Path(named)
    return Path(USUAL_FILE) if Path(USUAL_FILE).exists() else None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}.") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise ConfigError(f"{file}: is not TOML: {error}.") from error


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, kinds(), 1)
    return f" Did you mean {near[0]!r}?" if near else " docs/settings.md lists them all."


def _converted(given: _Given) -> Any:
    kind = kinds()[given.name]
    value = None if given.value == "" and type(None) in get_args(kind) else given.value
    try:
        return msgspec.convert(value, kind, strict=not given.text, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{given.where} is {given.value!r}, expected {expected(kind)}.") from error


def _path(kind: type[Path], value: Any) -> Path:
    """What msgspec does not know by itself. A TypeError of Path's becomes a ValidationError."""
    return kind(value).expanduser()
