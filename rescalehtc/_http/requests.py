"""Turns a call into a request, and its response into a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import unquote

from rescalehtc_generated.client import Call

from .._auth.credentials import Credential
from .._auth.token import Token
from .._utils.headers import is_header_value
from .._utils.redaction import scrub_cause
from .._version import USER_AGENT
from ..exceptions import HtcConfigurationError, HtcDecodeError, HtcPayloadError
from .errors import RequestContext, decode_error, is_html, paging_error
from .messages import Request, Response
from .settings import Settings
from .urls import locate

T = TypeVar("T")


class RequestBuilder:
    """Builds the requests of one session, and reads the responses.

    Args:
        settings: Where to call.
        credential: Credentials of the session.
        prepare: Turns headers into the form that the transport sends fastest.
    """

    def __init__(
        self, settings: Settings, credential: Credential, prepare: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> None:
        self._settings, self._credential, self._prepare = settings, credential, prepare
        # Ready headers by media type of the response, for the token in use: most calls share them.
        self._ready: tuple[Token | None, dict[str | None, Mapping[str, str]]] = (None, {})

    def url(self, call: Call[Any]) -> str:
        """The URL of a call.

        Raises:
            HtcPayloadError: The caller passed one on another origin.
        """
        target = call.target
        if target.startswith("/"):
            return self._settings.base_url + target
        if (url := self._on_own_origin(target)) is not None:
            return url
        raise self.context(call, None).annotate(
            HtcPayloadError(
                f"{call.route.function}() takes a path, or a URL on the session's own host, {self._settings.origin}, "
                "because another host would see the credentials."
            )
        )

    def build(self, call: Call[Any], url: str, token: Token | None) -> Request:
        """The request of a call.

        Raises:
            HtcPayloadError: A header cannot be sent.
            HtcConfigurationError: The session's credentials are of the wrong kind for this route.
        """
        return Request(call.route.method, url, self._headers(call, token), call.body, self._settings.timeouts)

    def decode(self, call: Call[T], response: Response, token: Token | None, part: str = "") -> T:
        """The value of a successful response, or of a part of it.

        Raises:
            HtcDecodeError: It is not what the route promises.
        """
        route, cause = call.route, None
        # Only the content counts: some gateways call any text HTML.
        if route.accept == "text/plain" and is_html("", response.content):
            detail = "it is an HTML page, probably from a gateway"
        else:
            try:
                return route.decode(response.content)
            except HtcDecodeError as error:
                detail = str(error)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
                detail, cause = f"its content does not fit ({type(error).__name__})", error
        # Outside the handler: the frames of the decoder hold the body, and nothing may lead to it.
        context = self.context(call, token)
        raise decode_error(context, response.status, part + detail) from scrub_cause(cause, context.secrets)

    def page_url(self, call: Call[Any], url: str) -> str:
        """The URL of a listing's next page.

        Raises:
            HtcPagingError: It is on another origin; it was not fetched.
        """
        origin = self._settings.origin
        found = self._on_own_origin(origin + url if url.startswith("/") and not url.startswith("//") else url)
        if found is None:
            raise paging_error(
                self.context(call, None),
                f"the link to the next page points to a host other than {origin}. It was not followed, because that "
                "would expose the credentials.",
            )
        return found

    def _on_own_origin(self, url: str) -> str | None:
        """The URL rebuilt from our own origin, so that no parser finds another host in it; None if it is on another."""
        location = locate(url)
        return None if location is None or location.origin != self._settings.origin else location.origin + location.rest

    def context(self, call: Call[Any], token: Token | None) -> RequestContext:
        """What an error may reveal about a call."""
        path = call.target.removeprefix(self._settings.base_url).partition("?")[0]
        secrets = [self._credential.secret]
        source = self._credential.source
        if not self._credential.renewable:
            source += ", which cannot be renewed"
        if token is not None:
            secrets.append(token.value)
        if call.authorization:
            secrets += [call.authorization, call.authorization.rpartition(" ")[2]]
            source = "the authorization_header argument"
        # Longest first: masking a short one inside a long one would leave the rest of the long one readable.
        secrets = sorted({secret for secret in secrets if len(secret) > 3}, key=len, reverse=True)
        settings = self._settings
        return RequestContext(
            call.route, unquote(path), tuple(secrets), source, settings.base_url, settings.source, settings.suspicion
        )

    def _headers(self, call: Call[Any], token: Token | None) -> Mapping[str, str]:
        if token is None or call.body is not None or call.headers:
            return self._prepare(self._plain_headers(call, token))
        known, ready = self._ready
        if known is not token:
            ready = {}
            self._ready = (token, ready)
        headers = ready.get(call.route.accept)
        if headers is None:
            headers = ready[call.route.accept] = self._prepare(self._plain_headers(call, token))
        return headers

    def _plain_headers(self, call: Call[Any], token: Token | None) -> dict[str, str]:
        own_name = self._settings.user_agent
        headers = {
            "accept": call.route.accept or "*/*",
            "accept-encoding": "gzip, deflate",
            "user-agent": f"{USER_AGENT} {own_name}" if own_name else USER_AGENT,
            **self._settings.headers,
        }
        authorization = self._authorization(call, token)
        if authorization is not None:
            headers["authorization"] = authorization
        if call.body is not None:
            headers["content-type"] = "application/json"
        for name, value in call.headers.items():
            if not is_header_value(value):
                raise HtcPayloadError(f"The header {name} takes only printable ASCII, without spaces at its ends.")
            headers[name.lower()] = value
        return headers

    def _authorization(self, call: Call[Any], token: Token | None) -> str | None:
        if call.authorization is not None:
            value = call.authorization.strip()
            if not is_header_value(value):
                raise HtcConfigurationError(
                    "The authorization header contains characters that a key never has. Copy the key again as a single "
                    "line."
                )
            return value
        if token is not None:
            return f"Bearer {token.value}"
        if call.route.authorization == "key":
            if not self._credential.renewable:
                raise self.context(call, token).annotate(
                    HtcConfigurationError(
                        f"{call.route.method} {call.route.path} takes an API key or a refresh token, and this session "
                        f"has only the bearer token from {self._credential.source}."
                    )
                )
            return self._credential.header
        return None
