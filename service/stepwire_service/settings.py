"""Every setting of the server, with its default: the only place that has any.

A setting is a flag over `STEPWIRE_*` over a TOML file over the default here. The dataclass is plain and frozen; who
reads flags, environment and file is `load`.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server does, limits and all. Times are in seconds, sizes in bytes.

    Attributes:
        address: Where gRPC listens: host:port or unix:path. Port 0 picks a free one.
        games_address: Where games dial in with WebSockets.
        web_address: Where play pages, /healthz and /status are served; "" for nowhere.
        token_file: File with the tokens that open the server, one a line; None for no tokens.
        insecure: Listen beyond loopback without tokens all the same.
        games: Games to start on this machine, each "NAME_OR_PATH=INSTANCES": a bundled example or a JavaScript module.
        dial_games: WebSocket URLs of games that listen instead of dialling in.
        wemi_file: TOML file that declares WemiEnv games: names, spaces, reset actions.
        wemi_default: The WemiEnv game meant by a connection to "/" without subprotocol; "" refuses those.
        gym_allow: Patterns (fnmatch) of Gymnasium ids that may be opened.
        gym_kwargs: Names of keyword arguments that a client may pass to an environment's constructor.
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

    address: str = "127.0.0.1:50051"
    games_address: str = "127.0.0.1:7891"
    web_address: str = "127.0.0.1:8080"
    token_file: Path | None = None
    insecure: bool = False
    games: tuple[str, ...] = ()
    dial_games: tuple[str, ...] = ()
    wemi_file: Path | None = None
    wemi_default: str = ""
    gym_allow: tuple[str, ...] = ("*",)
    gym_kwargs: tuple[str, ...] = (
        "map_name", "is_slippery", "natural", "sab", "continuous", "gravity", "enable_wind", "wind_power",
        "turbulence_power", "hardcore", "lap_complete_percent", "domain_randomize", "max_episode_steps", "g",
        "goal_velocity", "sutton_barto_reward", "is_rainy", "fickle_passenger", "desc",
    )  # fmt: skip  # of Gymnasium's own environments, those that start no code and open no file
    allowed_origins: tuple[str, ...] = ()
    max_message_bytes: int = 64 * 2**20
    max_sessions: int = 4096
    max_envs_per_session: int = 4096
    max_games: int = 1024
    max_unacked_replies: int = 64
    max_unacked_bytes: int = 64 * 2**20
    make_deadline: float = 30.0
    reset_deadline: float = 30.0
    step_deadline: float = 10.0
    render_deadline: float = 10.0
    grace_time: float = 30.0
    idle_time: float = 600.0
    drain_time: float = 30.0
    log_format: str = "text"
    log_level: str = "INFO"
