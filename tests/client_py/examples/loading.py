"""The example trainers as modules: they are programs, and in no package."""

import importlib.util
from types import ModuleType

from stepwire_service import assets


def loaded(name: str) -> ModuleType:
    """The example of that name, not yet run."""
    spec = importlib.util.spec_from_file_location(name, assets.path(f"client_py/examples/{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
