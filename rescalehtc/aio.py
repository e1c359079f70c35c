"""The functions of :mod:`rescalehtc.api` to be awaited, for an :class:`~rescalehtc.AsyncHtcSession`.

:func:`for_each` calls one of them for many ids, some at a time.
"""

from rescalehtc_generated import async_functions
from rescalehtc_generated.async_functions import *  # noqa: F403

from .concurrency import Outcome, for_each
from .exceptions import HtcException

__all__ = ["HtcException", "Outcome", "for_each"]
__all__ += async_functions.__all__
