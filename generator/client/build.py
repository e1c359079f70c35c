"""From the API description to the generated package: read, render, format, prove, then replace or compare."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from . import docstrings, naming
from .output import difference, files_in, replace
from .proof import Fault, format_and_lint, prove
from .python_types import is_class, is_enum
from .routes import tag_of
from .rules import check_rules
from .spec import Spec, SpecError, pointer_to
from .versions import check_versions
from .views import Views

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "openapi" / "htc.yaml"
OUTPUT = ROOT / "generated"
PACKAGE = "rescalehtc_generated"
TEMPLATES = Path(__file__).resolve().parent / "templates"
# Modules that do not depend on the description, besides those that openapi-python-client knows.
_MODULES = (
    "answers",
    "bodies",
    "gc_pause",
    "json_codec",
    "live_json",
    "parameters",
    "reading",
    "timestamps",
    "variants",
)


class _Compiled(BytecodeCache):
    """Caches the templates that this process has compiled."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def build(spec: Path = SPEC, output: Path = OUTPUT) -> int:
    """Generate, and replace the old package only if all of that succeeded. Returns the number of files."""
    with generated(spec) as fresh:
        replace(fresh, output / PACKAGE)
        return files_in(fresh)


def check(spec: Path = SPEC, output: Path = OUTPUT) -> str:
    """The difference between the package and what the description says; empty if there is none."""
    with generated(spec) as fresh:
        return difference(fresh, output / PACKAGE)


@contextlib.contextmanager
def generated(path: Path) -> Iterator[Path]:
    """A freshly generated and proven package in a temporary folder.

    Raises:
        SpecError: The description cannot be turned into code, or the code has a fault.
    """
    check_versions()
    with _net(path):
        views = read(path)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder).resolve() / PACKAGE
        with _net(path):
            _render(views, package)
        _refuse(views, list(format_and_lint(package, ROOT / "pyproject.toml")))
        _refuse(views, list(prove(package)))
        yield package


@contextlib.contextmanager
def _net(path: Path) -> Iterator[None]:
    """Report unexpected errors as a bug in the generator, with the place in its code."""
    try:
        yield
    except (SpecError, OSError):
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"The generator fails on this description with {type(error).__name__}: {str(error)[:200]}"
        remedy = f"This is a bug in the generator ({Path(place.filename).name}:{place.lineno}): report it."
        raise SpecError(what, remedy, file=path) from error


def read(path: Path = SPEC) -> Views:
    """The classes, routes and functions of a description.

    Raises:
        SpecError: It cannot be turned into code without loss.
    """
    spec = Spec(path)
    check_rules(spec)
    data = GeneratorData.from_dict(_outline(spec), config=_config(spec, Path(PACKAGE)))
    if isinstance(data, GeneratorError):
        raise _refusal(spec, [data])
    return Views(spec, data)


def _outline(spec: Spec) -> dict[str, Any]:
    """What openapi-python-client has to know to lay out the package: the classes and the routes.

    We read types, parameters, bodies and responses ourselves: its parser omits what it does not understand, and
    renames what it thinks should have another name.
    """
    schemas = {
        name: {"type": "object", "properties": {}}
        if is_class(schema)
        else {
            "type": "integer" if any(isinstance(value, int) for value in schema["enum"]) else "string",
            "enum": [value for value in schema["enum"] if value is not None],
        }
        for name, schema in spec.schemas.items()
        if is_class(schema) or is_enum(schema)
    }
    paths: dict[str, Any] = {}
    for number, (method, _, _, operation) in enumerate(spec.operations()):
        paths[f"/{number}"] = {
            "get" if method == "trace" else method: {
                "operationId": naming.module_name(operation["operationId"]),
                "tags": [tag_of(operation)],
                "responses": {"200": {"description": ""}},
            }
        }
    return {
        "openapi": "3.0.3",
        "info": {"title": PACKAGE, "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _config(spec: Spec, package: Path) -> Config:
    return Config.from_sources(
        ConfigFile(
            class_overrides={name: ClassOverride(module_name=naming.module_name(name)) for name in spec.schemas},
            package_name_override=PACKAGE,
            post_hooks=[],
        ),
        MetaType.NONE,
        spec.path,
        "utf-8",
        overwrite=True,
        output_path=package,
    )


def _render(views: Views, package: Path) -> None:
    spec, data = views.spec, views.data
    project = Project(openapi=data, config=_config(spec, package), custom_template_path=TEMPLATES)
    project.env.bytecode_cache = _COMPILED
    project.env.globals.update(
        views=views,
        literal=partial(json.dumps, ensure_ascii=False),
        is_page=naming.is_page,
        docstring=docstrings.docstring,
        function_docstring=docstrings.function_docstring,
        streaming_docstring=docstrings.streaming_docstring,
        saving_docstring=docstrings.saving_docstring,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        problems = project.build()
    if problems:
        raise _refusal(spec, list(problems))
    functions = project.env.get_template("functions.py.jinja")
    for name, asynchronous in (("functions.py", False), ("async_functions.py", True)):
        (package / name).write_text(functions.render(asynchronous=asynchronous), encoding="utf-8")
    for name in _MODULES:
        text = project.env.get_template(f"{name}.py.jinja").render()
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    (package / "py.typed").write_text("")
    description = json.dumps(spec.document, ensure_ascii=False, indent=1)
    (package / "openapi.json").write_text(description + "\n", encoding="utf-8", newline="\n")


def _refusal(spec: Spec, problems: list[GeneratorError]) -> SpecError:
    # Even a warning is refused: openapi-python-client warns when it omits something.
    lines = [f"{problem.header} {problem.detail or ''}".strip() for problem in problems]
    return spec.error(
        "#/",
        "openapi-python-client cannot lay out the package:\n    " + "\n    ".join(lines),
        "Rename what the message names; if that does not help, the fault is in generator/client.",
    )


def _refuse(views: Views, faults: list[Fault]) -> None:
    if not faults:
        return
    fault = faults[0]
    raise views.spec.error(
        _pointer(views, fault.module),
        f"The generated module {fault.module or PACKAGE} has a fault: {fault.what}",
        "Rename what it comes from, or describe it in another way. If that does not help, fix the template in "
        "generator/client/templates.",
    )


def _pointer(views: Views, module: str) -> str:
    """The place that a generated module comes from."""
    folder, _, name = module.removesuffix(".py").rpartition("/")
    for route in views.routes:
        if folder == f"api/{route.tag}" and name == route.module:
            return route.pointer
    for schema in views.spec.schemas:
        if folder == "models" and name == naming.module_name(schema):
            return pointer_to("components", "schemas", schema)
    return "#/paths" if "functions" in name else "#/"
