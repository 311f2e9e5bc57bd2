"""The one error of the codec: what cannot be written, or was not written by a codec of this contract."""

from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class CodecError(ValueError):
    """A value that the wire cannot carry, or a message that makes no value.

    Attributes:
        problem: What is wrong, in a clause without the place, for example ``"cannot carry a function"``.
        path: Where in the value, outermost step first, for example ``'["inventory"][3]'``. Empty at the root.
    """

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(problem, path)
        self.problem = problem
        self.path = path

    def prepend(self, step: str) -> None:
        """Puts one outer step before the path. Containers call it as the error passes through them."""
        self.path = step + self.path
        self.args = (self.problem, self.path)

    def __str__(self) -> str:
        return f"value{self.path}: {self.problem}" if self.path else self.problem


class TooDeepError(CodecError):
    """Nesting beyond the limit, as in a list that contains itself."""


def at(step: str, function: Callable[..., Result], *arguments: object) -> Result:
    """Calls a function for one part of a whole, so that its errors name the part."""
    try:
        return function(*arguments)
    except CodecError as error:
        error.prepend(step)
        raise
