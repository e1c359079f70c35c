"""One function for each call of the API. Each takes a :class:`~rescalehtc.HtcSession` first.

A function is named after method and path: ``GET /htc/projects/{projectId}/tasks`` is :func:`get_htc_projects_tasks`.
They are generated from the API description; this module is where to import them from.
"""

from rescalehtc_generated import functions
from rescalehtc_generated.functions import *  # noqa: F403

from ._http.rest_calls import api_delete, api_get, api_patch, api_post, api_put
from .exceptions import HtcException

__all__ = ["HtcException", "api_delete", "api_get", "api_patch", "api_post", "api_put"]
__all__ += functions.__all__
