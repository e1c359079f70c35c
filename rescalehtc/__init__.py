"""Typed client of the Rescale HTC API.

    from rescalehtc import HtcSession, api

    with HtcSession() as session:
        for project in api.get_htc_projects(session):
            print(project.project_name)

Everything is loaded on first use, so importing this package costs next to nothing.
"""

# To type checkers the same as typing.TYPE_CHECKING, which takes longer to import than everything here. Not False: jedi
# would treat the block as unreachable.
TYPE_CHECKING = bool()  # noqa: UP018
if TYPE_CHECKING:
    from . import aio as aio
    from . import api as api
    from . import bearer_token as bearer_token
    from . import cancellation as cancellation
    from . import completion as completion
    from . import concurrency as concurrency
    from . import container_registry as container_registry
    from . import definitions as definitions
    from . import exceptions as exceptions
    from . import executor as executor
    from . import filesystem as filesystem
    from . import htcjobs as htcjobs
    from . import htcprojects as htcprojects
    from . import htcsession as htcsession
    from . import htctasks as htctasks
    from . import job_logs as job_logs
    from . import job_side as job_side
    from . import logger as logger
    from . import logs as logs
    from . import metrics as metrics
    from . import models as models
    from . import observers as observers
    from . import preflight as preflight
    from . import progress as progress
    from . import report as report
    from . import resubmission as resubmission
    from . import results as results
    from . import storage as storage
    from . import submission as submission
    from . import waiting as waiting
    from ._version import VERSION as __version__
    from .aio.htcsession import AsyncHtcSession as AsyncHtcSession
    from .bearer_token import BearerToken as BearerToken
    from .cancellation import cancel as cancel
    from .completion import iter_completed as iter_completed
    from .definitions import JobDefinition as JobDefinition
    from .exceptions import HtcException as HtcException
    from .executor import JobExecutor as JobExecutor
    from .htcsession import HtcSession as HtcSession
    from .resubmission import resubmit as resubmit
    from .results import get_results as get_results
    from .results import iter_results as iter_results
    from .submission import submit as submit
    from .waiting import wait as wait

__all__ = [
    "AsyncHtcSession",
    "BearerToken",
    "HtcException",
    "HtcSession",
    "JobDefinition",
    "JobExecutor",
    "__version__",
    "aio",
    "api",
    "bearer_token",
    "cancel",
    "cancellation",
    "completion",
    "concurrency",
    "container_registry",
    "definitions",
    "exceptions",
    "executor",
    "filesystem",
    "get_results",
    "htcjobs",
    "htcprojects",
    "htcsession",
    "htctasks",
    "iter_completed",
    "iter_results",
    "job_logs",
    "job_side",
    "logger",
    "logs",
    "metrics",
    "models",
    "observers",
    "preflight",
    "progress",
    "report",
    "resubmission",
    "resubmit",
    "results",
    "storage",
    "submission",
    "submit",
    "wait",
    "waiting",
]

_HOMES = {
    "AsyncHtcSession": "aio.htcsession",
    "BearerToken": "bearer_token",
    "JobExecutor": "executor",
    "cancel": "cancellation",
    "iter_completed": "completion",
    "HtcException": "exceptions",
    "HtcSession": "htcsession",
    "JobDefinition": "definitions",
    "get_results": "results",
    "iter_results": "results",
    "resubmit": "resubmission",
    "submit": "submission",
    "wait": "waiting",
}


if not TYPE_CHECKING:  # type checkers would take every misspelled name for one of these

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name == "__version__":
            value = import_module("._version", __name__).VERSION
        elif name in _HOMES:
            value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        elif name in __all__:
            value = import_module(f".{name}", __name__)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
