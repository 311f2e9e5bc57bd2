"""Several engines of UnityRemote, on ports one after the other. Knows nothing of how one is asked."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from stepwire_bridge.compat.unityremote.remote_env import Fields, RemoteEnv


class EnvironmentManager:
    """Several engines, on ports one after the other.

    Args:
        size: How many.
        host: Where they are.
        start_input_port, step_input_port: Where we listen for the first, and from one to the next.
        start_output_port, step_output_port: Where they listen.
        wrapper: Called for each, with nothing, then `configure` and `make` of what it gives; RemoteEnv when None.
    """

    def __init__(
        self,
        size: int = 1,
        host: str = "127.0.0.1",
        start_input_port: int = 8080,
        step_input_port: int = 1,
        start_output_port: int = 7070,
        step_output_port: int = 1,
        wrapper: Callable[[], Any] | None = None,
    ) -> None:
        self._host, self._wrapper = host, wrapper or RemoteEnv
        self._first, self._steps = (start_input_port, start_output_port), (step_input_port, step_output_port)
        self.environments: list[Any] = []
        for _ in range(size):
            self._add()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.environments)

    def open(self, i: int, timeout: float = 0.01) -> None:
        """Listen to one of them; see `RemoteEnv.open`."""
        self.environments[i].open(timeout)

    def openAll(self, timeout: float = 0.01) -> None:  # noqa: N802
        """Listen to all of them."""
        for i in range(self.size):
            self.open(i, timeout)

    def open_receive(self, i: int) -> None:
        """The same as `open`."""
        self.environments[i].open_receive()

    def send(self, i: int, cmdname: str, args: Sequence[Any] = ()) -> Fields:
        """See `RemoteEnv.send`."""
        fields: Fields = self.environments[i].send(cmdname, args)
        return fields

    def step(self, i: int, action: str, value: Any = None) -> Fields:
        """See `RemoteEnv.step`."""
        fields: Fields = self.environments[i].step(action, value)
        return fields

    def closeAll(self) -> None:  # noqa: N802
        """Close them all."""
        for environment in self.environments:
            environment.close()

    claseAll = closeAll  # noqa: N815 - as it was spelled

    def __getitem__(self, key: int) -> Any:
        return self.environments[key]

    def __len__(self) -> int:
        return self.size

    def _add(self) -> Any:
        ours, theirs = (first + self.size * step for first, step in zip(self._first, self._steps, strict=True))
        environment = self._wrapper()
        environment.configure(self._host, theirs, ours)
        environment.make()
        self.environments.append(environment)
        return environment


class InteractiveEnvironmentManager(EnvironmentManager):
    """The same, without any at first: `make` adds one. May be called from several threads."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        start_input_port: int = 8080,
        step_input_port: int = 1,
        start_output_port: int = 7070,
        step_output_port: int = 1,
        wrapper: Callable[[], Any] | None = None,
    ) -> None:
        self._making = threading.Lock()
        super().__init__(0, host, start_input_port, step_input_port, start_output_port, step_output_port, wrapper)

    def make(self) -> tuple[int, Any]:
        """Add one; gives its number and itself."""
        with self._making:
            environment = self._add()
            return self.size - 1, environment


IteractiveEnvironmentManager = InteractiveEnvironmentManager
"""As it was spelled."""
