"""The naming rule, compared with the functions that the library's reference names."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_python_client.strings import ClassName

from generator.client import naming
from generator.client.build import SPEC
from generator.client.rules import check_rules
from generator.client.shapes import Function
from generator.client.spec import Spec
from generator.client.views import Views
from tests.support.removed_routes import removed_route

REFERENCE: dict[str, list[str]] = json.loads(Path(__file__).with_name("reference_functions.json").read_text())


@pytest.fixture(scope="module")
def functions(htc_views: Views) -> dict[str, Function]:
    return {function.name: function for function in htc_views.functions}


def test_the_reference_is_whole() -> None:
    assert len(REFERENCE) == 47


def _skip_removed(name: str) -> None:
    """The service may have removed a route; a name that is merely missing fails."""
    error = AttributeError(f"module 'rescalehtc.api' has no attribute '{name}'")
    reason = (naming.DEPRECATED.get(name) and f"{name} is deprecated") or removed_route(error)
    if reason:
        pytest.skip(reason)
    pytest.fail(f"there is no {name}; if the service has given it up, delete it from reference_functions.json")


@pytest.mark.slow
@pytest.mark.parametrize("name", REFERENCE)
def test_function_and_positional_parameters(name: str, functions: dict[str, Function]) -> None:
    if name not in functions:
        _skip_removed(name)
    function = functions[name]
    positional: list[str] = []
    if not function.instead:
        positional += [parameter.name for parameter in function.positional]
        positional += [f"{function.identifier.name}=None"] if function.identifier else []
        positional += [f"{parameter.name}={parameter.default}" for parameter in function.positional_paging]
    assert positional == REFERENCE[name]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_generated_code_has_the_positional_parameters(asynchronous: bool) -> None:
    import inspect

    from rescalehtc_generated import async_functions, functions

    module: Any = async_functions if asynchronous else functions
    for name, expected in REFERENCE.items():
        if name in naming.DEPRECATED or not hasattr(module, name):
            continue  # the test above says which
        parameters = inspect.signature(getattr(module, name)).parameters.values()
        positional = [
            each.name if each.default is each.empty else f"{each.name}={each.default}"
            for each in parameters
            if each.kind is each.POSITIONAL_OR_KEYWORD
        ]
        assert positional == ["session", *expected], name


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/htc/projects", "get_htc_projects"),
        ("GET", "/htc/projects/{projectId}", "get_htc_projects"),
        (
            "post",
            "/htc/projects/{projectId}/container-registry/repo/{repoName}",
            "post_htc_projects_container_registry_repo",
        ),
        ("get", "/.well-known/jwks.json", "get_well_known_jwks"),
        ("get", "/.well-known/other.json", "get_well_known_other_json"),
        ("post", "/oauth2/token", "post_oauth2_token"),
        ("put", "/htc/workspaces/{workspaceId}/task-retention-policy", "put_htc_task_retention_policy"),
    ],
)
def test_function_names(method: str, path: str, name: str) -> None:
    assert naming.function_name(method, path) == name


@pytest.mark.parametrize(
    ("wire", "attribute"),
    [
        ("projectId", "project_id"),
        ("maxVCPUs", "max_vcpus"),
        ("vCPUs", "vcpus"),
        ("VCpus", "vcpus"),
        ("maxDiskGiB", "max_disk_gib"),
        ("jobUUID", "job_uuid"),
        ("RFC1738URL", "rfc1738url"),
        ("OAuth2Token", "oauth2_token"),
        ("X-Rescale-Environment", "x_rescale_environment"),
        ("rescaleFilesRDFAgent", "rescale_files_rdf_agent"),
        ("class", "class_"),
        ("keys", "keys_"),
        ("items", "items_"),
        ("popitem", "popitem_"),
        ("toDict", "to_dict_"),
        ("field", "field_"),
        ("list", "list_"),
        ("1st", "field_1st"),
        ("", "field_"),
    ],
)
def test_attribute_names(wire: str, attribute: str) -> None:
    assert naming.attribute_name(wire) == attribute


def test_the_envelope_of_a_page_keeps_its_items() -> None:
    assert naming.attribute_name("items", {"items", "next"}) == "items"
    assert naming.attribute_name("items", {"items", "previous"}) == "items_"


@pytest.mark.parametrize(
    ("value", "member"),
    [
        ("AWS_US_EAST_2", "AWS_US_EAST_2"),
        ("asc", "ASC"),
        ("ErrorNonZeroContainerExitCode", "ERROR_NON_ZERO_CONTAINER_EXIT_CODE"),
        ("inProgress", "IN_PROGRESS"),
        ("HTTPError", "HTTP_ERROR"),
        ("On Demand", "ON_DEMAND"),
        ("X86", "X86"),
        ("2nd try", "VALUE_2ND_TRY"),
        ("", "VALUE_EMPTY"),
        (3, "VALUE_3"),
        (-3, "VALUE_NEGATIVE_3"),
    ],
)
def test_member_names(value: str | int, member: str) -> None:
    assert naming.member_name(value) == member


def test_a_parameter_never_hides_what_the_function_uses() -> None:
    assert naming.parameter_name("search", "query", "query") == "query_"
    assert naming.parameter_name("listJobs", "jobId", "query") == "job_ids"
    assert naming.parameter_name("getJob", "jobId", "path") == "job_id"


def test_an_alias_may_name_the_place_of_a_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(naming.PARAMETER_ALIASES, ("getShelf", "query:shelfId"), "other_shelf")
    assert naming.parameter_name("getShelf", "shelfId", "query") == "other_shelf"
    assert naming.parameter_name("getShelf", "shelfId", "path") == "shelf_id"


@pytest.mark.slow
def test_every_alias_and_exception_serves_a_route() -> None:
    # A table that names what is gone would hide the next clash.
    spec = Spec(SPEC)
    check_rules(spec)
    routes = {(method, path) for method, path, _, _ in spec.operations()}
    assert naming.FUNCTION_ALIASES.keys() <= routes
    assert {(method, path) for method, path, _ in naming.NOT_IMPLEMENTED.values()} <= routes
    parameters = {
        (operation["operationId"], key)
        for _, path, _, operation in spec.operations()
        for _, parameter in spec.parameters(path, operation)
        for key in (parameter["name"], f"{parameter['in']}:{parameter['name']}")
    }
    assert naming.PARAMETER_ALIASES.keys() <= parameters
    names = {naming.function_name(*route) for route in routes}
    assert naming.POSITIONAL_PAGING.keys() <= names
    assert naming.FUNCTION_NOTES.keys() <= names
    assert names >= naming.BULK_BY_NONE
    schemas = spec.document["components"]["schemas"]
    assert all(ClassName(name, "") == name for name in schemas)
