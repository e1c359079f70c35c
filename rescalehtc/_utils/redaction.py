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
