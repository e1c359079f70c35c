"""From the API description to the generated package: parse, render, format, then replace or compare."""

from __future__ import annotations

import contextlib
import difflib
import importlib.metadata
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from . import docstrings, naming
from .python_types import is_map
from .rules import check_rules
from .spec import Spec, SpecError, pointer_to, without_nulls
from .views import Views

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "openapi" / "htc.yaml"
OUTPUT = ROOT / "generated"
PACKAGE = "rescalehtc_generated"
TEMPLATES = Path(__file__).resolve().parent / "templates"


def build(spec: Path = SPEC, output: Path = OUTPUT) -> int:
    """Generate, and replace the old package only when all of it succeeded. Gives the number of files."""
    with generated(spec) as fresh:
        target = output / PACKAGE
        output.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".staged-", dir=output))
        try:
            shutil.copytree(fresh, staged / "new")
            if target.exists():
                target.rename(staged / "old")
            (staged / "new").rename(target)
        except BaseException:
            if not target.exists() and (staged / "old").exists():
                (staged / "old").rename(target)
            raise
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        return len(_files(fresh))


def check(spec: Path = SPEC, output: Path = OUTPUT) -> str:
    """The difference between what is there and what the description gives; empty where there is none."""
    with generated(spec) as fresh:
        wanted, present = _files(fresh), _files(output / PACKAGE)
    difference: list[str] = []
    for name in sorted(wanted.keys() | present.keys()):
        old, new = present.get(name), wanted.get(name)
        if old != new:
            label = f"{output.name}/{PACKAGE}/{name}"
            difference += difflib.unified_diff(
                (old or "").splitlines(keepends=True),
                (new or "").splitlines(keepends=True),
                label if old is not None else f"{label} (missing)",
                f"{label} (as the description gives it)" if new is not None else f"{label} (to be removed)",
                n=2,
            )
    return "".join(difference)


@contextlib.contextmanager
def generated(path: Path) -> Iterator[Path]:
    """A freshly generated package in a temporary folder."""
    _check_versions()
    views = read(path)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / PACKAGE
        _render(views, package)
        _format(package)
        yield package


def read(path: Path = SPEC) -> Views:
    """The classes, routes and functions that a description gives.

    Raises:
        SpecError: It cannot be turned into code without loss.
    """
    spec = Spec(path)
    check_rules(spec)
    document = _with_module_names(without_nulls(spec.document))
    data = GeneratorData.from_dict(document, config=_config(spec, Path(PACKAGE)))
    if isinstance(data, GeneratorError):
        raise _refusal(spec, [data])
    # An object without fields of its own is a plain dictionary in Python, not a class.
    data.models = [model for model in data.models if not is_map(model)]
    return Views(spec, data)


def _config(spec: Spec, package: Path) -> Config:
    classes = spec.document.get("components", {}).get("schemas", {})
    return Config.from_sources(
        ConfigFile(
            class_overrides={name: ClassOverride(module_name=naming.module_name(name)) for name in classes},
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
    project.env.globals.update(
        views=views,
        literal=json.dumps,
        is_page=naming.is_page,
        docstring=docstrings.docstring,
        route_docstring=docstrings.route_docstring,
        function_docstring=docstrings.function_docstring,
        streaming_docstring=docstrings.streaming_docstring,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        problems = project.build()
    if problems:
        raise _refusal(spec, list(problems))
    functions = project.env.get_template("functions.py.jinja")
    for name, asynchronous in (("functions.py", False), ("async_functions.py", True)):
        (package / name).write_text(functions.render(asynchronous=asynchronous), encoding="utf-8")
    for name in ("gc_pause.py", "json_codec.py", "live_json.py", "reading.py", "timestamps.py"):
        (package / name).write_text(project.env.get_template(f"{name}.jinja").render(), encoding="utf-8")
    (package / "py.typed").write_text("")
    description = json.dumps(spec.document, ensure_ascii=False, indent=1)
    (package / "openapi.json").write_text(description + "\n", encoding="utf-8")


def _with_module_names(document: dict[str, object]) -> dict[str, object]:
    # openapi-python-client names an endpoint's module after its operationId, by its own rule; a name that
    # ours has already made passes through it unchanged.
    for item in document["paths"].values():  # type: ignore[attr-defined]
        for operation in item.values():
            if isinstance(operation, dict) and "operationId" in operation:
                operation["operationId"] = naming.module_name(operation["operationId"])
    return document


def _refusal(spec: Spec, problems: list[GeneratorError]) -> SpecError:
    # Even a warning is refused: openapi-python-client warns when it leaves a route out.
    lines = [f"{problem.header} {problem.detail or ''}".strip() for problem in problems]
    route = re.search(r"parsing ([A-Z]+) (/\S*)", lines[0])
    schema = re.search(r"(/components/schemas/\w+)", lines[0])
    pointer = pointer_to("paths", route[2], route[1].lower()) if route else f"#{schema[1]}" if schema else "#/"
    return spec.error(
        pointer,
        "openapi-python-client cannot turn this into code:\n    "
        + "\n    ".join(re.sub(r"<[\w.]+ object at 0x\w+>", "…", line) for line in lines)
        + "\n  ",
        "Describe the named route or schema otherwise.",
    )


def _format(package: Path) -> None:
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet", str(package)]
    for arguments in (["check", "--fix", "--select", "I,F401"], ["format"]):
        command = [sys.executable, "-m", "ruff", *arguments, *settings]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise SpecError(
                f"ruff refuses the generated code:\n{run.stdout}{run.stderr}",
                "This is a fault of generator/templates: mend the template.",
            )


def _check_versions() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["dev"]
    for pin in groups:
        name, _, version = pin.partition("==")
        if version and name in ("openapi-python-client", "ruff") and importlib.metadata.version(name) != version:
            raise SpecError(
                f"{name} {importlib.metadata.version(name)} is installed, pyproject.toml pins {version}",
                "Run `make setup`.",
            )


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
