"""The contract explains itself: whoever has only the .proto files knows what each part means."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUF = Path(sys.executable).with_name("buf")

# Numbers of fields in google/protobuf/descriptor.proto, which a comment's path is made of.
MESSAGES, ENUMS, SERVICES = 4, 5, 6
FIELDS, NESTED_MESSAGES, NESTED_ENUMS, ONEOFS = 2, 3, 4, 8
ENUM_VALUES, METHODS = 2, 2

Part = tuple[str, tuple[int, ...]]

pytestmark = pytest.mark.skipif(not BUF.exists(), reason="needs buf (pip install buf-bin)")


def test_every_part_of_the_contract_has_a_comment():
    bare = [f"{file['name']}: {name}" for file in files() for name in uncommented(file)]
    assert bare == []


def test_the_walk_sees_a_part_without_a_comment():
    file = {"messageType": [{"name": "Bare", "field": [{"name": "also_bare"}]}], "sourceCodeInfo": {"location": []}}
    assert list(uncommented(file)) == ["Bare", "Bare.also_bare"]


def test_the_walk_sees_every_kind_of_part():
    names = {name for file in files() for name, _ in parts(file)}
    assert {"EnvService.Step", "Value.Map.keys", "Value.kind", "DataType.DATA_TYPE_BOOL"} <= names


def files() -> list[dict]:
    """The contract's own files, described."""
    command = [BUF, "build", "protos", "-o", "-#format=json"]
    image = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [file for file in json.loads(image.stdout)["file"] if file["name"].startswith("stepwire/")]


def uncommented(file: dict) -> Iterator[str]:
    locations = file["sourceCodeInfo"]["location"]
    said = {tuple(place["path"]) for place in locations if "leadingComments" in place or "trailingComments" in place}
    for name, path in parts(file):
        if path not in said and not speaks_for_itself(name):
            yield name


def speaks_for_itself(name: str) -> bool:
    """Requests and responses are explained at their call; the rest of an enum's names, at the enum."""
    return name.endswith(("Request", "Response")) or ("." in name and name.rsplit(".", 1)[1].isupper())


def parts(file: dict) -> Iterator[Part]:
    for index, message in enumerate(file.get("messageType", [])):
        yield from parts_of_message(message, "", (MESSAGES, index))
    for index, enum in enumerate(file.get("enumType", [])):
        yield from parts_of_enum(enum, "", (ENUMS, index))
    for index, service in enumerate(file.get("service", [])):
        yield service["name"], (SERVICES, index)
        for number, method in enumerate(service["method"]):
            yield f"{service['name']}.{method['name']}", (SERVICES, index, METHODS, number)


def parts_of_message(message: dict, prefix: str, path: tuple[int, ...]) -> Iterator[Part]:
    name = prefix + message["name"]
    yield name, path
    for index, field in enumerate(message.get("field", [])):
        yield f"{name}.{field['name']}", (*path, FIELDS, index)
    for index, oneof in enumerate(message.get("oneofDecl", [])):
        if not oneof["name"].startswith("_"):  # the compiler's own, for an optional field
            yield f"{name}.{oneof['name']}", (*path, ONEOFS, index)
    for index, inner in enumerate(message.get("nestedType", [])):
        yield from parts_of_message(inner, f"{name}.", (*path, NESTED_MESSAGES, index))
    for index, inner in enumerate(message.get("enumType", [])):
        yield from parts_of_enum(inner, f"{name}.", (*path, NESTED_ENUMS, index))


def parts_of_enum(enum: dict, prefix: str, path: tuple[int, ...]) -> Iterator[Part]:
    name = prefix + enum["name"]
    yield name, path
    for index, value in enumerate(enum["value"]):
        yield f"{name}.{value['name']}", (*path, ENUM_VALUES, index)
