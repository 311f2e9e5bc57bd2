from google.protobuf import duration_pb2 as _duration_pb2
from google.rpc import status_pb2 as _status_pb2
from stepwire.v1 import space_pb2 as _space_pb2
from stepwire.v1 import value_pb2 as _value_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AutoresetMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUTORESET_MODE_UNSPECIFIED: _ClassVar[AutoresetMode]
    AUTORESET_MODE_NEXT_STEP: _ClassVar[AutoresetMode]
    AUTORESET_MODE_SAME_STEP: _ClassVar[AutoresetMode]
    AUTORESET_MODE_DISABLED: _ClassVar[AutoresetMode]
AUTORESET_MODE_UNSPECIFIED: AutoresetMode
AUTORESET_MODE_NEXT_STEP: AutoresetMode
AUTORESET_MODE_SAME_STEP: AutoresetMode
AUTORESET_MODE_DISABLED: AutoresetMode

class SessionCall(_message.Message):
    __slots__ = ("session_id", "resume_key", "number", "acked")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUME_KEY_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    ACKED_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    resume_key: bytes
    number: int
    acked: int
    def __init__(self, session_id: _Optional[str] = ..., resume_key: _Optional[bytes] = ..., number: _Optional[int] = ..., acked: _Optional[int] = ...) -> None: ...

class ListEnvsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListEnvsResponse(_message.Message):
    __slots__ = ("envs",)
    ENVS_FIELD_NUMBER: _ClassVar[int]
    envs: _containers.RepeatedCompositeFieldContainer[EnvDescription]
    def __init__(self, envs: _Optional[_Iterable[_Union[EnvDescription, _Mapping]]] = ...) -> None: ...

class EnvDescription(_message.Message):
    __slots__ = ("env_id", "description", "instances", "free", "hosts")
    ENV_ID_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    INSTANCES_FIELD_NUMBER: _ClassVar[int]
    FREE_FIELD_NUMBER: _ClassVar[int]
    HOSTS_FIELD_NUMBER: _ClassVar[int]
    env_id: str
    description: str
    instances: int
    free: int
    hosts: _containers.RepeatedCompositeFieldContainer[HostStatus]
    def __init__(self, env_id: _Optional[str] = ..., description: _Optional[str] = ..., instances: _Optional[int] = ..., free: _Optional[int] = ..., hosts: _Optional[_Iterable[_Union[HostStatus, _Mapping]]] = ...) -> None: ...

class HostStatus(_message.Message):
    __slots__ = ("pid", "instances", "restarts", "rss_mb", "steps", "episodes", "faults", "uptime")
    PID_FIELD_NUMBER: _ClassVar[int]
    INSTANCES_FIELD_NUMBER: _ClassVar[int]
    RESTARTS_FIELD_NUMBER: _ClassVar[int]
    RSS_MB_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    EPISODES_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    UPTIME_FIELD_NUMBER: _ClassVar[int]
    pid: int
    instances: int
    restarts: int
    rss_mb: int
    steps: int
    episodes: int
    faults: int
    uptime: int
    def __init__(self, pid: _Optional[int] = ..., instances: _Optional[int] = ..., restarts: _Optional[int] = ..., rss_mb: _Optional[int] = ..., steps: _Optional[int] = ..., episodes: _Optional[int] = ..., faults: _Optional[int] = ..., uptime: _Optional[int] = ...) -> None: ...

class GetServerInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetServerInfoResponse(_message.Message):
    __slots__ = ("version", "contract_version", "capabilities", "limits", "load", "endpoints")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CONTRACT_VERSION_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    ENDPOINTS_FIELD_NUMBER: _ClassVar[int]
    version: str
    contract_version: int
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    limits: Limits
    load: Load
    endpoints: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, version: _Optional[str] = ..., contract_version: _Optional[int] = ..., capabilities: _Optional[_Iterable[str]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., load: _Optional[_Union[Load, _Mapping]] = ..., endpoints: _Optional[_Iterable[str]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("max_message_bytes", "max_sessions", "max_envs_per_session", "max_unacked_replies", "max_unacked_bytes", "idle_time", "grace_time", "make_deadline", "reset_deadline", "step_deadline", "render_deadline")
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_SESSIONS_FIELD_NUMBER: _ClassVar[int]
    MAX_ENVS_PER_SESSION_FIELD_NUMBER: _ClassVar[int]
    MAX_UNACKED_REPLIES_FIELD_NUMBER: _ClassVar[int]
    MAX_UNACKED_BYTES_FIELD_NUMBER: _ClassVar[int]
    IDLE_TIME_FIELD_NUMBER: _ClassVar[int]
    GRACE_TIME_FIELD_NUMBER: _ClassVar[int]
    MAKE_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    RESET_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    STEP_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    RENDER_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    max_message_bytes: int
    max_sessions: int
    max_envs_per_session: int
    max_unacked_replies: int
    max_unacked_bytes: int
    idle_time: _duration_pb2.Duration
    grace_time: _duration_pb2.Duration
    make_deadline: _duration_pb2.Duration
    reset_deadline: _duration_pb2.Duration
    step_deadline: _duration_pb2.Duration
    render_deadline: _duration_pb2.Duration
    def __init__(self, max_message_bytes: _Optional[int] = ..., max_sessions: _Optional[int] = ..., max_envs_per_session: _Optional[int] = ..., max_unacked_replies: _Optional[int] = ..., max_unacked_bytes: _Optional[int] = ..., idle_time: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., grace_time: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., make_deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., reset_deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., step_deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., render_deadline: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Load(_message.Message):
    __slots__ = ("sessions", "envs", "games", "draining")
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    ENVS_FIELD_NUMBER: _ClassVar[int]
    GAMES_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    sessions: int
    envs: int
    games: int
    draining: bool
    def __init__(self, sessions: _Optional[int] = ..., envs: _Optional[int] = ..., games: _Optional[int] = ..., draining: bool = ...) -> None: ...

class MakeRequest(_message.Message):
    __slots__ = ("env_id", "kwargs", "num_envs", "autoreset_mode", "render_mode", "make_key", "deadlines", "truncate_on_game_gone", "batch_size")
    ENV_ID_FIELD_NUMBER: _ClassVar[int]
    KWARGS_FIELD_NUMBER: _ClassVar[int]
    NUM_ENVS_FIELD_NUMBER: _ClassVar[int]
    AUTORESET_MODE_FIELD_NUMBER: _ClassVar[int]
    RENDER_MODE_FIELD_NUMBER: _ClassVar[int]
    MAKE_KEY_FIELD_NUMBER: _ClassVar[int]
    DEADLINES_FIELD_NUMBER: _ClassVar[int]
    TRUNCATE_ON_GAME_GONE_FIELD_NUMBER: _ClassVar[int]
    BATCH_SIZE_FIELD_NUMBER: _ClassVar[int]
    env_id: str
    kwargs: _value_pb2.Value.Map
    num_envs: int
    autoreset_mode: AutoresetMode
    render_mode: str
    make_key: bytes
    deadlines: Deadlines
    truncate_on_game_gone: bool
    batch_size: int
    def __init__(self, env_id: _Optional[str] = ..., kwargs: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ..., num_envs: _Optional[int] = ..., autoreset_mode: _Optional[_Union[AutoresetMode, str]] = ..., render_mode: _Optional[str] = ..., make_key: _Optional[bytes] = ..., deadlines: _Optional[_Union[Deadlines, _Mapping]] = ..., truncate_on_game_gone: bool = ..., batch_size: _Optional[int] = ...) -> None: ...

class Deadlines(_message.Message):
    __slots__ = ("make", "reset", "step", "render")
    MAKE_FIELD_NUMBER: _ClassVar[int]
    RESET_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    RENDER_FIELD_NUMBER: _ClassVar[int]
    make: _duration_pb2.Duration
    reset: _duration_pb2.Duration
    step: _duration_pb2.Duration
    render: _duration_pb2.Duration
    def __init__(self, make: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., reset: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., step: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., render: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class MakeResponse(_message.Message):
    __slots__ = ("session_id", "resume_key", "endpoint", "spaces")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUME_KEY_FIELD_NUMBER: _ClassVar[int]
    ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    SPACES_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    resume_key: bytes
    endpoint: str
    spaces: SpacesResponse
    def __init__(self, session_id: _Optional[str] = ..., resume_key: _Optional[bytes] = ..., endpoint: _Optional[str] = ..., spaces: _Optional[_Union[SpacesResponse, _Mapping]] = ...) -> None: ...

class SpacesRequest(_message.Message):
    __slots__ = ("call", "env_id", "kwargs")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ENV_ID_FIELD_NUMBER: _ClassVar[int]
    KWARGS_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    env_id: str
    kwargs: _value_pb2.Value.Map
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ..., env_id: _Optional[str] = ..., kwargs: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ...) -> None: ...

class SpacesResponse(_message.Message):
    __slots__ = ("observation_space", "action_space", "metadata", "num_envs", "autoreset_mode", "render_mode", "batch_size")
    OBSERVATION_SPACE_FIELD_NUMBER: _ClassVar[int]
    ACTION_SPACE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    NUM_ENVS_FIELD_NUMBER: _ClassVar[int]
    AUTORESET_MODE_FIELD_NUMBER: _ClassVar[int]
    RENDER_MODE_FIELD_NUMBER: _ClassVar[int]
    BATCH_SIZE_FIELD_NUMBER: _ClassVar[int]
    observation_space: _space_pb2.Space
    action_space: _space_pb2.Space
    metadata: _value_pb2.Value.Map
    num_envs: int
    autoreset_mode: AutoresetMode
    render_mode: str
    batch_size: int
    def __init__(self, observation_space: _Optional[_Union[_space_pb2.Space, _Mapping]] = ..., action_space: _Optional[_Union[_space_pb2.Space, _Mapping]] = ..., metadata: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ..., num_envs: _Optional[int] = ..., autoreset_mode: _Optional[_Union[AutoresetMode, str]] = ..., render_mode: _Optional[str] = ..., batch_size: _Optional[int] = ...) -> None: ...

class ResetRequest(_message.Message):
    __slots__ = ("call", "seeds", "options", "mask")
    CALL_FIELD_NUMBER: _ClassVar[int]
    SEEDS_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    MASK_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    seeds: _containers.RepeatedCompositeFieldContainer[Seed]
    options: _value_pb2.Value.Map
    mask: _value_pb2.Tensor
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ..., seeds: _Optional[_Iterable[_Union[Seed, _Mapping]]] = ..., options: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ..., mask: _Optional[_Union[_value_pb2.Tensor, _Mapping]] = ...) -> None: ...

class Seed(_message.Message):
    __slots__ = ("value",)
    VALUE_FIELD_NUMBER: _ClassVar[int]
    value: int
    def __init__(self, value: _Optional[int] = ...) -> None: ...

class ResetResponse(_message.Message):
    __slots__ = ("observation", "info")
    OBSERVATION_FIELD_NUMBER: _ClassVar[int]
    INFO_FIELD_NUMBER: _ClassVar[int]
    observation: _value_pb2.Value
    info: _value_pb2.Value.Map
    def __init__(self, observation: _Optional[_Union[_value_pb2.Value, _Mapping]] = ..., info: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ...) -> None: ...

class StepRequest(_message.Message):
    __slots__ = ("call", "action")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    action: _value_pb2.Value
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ..., action: _Optional[_Union[_value_pb2.Value, _Mapping]] = ...) -> None: ...

class StepResponse(_message.Message):
    __slots__ = ("observation", "reward", "terminated", "truncated", "info", "rewards", "terminations", "truncations")
    OBSERVATION_FIELD_NUMBER: _ClassVar[int]
    REWARD_FIELD_NUMBER: _ClassVar[int]
    TERMINATED_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    INFO_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    TERMINATIONS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATIONS_FIELD_NUMBER: _ClassVar[int]
    observation: _value_pb2.Value
    reward: _value_pb2.Value
    terminated: bool
    truncated: bool
    info: _value_pb2.Value.Map
    rewards: bytes
    terminations: bytes
    truncations: bytes
    def __init__(self, observation: _Optional[_Union[_value_pb2.Value, _Mapping]] = ..., reward: _Optional[_Union[_value_pb2.Value, _Mapping]] = ..., terminated: bool = ..., truncated: bool = ..., info: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ..., rewards: _Optional[bytes] = ..., terminations: _Optional[bytes] = ..., truncations: _Optional[bytes] = ...) -> None: ...

class SendRequest(_message.Message):
    __slots__ = ("call", "action", "env_ids")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    ENV_IDS_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    action: _value_pb2.Value
    env_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ..., action: _Optional[_Union[_value_pb2.Value, _Mapping]] = ..., env_ids: _Optional[_Iterable[int]] = ...) -> None: ...

class SendResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RecvRequest(_message.Message):
    __slots__ = ("call",)
    CALL_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ...) -> None: ...

class RecvResponse(_message.Message):
    __slots__ = ("observation", "rewards", "terminations", "truncations", "info", "env_ids")
    OBSERVATION_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    TERMINATIONS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATIONS_FIELD_NUMBER: _ClassVar[int]
    INFO_FIELD_NUMBER: _ClassVar[int]
    ENV_IDS_FIELD_NUMBER: _ClassVar[int]
    observation: _value_pb2.Value
    rewards: bytes
    terminations: bytes
    truncations: bytes
    info: _value_pb2.Value.Map
    env_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, observation: _Optional[_Union[_value_pb2.Value, _Mapping]] = ..., rewards: _Optional[bytes] = ..., terminations: _Optional[bytes] = ..., truncations: _Optional[bytes] = ..., info: _Optional[_Union[_value_pb2.Value.Map, _Mapping]] = ..., env_ids: _Optional[_Iterable[int]] = ...) -> None: ...

class RenderRequest(_message.Message):
    __slots__ = ("call", "encoding")
    CALL_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    encoding: _value_pb2.Encoding
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ..., encoding: _Optional[_Union[_value_pb2.Encoding, str]] = ...) -> None: ...

class RenderResponse(_message.Message):
    __slots__ = ("frame",)
    FRAME_FIELD_NUMBER: _ClassVar[int]
    frame: _value_pb2.Value
    def __init__(self, frame: _Optional[_Union[_value_pb2.Value, _Mapping]] = ...) -> None: ...

class CloseRequest(_message.Message):
    __slots__ = ("call",)
    CALL_FIELD_NUMBER: _ClassVar[int]
    call: SessionCall
    def __init__(self, call: _Optional[_Union[SessionCall, _Mapping]] = ...) -> None: ...

class CloseResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AttachRequest(_message.Message):
    __slots__ = ("session_id", "resume_key")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUME_KEY_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    resume_key: bytes
    def __init__(self, session_id: _Optional[str] = ..., resume_key: _Optional[bytes] = ...) -> None: ...

class AttachResponse(_message.Message):
    __slots__ = ("next_number",)
    NEXT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    next_number: int
    def __init__(self, next_number: _Optional[int] = ...) -> None: ...

class StepStreamRequest(_message.Message):
    __slots__ = ("number", "acked", "step", "reset", "make", "attach", "spaces", "render", "close", "send", "recv")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    ACKED_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    RESET_FIELD_NUMBER: _ClassVar[int]
    MAKE_FIELD_NUMBER: _ClassVar[int]
    ATTACH_FIELD_NUMBER: _ClassVar[int]
    SPACES_FIELD_NUMBER: _ClassVar[int]
    RENDER_FIELD_NUMBER: _ClassVar[int]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    SEND_FIELD_NUMBER: _ClassVar[int]
    RECV_FIELD_NUMBER: _ClassVar[int]
    number: int
    acked: int
    step: StepRequest
    reset: ResetRequest
    make: MakeRequest
    attach: AttachRequest
    spaces: SpacesRequest
    render: RenderRequest
    close: CloseRequest
    send: SendRequest
    recv: RecvRequest
    def __init__(self, number: _Optional[int] = ..., acked: _Optional[int] = ..., step: _Optional[_Union[StepRequest, _Mapping]] = ..., reset: _Optional[_Union[ResetRequest, _Mapping]] = ..., make: _Optional[_Union[MakeRequest, _Mapping]] = ..., attach: _Optional[_Union[AttachRequest, _Mapping]] = ..., spaces: _Optional[_Union[SpacesRequest, _Mapping]] = ..., render: _Optional[_Union[RenderRequest, _Mapping]] = ..., close: _Optional[_Union[CloseRequest, _Mapping]] = ..., send: _Optional[_Union[SendRequest, _Mapping]] = ..., recv: _Optional[_Union[RecvRequest, _Mapping]] = ...) -> None: ...

class StepStreamResponse(_message.Message):
    __slots__ = ("number", "step", "reset", "make", "attach", "spaces", "render", "close", "send", "recv", "error", "draining")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    RESET_FIELD_NUMBER: _ClassVar[int]
    MAKE_FIELD_NUMBER: _ClassVar[int]
    ATTACH_FIELD_NUMBER: _ClassVar[int]
    SPACES_FIELD_NUMBER: _ClassVar[int]
    RENDER_FIELD_NUMBER: _ClassVar[int]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    SEND_FIELD_NUMBER: _ClassVar[int]
    RECV_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    number: int
    step: StepResponse
    reset: ResetResponse
    make: MakeResponse
    attach: AttachResponse
    spaces: SpacesResponse
    render: RenderResponse
    close: CloseResponse
    send: SendResponse
    recv: RecvResponse
    error: _status_pb2.Status
    draining: _duration_pb2.Duration
    def __init__(self, number: _Optional[int] = ..., step: _Optional[_Union[StepResponse, _Mapping]] = ..., reset: _Optional[_Union[ResetResponse, _Mapping]] = ..., make: _Optional[_Union[MakeResponse, _Mapping]] = ..., attach: _Optional[_Union[AttachResponse, _Mapping]] = ..., spaces: _Optional[_Union[SpacesResponse, _Mapping]] = ..., render: _Optional[_Union[RenderResponse, _Mapping]] = ..., close: _Optional[_Union[CloseResponse, _Mapping]] = ..., send: _Optional[_Union[SendResponse, _Mapping]] = ..., recv: _Optional[_Union[RecvResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., draining: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...
