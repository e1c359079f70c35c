"""Turns failed calls into exceptions: what failed, where, why (in the service's words), and how to fix it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from rescalehtc_generated.client import Route
from rescalehtc_generated.models.htc_request_error import HTCRequestError

from .. import exceptions as e
from .._utils.redaction import scrub, scrub_cause
from .._utils.wire import WireNames
from .messages import Failure, FailureKind, Response
from .retry import proves_refusal, retry_after

R = TypeVar("R", bound=e.HtcException)


_ERROR = WireNames(HTCRequestError)
_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "x-amz-request-id", "x-correlation-id", "x-amz-cf-id")
_LONGEST_BODY = 1 << 16
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*+>([^<]*+)</title>", re.IGNORECASE)

_CLASSES: dict[int, type[e.HtcStatusError]] = {
    401: e.HtcUnauthorizedError,
    403: e.HtcForbiddenError,
    404: e.HtcNotFoundError,
    409: e.HtcConflictError,
    410: e.HtcNotFoundError,
    412: e.HtcConflictError,
    429: e.HtcRateLimitError,
}
_NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_REMEDIES = {
    403: "These credentials do not permit this: ask an administrator of the workspace.",
    404: "Check the IDs, and that they belong to the workspace of these credentials.",
    405: "The service does not offer this here; check the base URL.",
    409: "Read the current state before trying again.",
    429: "Make fewer calls at a time, or try again later.",
}


@dataclass(frozen=True, slots=True)
class RequestContext:
    """What an error may reveal about the failed call.

    Attributes:
        route: Its route.
        path: Its path below the base URL, without the query.
        secrets: Texts that must not appear.
        source: Where the credentials were found.
        base_url: Base URL that is called.
        base_url_source: Where the base URL was found.
        suspicion: What may be wrong with the base URL, or empty.
    """

    route: Route[Any]
    path: str
    secrets: tuple[str, ...] = field(repr=False)
    source: str
    base_url: str
    base_url_source: str
    suspicion: str

    def __str__(self) -> str:
        return f"{self.route.method} {scrub(self.path, self.secrets, 300)}"

    def annotate(self, error: R) -> R:
        """Store the call in the exception."""
        # Only exceptions of calls declare these attributes.
        vars(error).update(method=self.route.method, path=self.route.path)
        return error


def status_error(context: RequestContext, response: Response, attempts: int, now: float) -> e.HtcStatusError:
    """The exception for an error response."""
    status, content = response.status, response.content
    body = _parse_error_body(content, response.headers.get("content-type", ""))
    kind = scrub(body.kind, context.secrets, 100) if body.kind else None
    description = scrub(body.text, context.secrets) if body.text else None
    request_id = find_request_id(response.headers, context.secrets)
    parts = [
        f"{context} failed: HTTP {status}",
        f" {_NAMES[status]}" if status in _NAMES else "",
        f" ({kind})" if kind else "",
        f": {description}" if description else " without an explanation",
    ]
    sentences = [_sentence("".join(parts))]
    if body.html:
        sentences.append("The response is an HTML page, probably from a gateway in front of the service.")
    if remedy := _remedy(status, body, context):
        sentences.append(remedy)
    error = context.annotate(_class(status)(" ".join(sentences) + _suffix(attempts, request_id), status))
    error.request_id, error.error_type, error.error_description = request_id, kind, description
    error.retry_after = retry_after(response, now)
    error.maybe_received = not proves_refusal(response)
    return error


def transport_error(context: RequestContext, failure: Failure, attempts: int) -> e.HtcException:
    """The exception for a request without a usable response."""
    detail = scrub(failure.detail, context.secrets, 300) or "no reason given"
    if failure.kind is FailureKind.UNREADABLE:
        error = e.HtcDecodeError(_sentence(f"{context}: the response cannot be read: {detail}"))
    else:
        kind, when = (e.HtcTimeoutError, " in time") if failure.timeout else (e.HtcConnectionError, "")
        text = _sentence(f"{context} got no response from {context.base_url}{when}: {detail}")
        error = kind(text + _hint(context, failure, attempts))
        error.maybe_received = not proves_refusal(failure)
    error.__cause__ = scrub_cause(failure.cause, context.secrets)
    return context.annotate(error)


def broken_error(context: RequestContext, failure: Failure, after: str) -> e.HtcException:
    """The exception for a response that was interrupted while it was read."""
    kind = e.HtcTimeoutError if failure.timeout else e.HtcConnectionError
    detail = scrub(failure.detail, context.secrets, 300)
    error = kind(_sentence(f"{context}: the response was interrupted {after}: {detail}"))
    error.maybe_received = True
    error.__cause__ = scrub_cause(failure.cause, context.secrets)
    return context.annotate(error)


def decode_error(context: RequestContext, status: int, detail: str) -> e.HtcDecodeError:
    """The exception for a successful response that is not what the route promises."""
    text = scrub(detail, context.secrets, 300)
    hint = f" {context.suspicion}" if context.suspicion else ""
    message = f"{context}: the response (HTTP {status}) cannot be read: {text}.{hint}"
    return context.annotate(e.HtcDecodeError(message, status))


def find_request_id(headers: Mapping[str, str], secrets: Iterable[str] = ()) -> str | None:
    """The ID that the service, or a gateway, gave the request."""
    found = next((value for name in _REQUEST_IDS if (value := headers.get(name))), None)
    return scrub(found, secrets, 200) if found else None


def paging_error(context: RequestContext, detail: str) -> e.HtcPagingError:
    """The exception for a listing that cannot be followed."""
    return context.annotate(e.HtcPagingError(f"{context}: {detail}"))


def is_html(content_type: str, content: bytes) -> bool:
    """Whether a body is a web page, which the API never returns."""
    return "html" in content_type or _HTML.match(content[:200].decode("utf-8", "replace")) is not None


@dataclass(frozen=True, slots=True)
class _ErrorBody:
    kind: str | None = None
    text: str | None = None
    html: bool = False


def _parse_error_body(content: bytes, content_type: str) -> _ErrorBody:
    """What the body of an error says, whatever its form."""
    if not content.strip() or len(content) > _LONGEST_BODY:
        return _ErrorBody()
    text = content.decode("utf-8", "replace")
    if is_html(content_type, content):
        title = _TITLE.search(text)
        return _ErrorBody(text=title[1] if title else None, html=True)
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return _ErrorBody(text=text)
    if not isinstance(value, dict):
        return _ErrorBody(text=value if isinstance(value, str) else text)
    body = cast("Mapping[str, object]", value)
    kind = _first(body, (_ERROR.error_type, "error", "code", "type"))
    # The two common ones, then the one of a missing image, then those of gateways and OAuth.
    found = _first(body, (_ERROR.error_description, "error_description", "message", "Message", "detail", "title"))
    return _ErrorBody(kind, found if found or kind else text)


def _first(body: Mapping[str, object], names: Iterable[str]) -> str | None:
    for name in names:
        value = body.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _class(status: int) -> type[e.HtcStatusError]:
    found = _CLASSES.get(status)
    if found is not None:
        return found
    if status >= 500:
        return e.HtcServerError
    if status >= 400:
        return e.HtcBadRequestError
    return e.HtcRedirectError if status >= 300 else e.HtcStatusError


def _remedy(status: int, body: _ErrorBody, context: RequestContext) -> str | None:
    if body.kind == "IMAGE_UNAVAILABLE":
        return "Push the image to the project's registry first, and wait until it is READY."
    if status == 401:
        return f"The service does not accept the credentials from {context.source}: wrong, expired or revoked."
    if 300 <= status < 400:
        text = "Redirects are not followed, because they could expose the credentials"
        return f"{text}. {context.suspicion}" if context.suspicion else f"{text}; check the base URL."
    if context.suspicion and (status in (404, 405) or (status < 500 and body.html)):
        return context.suspicion
    return _REMEDIES.get(status)


def _hint(context: RequestContext, failure: Failure, attempts: int) -> str:
    text = ""
    if failure.kind is FailureKind.LOST and context.route.method in ("POST", "PATCH"):
        text = (
            " The service may still have carried it out, so it was not repeated: check the state there before you do."
        )
    elif "CERTIFICATE_VERIFY_FAILED" in failure.detail:
        text = " If your network has its own certificate authority, pass its file as ca_file, or set SSL_CERT_FILE."
    elif failure.kind is FailureKind.NEVER_SENT:
        text = f" Check the network, the proxy and the base URL ({context.base_url_source})."
    return text + _suffix(attempts, None)


def _suffix(attempts: int, request_id: str | None) -> str:
    notes = [f"{attempts} attempts"] if attempts > 1 else []
    if request_id:
        notes.append(f"request id {request_id}")
    return f" ({', '.join(notes)})" if notes else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."
