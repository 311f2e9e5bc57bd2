"""Spaces as games write them in JSON, and as Gymnasium has them; the form is in docs/game-protocol.md.

Pure, and says of a space that cannot be read which field is wrong. Knows nothing of values in a space: those are
`membership`'s.
"""

import inspect
import math
import string
from collections.abc import Iterable
from typing import Annotated, Any, get_args

import gymnasium.spaces as gym_spaces
import msgspec
import numpy as np

MAX_ELEMENTS = 2**24
"""Elements of all arrays of a space: a stranger's space must not make us fill the memory with bounds."""

MAX_DEPTH = 32
"""How deep spaces may nest, as in the contract with trainers."""

DTYPES = (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
)  # fmt: skip

LETTERS_AND_DIGITS = string.ascii_letters + string.digits
"""Gymnasium's own default for the characters of a Text."""

# Gymnasium 1.1 keeps the order of a list of pairs; later ones sort the keys again when they batch, unless told not to.
_ORDERED: dict[str, Any] = (
    {"sort_keys": False} if "sort_keys" in inspect.signature(gym_spaces.Dict.__init__).parameters else {}
)

Axis = Annotated[int, msgspec.Meta(ge=0)]
Whole = Annotated[
    Any, msgspec.Meta(extra_json_schema={"type": ["integer", "array"]}, description="Whole number(s), maybe nested.")
]
Bound = Annotated[
    Any,
    msgspec.Meta(
        extra_json_schema={"type": ["number", "array", "object", "null"]},
        description="A number for every element, or nested lists of the shape; null is unbounded.",
    ),
]


class BadSpace(ValueError):
    """A space that cannot be read; the message says which field and why."""


class Form(msgspec.Struct, frozen=True, tag_field="type", omit_defaults=True):
    """Any space in JSON; its type is the class's name."""


class Box(Form, frozen=True):
    """Numbers between bounds."""

    shape: list[Axis]
    low: Bound = None
    high: Bound = None
    dtype: str = "float32"


class Discrete(Form, frozen=True):
    """The whole numbers from `start` to `start + n - 1`."""

    n: int
    start: int = 0
    dtype: str = "int64"


class MultiDiscrete(Form, frozen=True):
    """Several Discrete side by side."""

    nvec: Whole
    start: Whole = None
    dtype: str = "int64"


class MultiBinary(Form, frozen=True):
    """Zeros and ones, int8."""

    n: int | list[Axis]


class Text(Form, frozen=True):
    """A string of characters from `charset`."""

    max_length: int
    min_length: int = 1
    charset: str = LETTERS_AND_DIGITS


class Dict(Form, frozen=True):
    """Named spaces, in the order they are written."""

    spaces: dict[str, "AnyForm"]


class Tuple(Form, frozen=True):
    """Spaces one after the other."""

    spaces: list["AnyForm"]


class Sequence(Form, frozen=True):
    """Any number of values of one space; with `stack` as one batch of them."""

    space: "AnyForm"
    stack: bool = False


class Graph(Form, frozen=True):
    """Nodes, and edges where `edge_space` is given; both spaces are Box or Discrete."""

    node_space: "AnyForm"
    edge_space: "AnyForm | None" = None


class OneOf(Form, frozen=True):
    """A value of one of several spaces."""

    spaces: list["AnyForm"]


AnyForm = Box | Discrete | MultiDiscrete | MultiBinary | Text | Dict | Tuple | Sequence | Graph | OneOf

KINDS = tuple(kind.__name__ for kind in get_args(AnyForm))
"""What may stand as a space's `type`."""


def read(form: Any, field: str = "space") -> gym_spaces.Space[Any]:
    """The Gymnasium space that a game's JSON describes.

    Args:
        form: The JSON object; arrays and numbers that JSON cannot say have already been put in their place.
        field: Where it stood, for the error.

    Raises:
        BadSpace: A field is missing or of the wrong kind, or Gymnasium refuses the combination.
    """
    if isinstance(form, dict) and form.get("type") not in KINDS:
        raise BadSpace(f"{field}: there is no type {form.get('type')!r:.80} of a space; there are {', '.join(KINDS)}")
    try:
        known: AnyForm = msgspec.convert(form, AnyForm)
        _check_size(known)
        return _space(known)
    except (msgspec.ValidationError, ValueError, TypeError, AssertionError, OverflowError, RecursionError) as error:
        raise BadSpace(f"{field}: {error}") from error


def write(space: gym_spaces.Space[Any]) -> dict[str, Any]:
    """The JSON object that describes a Gymnasium space, which `read` turns into an equal one.

    Raises:
        BadSpace: A kind of space that games have no word for.
    """
    form: dict[str, Any] = msgspec.to_builtins(_form(space))
    return form


def _check_size(form: AnyForm) -> None:
    if (depth := _depth(form)) > MAX_DEPTH:
        raise BadSpace(f"it nests {depth} deep; the limit is {MAX_DEPTH}")
    if (size := _elements(form)) > MAX_ELEMENTS:
        raise BadSpace(f"its arrays have {size} elements; the limit is {MAX_ELEMENTS}")


def _depth(form: AnyForm) -> int:
    return max((1 + _depth(part) for part in _parts(form)), default=0)


def _elements(form: AnyForm) -> int:
    return _own_elements(form) + sum(map(_elements, _parts(form)))


def _own_elements(form: AnyForm) -> int:
    match form:
        case Box(shape=shape):
            return math.prod(shape)
        case MultiBinary(n=n):
            return n if isinstance(n, int) else math.prod(n)
        case _:
            return 0


def _parts(form: AnyForm) -> Iterable[AnyForm]:
    match form:
        case Dict(spaces=parts):
            return parts.values()
        case Tuple(spaces=parts) | OneOf(spaces=parts):
            return parts
        case Sequence(space=part):
            return (part,)
        case Graph(node_space=node, edge_space=edge):
            return (node,) if edge is None else (node, edge)
        case _:
            return ()


def _space(form: AnyForm) -> gym_spaces.Space[Any]:
    match form:
        case Box():
            return _box(form)
        case Discrete():
            return _discrete(form)
        case MultiDiscrete():
            return gym_spaces.MultiDiscrete(_whole(form.nvec), dtype=_integer(form.dtype), start=_whole(form.start))
        case MultiBinary():
            return gym_spaces.MultiBinary(form.n)
        case Text():
            return gym_spaces.Text(form.max_length, min_length=form.min_length, charset=form.charset)
        case Dict():
            return gym_spaces.Dict([(key, _space(part)) for key, part in form.spaces.items()], **_ORDERED)
        case Tuple():
            return gym_spaces.Tuple([_space(part) for part in form.spaces])
        case Sequence():
            return gym_spaces.Sequence(_space(form.space), stack=form.stack)
        case Graph():
            return _graph(form)
        case OneOf():
            return gym_spaces.OneOf([_space(part) for part in form.spaces])


def _discrete(form: Discrete) -> gym_spaces.Discrete:
    dtype = _integer(form.dtype)
    given = {} if np.dtype(dtype) == np.int64 else {"dtype": dtype}  # Gymnasium 1.1 has int64 only, and no argument
    return gym_spaces.Discrete(form.n, start=form.start, **given)


def _box(form: Box) -> gym_spaces.Box:
    dtype = _dtype(form.dtype)
    low, high = _bound(form.low, dtype, least=True), _bound(form.high, dtype, least=False)
    return gym_spaces.Box(low, high, shape=tuple(form.shape), dtype=dtype)


def _bound(bound: Any, dtype: Any, *, least: bool) -> Any:
    """The bound as Gymnasium takes it: a number, or an array. A whole-number Box is unbounded at its dtype's ends."""
    if isinstance(bound, (int, float)):
        return int(bound) if isinstance(bound, bool) else bound
    if bound is not None:
        return _bounds(np.asarray(bound), dtype)
    match np.dtype(dtype).kind:
        case "f":
            return -np.inf if least else np.inf
        case "b":
            return 0 if least else 1
        case _:
            limits = np.iinfo(dtype)
            return int(limits.min if least else limits.max)


def _bounds(array: Any, dtype: Any) -> Any:
    if array.dtype.kind not in "fiub":
        raise BadSpace(f"a bound is a number, or nested lists of numbers, not {array.tolist()!r:.80}")
    return array.astype(dtype) if np.dtype(dtype).kind == "f" else array


def _graph(form: Graph) -> gym_spaces.Graph:
    edge_space = None if form.edge_space is None else _space(form.edge_space)
    return gym_spaces.Graph(_space(form.node_space), edge_space)


def _whole(value: Any) -> Any:
    if value is None:
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "iu":
        raise BadSpace(f"nvec and start are whole numbers, not {value!r}")
    return array


def _dtype(name: str) -> Any:
    if name not in DTYPES:
        raise BadSpace(f"no such dtype: {name!r}; there are {', '.join(DTYPES)}")
    return np.dtype(name).type


def _integer(name: str) -> Any:
    dtype = _dtype(name)
    if np.dtype(dtype).kind not in "iu":
        raise BadSpace(f"dtype {name!r} is not one of whole numbers")
    return dtype


def _form(space: gym_spaces.Space[Any]) -> AnyForm:
    match space:
        case gym_spaces.Box():
            low, high = _written_bound(space.low), _written_bound(space.high)
            return Box(shape=list(space.shape), low=low, high=high, dtype=space.dtype.name)
        case gym_spaces.Discrete():
            return Discrete(n=int(space.n), start=int(space.start), dtype=np.dtype(space.dtype).name)
        case gym_spaces.MultiDiscrete():
            start = space.start.tolist() if space.start.any() else None
            return MultiDiscrete(nvec=space.nvec.tolist(), start=start, dtype=np.dtype(space.dtype).name)
        case gym_spaces.MultiBinary():
            return MultiBinary(n=space.n if isinstance(space.n, int) else list(space.shape))
        case gym_spaces.Text():
            return Text(space.max_length, min_length=space.min_length, charset="".join(space.character_list))
        case gym_spaces.Dict():
            return Dict({key: _form(part) for key, part in space.spaces.items()})
        case gym_spaces.Tuple():
            return Tuple([_form(part) for part in space.spaces])
        case gym_spaces.Sequence():
            return Sequence(_form(space.feature_space), stack=space.stack)
        case gym_spaces.Graph():
            return Graph(_form(space.node_space), None if space.edge_space is None else _form(space.edge_space))
        case gym_spaces.OneOf():
            return OneOf([_form(part) for part in space.spaces])
        case _:
            raise BadSpace(f"games have no word for a {type(space).__name__}")


def _written_bound(bound: Any) -> Any:
    """One number where all elements have the same bound; infinities as they are, for a dialect to write."""
    if not bound.size:
        return None  # nested lists cannot say the axes that follow an empty one
    if (bound == bound.flat[0]).all():
        return bound.flat[0].item()
    return bound.tolist()
