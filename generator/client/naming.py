"""The naming rule, with its exceptions: the only place where names of the API become names in Python."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Container, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openapi_python_client import strings


@dataclass(frozen=True)
class Deprecated:
    """What replaces a name, and until when.

    Attributes:
        use: The name to use instead, None if there is none.
        gone_in: Version that removes the old name: the minor version after the one that deprecates it.
    """

    use: str | None
    gone_in: str


FUNCTION_ALIASES: dict[tuple[str, str], str] = {
    ("get", "/htc/workspaces/{workspaceId}/task-retention-policy"): "get_htc_task_retention_policy",
    ("put", "/htc/workspaces/{workspaceId}/task-retention-policy"): "put_htc_task_retention_policy",
    ("get", "/.well-known/jwks.json"): "get_well_known_jwks",
}
"""Functions for which the reference has another name than the rule."""

NOT_IMPLEMENTED: dict[str, tuple[str, str, str]] = {
    "post_oauth_token": ("post", "/oauth2/token", "post_oauth2_token of the same module"),
    "get_htc_metrics": (
        "get",
        "/htc/metrics",
        "rescalehtc.metrics.read_metrics, or rescalehtc.aio.metrics.read_metrics",
    ),
}
"""Functions that the reference declares as not implemented: their route and their replacement."""

POSITIONAL_PAGING: dict[str, int] = {"get_htc_projects_tasks_jobs_logs": 5000}
"""Functions whose `max_items` and `page_size` are positional, with the default of `page_size`."""

BULK_BY_NONE = frozenset({"delete_htc_projects_limits"})
"""Functions of methods other than GET that act on everything without an identifier; they exist in the reference."""

FUNCTION_NOTES: dict[str, str] = {
    "get_auth_token": (
        "You rarely need this: a session gets and renews its token itself, and "
        ":meth:`rescalehtc.HtcSession.get_bearer_token` returns a valid one."
    ),
    "get_auth_whoami": (
        "Prefer :func:`get_auth_token_whoami`: it takes the session's own bearer token and usually says enough."
    ),
}
"""What the docstring of a function says about this library, besides the description's words about the service."""

PARAMETER_ALIASES: dict[tuple[str, str], str] = {("listJobs", "jobId"): "job_ids"}
"""Parameters that need another name than the rule's, by operationId and wire name. Where a path, query and header
parameter of one route have the same name, write the place first: `("getShelf", "query:shelfId")`."""

DEPRECATED: dict[str, Deprecated] = {}
"""Names of earlier versions that keep working for one more minor version.

A function (`get_old`), a class (`HTCOld`) or an attribute (`HTCJob.old_name`). The generator makes the old
name warn, and refuses an entry that has expired, so that none is forgotten.
"""

WHOLE_WORDS: dict[str, str] = {
    "VCPUs": "Vcpus",
    "vCPUs": "vcpus",
    "VCpus": "Vcpus",
    "GiB": "Gib",
    "OAuth": "Oauth",
}
"""Spellings that splitting camel case would break."""

RESERVED_ATTRIBUTES = frozenset(
    {"from_dict", "to_dict", "additional_properties", "self"}
    | {"bool", "classmethod", "datetime", "dict", "field", "float", "int", "list", "property", "str"}
)
"""Names that the base of the models uses itself, or that the other fields need."""

MAPPING_METHODS = frozenset(name for name in dir(MutableMapping) if not name.startswith("_")) | {"copy"}
"""Names that a model has as a mapping."""


def _imported(*templates: str) -> frozenset[str]:
    """Names that generated modules import for themselves, so that nothing in the API may have them."""
    names: set[str] = set()
    for template in templates:
        text = (Path(__file__).parent / "templates" / f"{template}.py.jinja").read_text(encoding="utf-8")
        for block in re.findall(r"^ *(?:from \S+ )?import (\([^)]*\)|.*)$", text, re.MULTILINE):
            names |= {
                part.split()[-1] for part in re.sub(r"{%.*?%}|{{.*?}}|[()]", "", block).split(",") if part.split()
            }
    return frozenset(names)


RESERVED_PARAMETERS = _imported("endpoint_module", "functions") | {
    "authorization",
    "body",
    "content_type",
    "max_items",
    "rescale",
    "session",
}
"""Names that a function's own body uses."""

LONGEST_NAME = 200
"""Characters of a module's name; file systems take 255 bytes with what is added."""

RESERVED_CLASSES = _imported("model", "str_enum", "int_enum", "endpoint_module", "functions") | {"Model", "Record"}
"""Names that no class may have, because the generated modules import them."""


_PARAMETER = re.compile(r"\{[^{}]*\}")


def function_name(method: str, path: str) -> str:
    """HTTP method and path with `/` and `-` as `_`, parameters skipped: `get_htc_projects_tasks`."""
    alias = FUNCTION_ALIASES.get((method.lower(), path))
    if alias:
        return alias
    # Of a segment such as `{jobId}:cancel` the rest counts.
    words = [re.sub(r"\W+", "_", _PARAMETER.sub("", part), flags=re.ASCII).strip("_") for part in path.split("/")]
    return "_".join([method.lower(), *(word for word in words if word)])


def bulk_name(function: str) -> str:
    """Name of a bulk DELETE next to that of one item, which keeps the regular name."""
    return f"{function}_all"


def streaming_name(function: str) -> str:
    """Name of the function that yields the items of a listing one by one: `iter_htc_projects_tasks`."""
    return "iter_" + function.removeprefix("get_")


def saving_name(function: str) -> str:
    """Name of the function that writes a response of bytes to a file: `save_htc_projects_report`."""
    return "save_" + function.removeprefix("get_")


@cache
def snake_case(name: str) -> str:
    """A wire name or a class name in snake case: `jobUUID` → `job_uuid`, `maxDiskGiB` → `max_disk_gib`."""
    # Python itself reads names in this form: two names that it takes for one must be one here too.
    name = unicodedata.normalize("NFKC", name)
    for torn, whole in WHOLE_WORDS.items():
        name = name.replace(torn, whole)
    return re.sub(r"_(?=\d)", "", strings.snake_case(name))


@cache
def python_name(wire: str) -> str:
    """The parameter or module for a wire name."""
    name = snake_case(wire)
    if not name.isidentifier():
        name = f"field_{re.sub(r'[^0-9a-zA-Z_]', '_', name)}"
    return f"{name}_" if keyword.iskeyword(name) or name in RESERVED_ATTRIBUTES else name


def is_page(fields: Container[str]) -> bool:
    """Whether an object with these fields is the envelope of a listing's items."""
    return "items" in fields and "next" in fields


def attribute_name(wire: str, fields: Container[str] = ()) -> str:
    """The attribute for a wire name in an object with these fields."""
    name = python_name(wire)
    # Only the session sees the envelope of a page, which is not a mapping.
    return f"{name}_" if name in MAPPING_METHODS and not is_page(fields) else name


def parameter_name(operation_id: str, wire: str, where: str) -> str:
    """The parameter of a route's function for a wire name in a path, query or header."""
    aliases = (PARAMETER_ALIASES.get((operation_id, key)) for key in (f"{where}:{wire}", wire))
    name = next(filter(None, aliases), None) or python_name(wire)
    return f"{name}_" if name in RESERVED_PARAMETERS else name


def class_name(schema: str) -> str:
    """The class for a schema; the rules require the schema to have this name already."""
    return str(strings.ClassName(schema, ""))


def member_name(value: str | int) -> str:
    """The member of an enum for a value: `Succeeded` → `SUCCEEDED`, `2` → `VALUE_2`."""
    if isinstance(value, int):
        return f"VALUE_{value}" if value >= 0 else f"VALUE_NEGATIVE_{-value}"
    # Capitals separate words only in a value that has lower-case letters too.
    name = strings.snake_case(value.upper() if value.isupper() or value.islower() else value).upper()
    name = unicodedata.normalize("NFKC", name)
    name = re.sub(r"\W", "_", name)
    return name if name[:1].isalpha() else f"VALUE_{name or 'EMPTY'}"


@cache
def module_name(class_or_operation: str) -> str:
    """The module of a class, an operation or a tag: `HTCJobSubmitRequest` → `htc_job_submit_request`.

    It passes unchanged through the rule of openapi-python-client, which names the files.
    """
    name = strings.PythonIdentifier(snake_case(class_or_operation), "field_")
    return str(strings.PythonIdentifier(name, "field_"))
