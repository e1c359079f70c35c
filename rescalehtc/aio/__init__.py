"""The async form of this package: every function has the same name here, and takes an async session.

The functions of :mod:`rescalehtc.api` are here directly, as are ``submit``, ``wait``, ``get_results``,
``iter_results`` and :func:`for_each`; modules such as ``logs`` and ``storage`` have the names that they have in
``rescalehtc``.
"""

from __future__ import annotations

from importlib import import_module

from rescalehtc_generated import async_functions
from rescalehtc_generated.async_functions import *  # noqa: F403

from ..exceptions import HtcException

TYPE_CHECKING = bool()  # noqa: UP018
if TYPE_CHECKING:
    from . import cancellation as cancellation
    from . import completion as completion
    from . import concurrency as concurrency
    from . import executor as executor
    from . import job_logs as job_logs
    from . import logs as logs
    from . import metrics as metrics
    from . import preflight as preflight
    from . import report as report
    from . import resubmission as resubmission
    from . import results as results
    from . import storage as storage
    from . import submission as submission
    from . import waiting as waiting
    from .cancellation import cancel as cancel
    from .completion import iter_completed as iter_completed
    from .concurrency import Outcome as Outcome
    from .concurrency import for_each as for_each
    from .executor import JobExecutor as JobExecutor
    from .htcsession import AsyncHtcSession as AsyncHtcSession
    from .resubmission import resubmit as resubmit
    from .results import get_results as get_results
    from .results import iter_results as iter_results
    from .submission import submit as submit
    from .waiting import wait as wait

_HOMES = {
    "AsyncHtcSession": "htcsession",
    "Outcome": "concurrency",
    "JobExecutor": "executor",
    "cancel": "cancellation",
    "iter_completed": "completion",
    "for_each": "concurrency",
    "get_results": "results",
    "iter_results": "results",
    "resubmit": "resubmission",
    "submit": "submission",
    "wait": "waiting",
}
_MODULES = (
    "cancellation",
    "completion",
    "concurrency",
    "executor",
    "job_logs",
    "logs",
    "metrics",
    "preflight",
    "results",
    "report",
    "resubmission",
    "storage",
    "submission",
    "waiting",
)

__all__ = ["HtcException", *_HOMES, *_MODULES]  # pyright: ignore[reportUnsupportedDunderAll]
__all__ += async_functions.__all__

if not TYPE_CHECKING:  # type checkers would take every misspelled name for one of these

    def __getattr__(name: str) -> object:
        if name in _HOMES:
            value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        elif name in _MODULES:
            value = import_module(f".{name}", __name__)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
