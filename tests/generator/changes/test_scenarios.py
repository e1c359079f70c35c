"""Changes as a service makes them, followed from the public description to an existing application."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.changes.compare import compare
from generator.changes.ledger import explain, read_ledger
from generator.changes.release import next_version, surface_changes
from generator.changes.report import as_text
from generator.changes.update import PUBLIC, instruction
from generator.client import naming
from generator.client.build import PACKAGE, ROOT, SPEC, build
from generator.client.naming import Deprecated
from generator.client.spec import Spec

PUBLIC_PATHS = json.loads(PUBLIC.read_text())["paths"]
HERE = Path(__file__).parent
Document = dict[str, Any]
REGIONS = "/htc/regions"
GROUPS = "/htc/projects/{projectId}/tasks/{taskId}/groups"
JOBS = "/htc/projects/{projectId}/tasks/{taskId}/jobs"
STORAGE = "/htc/storage/region/{region}"
_GONE = [path for path in (REGIONS, GROUPS, JOBS, STORAGE) if path not in PUBLIC_PATHS]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(_GONE), reason=f"the API no longer has {_GONE}: tell these scenarios with other routes"),
]


def schema(document: Document, name: str) -> Document:
    return document["components"]["schemas"][name]


def properties(document: Document, name: str) -> Document:
    return schema(document, name)["properties"]


def add_parameter(path: str, wire: str, *, required: bool = False) -> Callable[[Document], None]:
    node = {"name": wire, "in": "query", "required": required, "schema": {"type": "string"}}
    return lambda document: document["paths"][path]["get"]["parameters"].append({**node, "description": "Words."})


def add_route(document: Document) -> None:
    operation = copy.deepcopy(document["paths"]["/htc/projects/{projectId}"]["get"])
    operation["operationId"] = "getProjectScenario"
    document["paths"]["/htc/projects/{projectId}/scenario"] = {"get": operation}


def rename_groups(document: Document) -> None:
    document["paths"][GROUPS.replace("groups", "job-groups")] = document["paths"].pop(GROUPS)


@dataclass(frozen=True)
class Scenario:
    """A change and its consequences.

    Attributes:
        edit: What the service does to its description, and the maintainer to ours.
        seen: Lines that `compare` shows.
        to_do: What `make update` tells the maintainer to edit.
        version: The next version, 2.3.4 being the last.
        told: What pyright tells users of the old application; nothing if it still type-checks.
        deprecated: What the maintainer adds to the table of old names.
    """

    edit: Callable[[Document], object]
    seen: list[str]
    to_do: str
    version: str
    told: list[str] = field(default_factory=list[str])
    deprecated: dict[str, Deprecated] = field(default_factory=dict[str, Deprecated])


SCENARIOS = {
    "new_route": Scenario(
        add_route,
        [
            "Additive",
            "  GET /htc/projects/{projectId}/scenario",
            "    + New route",
            "        get_htc_projects_scenario()",
        ],
        "add #/paths/~1htc~1projects~1{projectId}~1scenario/get",
        "2.4.0",
    ),
    "new_optional_parameter": Scenario(
        add_parameter(JOBS, "shortName"),
        [
            "Additive",
            "    + New optional query parameter shortName",
            "        get_htc_projects_tasks_jobs(short_name=)",
        ],
        "add #/paths/~1htc~1projects~1{projectId}~1tasks~1{taskId}~1jobs/get/parameters/shortName",
        "2.4.0",
    ),
    "new_required_parameter": Scenario(
        add_parameter(REGIONS, "scenarioZone", required=True),
        ["Breaking", "    + New required query parameter scenarioZone", "        get_htc_regions(scenario_zone=)"],
        "add #/paths/~1htc~1regions/get/parameters/scenarioZone",
        "3.0.0",
        told=['No overloads for "get_htc_regions" match'],
    ),
    "new_field": Scenario(
        lambda d: properties(d, "HTCJob").update(exitSignal={"type": "integer", "description": "Words."}),
        ["Additive", "  HTCJob.exitSignal", "    + New field", "        HTCJob.exit_signal"],
        "add #/components/schemas/HTCJob/properties/exitSignal",
        "2.4.0",
    ),
    "new_enum_value": Scenario(
        lambda d: schema(d, "LifecycleStatus")["enum"].append("FROZEN"),
        ["Additive", "    + New value FROZEN", "        LifecycleStatus.FROZEN"],
        "add #/components/schemas/LifecycleStatus/enum/FROZEN",
        "2.4.0",
        # The application asked to be told, by matching all values.
        told=['Argument of type "Literal[LifecycleStatus.FROZEN]" cannot be assigned to parameter "arg"'],
    ),
    "field_becomes_nullable": Scenario(
        lambda d: properties(d, "HTCProject")["projectName"].update(nullable=True),
        ["Breaking", "    ~ HTCProject.projectName can now be null: false → true", "        HTCProject.project_name"],
        "change #/components/schemas/HTCProject/properties/projectName/nullable",
        "3.0.0",
        told=['"title" is not a known attribute of "None"'],
    ),
    "type_changed": Scenario(
        lambda d: properties(d, "HTCToken").update(expiresIn={"type": "string", "description": "Words."}),
        ["Breaking", "    ~ The type of HTCToken.expiresIn integer → string", "        HTCToken.expires_in"],
        "change #/components/schemas/HTCToken/properties/expiresIn/type",
        "3.0.0",
        told=['Operator "/" not supported for types "str" and "Literal[2]"'],
    ),
    "route_removed": Scenario(
        lambda d: d["paths"].pop(STORAGE),
        ["Breaking", "    - The route is gone", "        get_htc_storage_region()"],
        "remove #/paths/~1htc~1storage~1region~1{region}/get",
        "3.0.0",
        told=['"get_htc_storage_region" is not a known attribute of module'],
    ),
    "route_removed_with_notice": Scenario(
        lambda d: d["paths"].pop(STORAGE),
        ["    - The route is gone"],
        "users: add the old function to DEPRECATED in generator/client/naming.py",
        "2.4.0",
        deprecated={"get_htc_storage_region": Deprecated(None, "99.1")},
    ),
    "route_renamed": Scenario(
        rename_groups,
        [
            f"    - The route is gone; is it now GET {GROUPS.replace('groups', 'job-groups')}?",
            f"    + New route; is it GET {GROUPS} under a new name?",
        ],
        "add #/paths/~1htc~1projects~1{projectId}~1tasks~1{taskId}~1job-groups/get",
        "2.4.0",
        deprecated={"get_htc_projects_tasks_groups": Deprecated("get_htc_projects_tasks_job_groups", "99.1")},
    ),
}


@cache
def _read() -> Spec:
    return Spec(SPEC)


def today() -> Spec:
    """Our description as it is, free to be edited."""
    spec = copy.copy(_read())
    spec.document = copy.deepcopy(spec.document)
    return spec


@pytest.mark.parametrize("name", SCENARIOS)
def test_output_for_the_maintainer(name: str) -> None:
    scenario = SCENARIOS[name]
    public = json.loads(PUBLIC.read_text())
    scenario.edit(public)
    ours = today()
    comparison = explain(compare(ours.document, public), read_ledger())
    assert not comparison.clean
    shown = as_text(comparison, "new.json")
    for line in scenario.seen:
        assert line in shown
    to_do = "".join(instruction(change, ours) for change in comparison.unexplained)
    assert scenario.to_do in to_do

    # The maintainer does the same to our file, and nothing is left to do.
    scenario.edit(ours.document)
    after = explain(compare(ours.document, public), read_ledger())
    assert (after.unexplained, [entry.pattern for entry, _ in after.outdated]) == ([], [])


def test_errors_of_users_and_next_version(tmp_path: Path) -> None:
    # One test, because all of it needs the same ten packages, and one run of pyright serves them all.
    make_packages_of_tomorrow(tmp_path)
    check_what_users_of_the_old_application_are_told(tmp_path)
    check_what_version_follows(tmp_path)


def make_packages_of_tomorrow(folder: Path) -> None:
    """For each change the future package, with the old application next to it."""
    facade = shutil.ignore_patterns("__pycache__", "local", "testing*")
    for name, scenario in SCENARIOS.items():
        ours = today().document
        scenario.edit(ours)
        spec = folder / name / "htc.yaml"
        spec.parent.mkdir()
        spec.write_text(json.dumps(ours, indent=1))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(naming, "DEPRECATED", scenario.deprecated)
            build(spec, folder / name)
        shutil.copytree(ROOT / "rescalehtc", folder / name / "rescalehtc", ignore=facade)
        shutil.copy(HERE / "old_application.py", folder / name)


def check_what_users_of_the_old_application_are_told(tomorrow: Path) -> None:
    settings = {
        "include": [f"{name}/old_application.py" for name in SCENARIOS],
        "executionEnvironments": [{"root": name} for name in SCENARIOS],
        "typeCheckingMode": "standard",
        "pythonVersion": "3.11",
    }
    (tomorrow / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(tomorrow)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told: dict[str, str] = dict.fromkeys(SCENARIOS, "")
    for found in json.loads(run.stdout)["generalDiagnostics"]:
        told[Path(found["file"]).parent.name] += found["message"].replace("\xa0", " ") + "\n"
    for name, scenario in SCENARIOS.items():
        if not scenario.told:
            assert told[name] == "", name
        for message in scenario.told:
            assert message in told[name], (name, told[name])


def check_what_version_follows(tomorrow: Path) -> None:
    code = (
        "import sys, importlib; from generator.changes.surface import surface;"
        "print(surface([importlib.import_module(f'rescalehtc.{name}') for name in ('api', 'aio', 'models')]))"
    )

    def surface_of(packages: Path) -> str:
        path = os.pathsep.join([str(packages), str(ROOT)])
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=packages, env={**os.environ, "PYTHONPATH": path}
        ).stdout

    today = surface_of(ROOT / "generated")
    for name, scenario in SCENARIOS.items():
        changes = surface_changes(today, surface_of(tomorrow / name))
        assert changes, name
        assert next_version("2.3.4", changes) == scenario.version, (name, changes)
        assert (tomorrow / name / PACKAGE).is_dir()
