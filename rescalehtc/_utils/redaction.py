"""Takes secrets out of text before it is shown to anyone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

MASK = "***"

_PATTERNS = (
    # JSON web tokens, whole or cut off.
    (re.compile(r"eyJ[\w-]{6,}(?:\.[\w-]*){0,2}"), MASK),
    # Authorization values.
    (re.compile(r"\b(Bearer|Token|Refresh|Basic)(\s+)[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1\2{MASK}"),
    # Credentials and signatures in query strings and forms.
    (
        re.compile(
            r"\b((?:X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|GoogleAccessId"
            r"|(?:\w+[_-])?(?:signature|sig|token|secret|password|key))=)[^&\s\"'<>]+",
            re.IGNORECASE,
        ),
        rf"\1{MASK}",
    ),
    # Credentials in JSON, also when its quotes are escaped.
    (
        re.compile(
            r"(\\?\"\w*(?:secret|token|password|signature|credential|accessKey|apiKey)\w*\\?\"\s*:\s*\\?\")[^\"\\]+",
            re.IGNORECASE,
        ),
        rf"\1{MASK}",
    ),
    # Access key ids of AWS.
    (re.compile(r"\bA(?:KIA|SIA)[A-Z0-9]{12,}"), MASK),
    # User and password of a URL.
    (re.compile(r"(://)[^/\s@\"'<>]+@"), rf"\1{MASK}@"),
)
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def scrub(text: str, secrets: Iterable[str] = (), limit: int = 500) -> str:
    """One line of at most ``limit`` characters without the given secrets and whatever looks like one.

    The text is cut only after the masking, so that no part of a secret remains at the end.
    """
    for secret in secrets:
        for form in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}:
            if form:
                text = text.replace(form, MASK)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    text = _UNPRINTABLE.sub(" ", text).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def scrub_cause(error: BaseException | None, secrets: Iterable[str]) -> BaseException | None:
    """An exception of a library, and those behind it, without secrets, requests and frames.

    They are changed in place, because whoever looks for a type must find it.
    """
    secrets, seen = tuple(secrets), set[int]()
    current = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        current.args = tuple(scrub(value, secrets) if isinstance(value, str) else value for value in current.args)
        if isinstance(current, OSError) and isinstance(current.strerror, str):
            current.strerror = scrub(current.strerror, secrets)
        # The request and the response of httpx hold the credentials; frames hold them in their variables.
        for name in ("_request", "_response", "response"):
            vars(current).pop(name, None)
        current.__traceback__ = None
        current.__cause__ = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        current = current.__cause__
    return error
