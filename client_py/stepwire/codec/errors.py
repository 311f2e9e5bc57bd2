"""The one error of the codec: what cannot be written, or was not written by a codec of this contract."""


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


MAX_DEPTH = 32
"""How deep values and spaces may nest. Each level takes two messages and protobuf's own readers stop at 100."""


def check_depth(depth: int) -> None:
    """Refuses what lies deeper than `MAX_DEPTH` containers.

    Raises:
        TooDeepError: when it does.
    """
    if depth > MAX_DEPTH:
        raise TooDeepError(f"nested deeper than {MAX_DEPTH} levels")
