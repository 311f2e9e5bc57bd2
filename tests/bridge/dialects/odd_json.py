"""JSON that no game would send, at random and the same each time."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

LEAVES = (None, True, False, 0, -1, 2.5, 10**30, 10**400, "", "a", "x" * 50, [], {}, [[]], {"type": []})


def odd(keys: Sequence[str], count: int, seed: int = 1) -> Iterator[Any]:
    """So many values, whose objects have some of these keys."""
    chance = random.Random(seed)

    def value(depth: int) -> Any:
        match chance.randrange(4) if depth else 3:
            case 0:
                return [value(depth - 1) for _ in range(chance.randrange(4))]
            case 1 | 2:
                return {key: value(depth - 1) for key in chance.sample(keys, chance.randrange(len(keys) + 1))}
            case _:
                return chance.choice(LEAVES)

    for _ in range(count):
        yield {key: value(3) for key in chance.sample(keys, chance.randrange(len(keys) + 1))}
