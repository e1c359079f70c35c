"""Credentials of the storage, and AWS Signature Version 4.

Nothing is stored: the session token, which the server signs, says what they open and until when.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from .clock import Clock
from .credentials import Credentials

#: Name of the only bucket.
STORAGE_NAME = "local-storage"
#: Path prefix of presigned URLs.
PRESIGNED_PREFIX = "/storage/"

#: How much the time of a signed request may differ from this machine's, as with AWS.
_MAX_SKEW = timedelta(minutes=15)


@dataclass(slots=True)
class Signature:
    """The signature of a request, which those of the chunks of its body continue."""

    key: bytes
    #: Time and scope of the request, as each signed text holds them.
    scope: str
    value: str

    def goes_on(self, kind: str, signature: bytes, *hashes: str) -> bool:
        """Whether ``signature`` is that of the next chunk, or of the trailer."""
        text = "\n".join([f"AWS4-HMAC-SHA256-{kind}", self.scope, self.value, *hashes])
        self.value = hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(self.value.encode(), signature)


@dataclass(slots=True, frozen=True)
class StorageGrant:
    """What a signed request opens."""

    #: Folders, each with a slash at its end.
    prefixes: tuple[str, ...]
    signature: Signature

    def opens(self, key: str) -> bool:
        return f"{key.rstrip('/')}/".startswith(self.prefixes)


class StorageAccess:
    """Issues and checks credentials of the storage."""

    def __init__(self, credentials: Credentials, clock: Clock) -> None:
        self._sign = credentials.sign
        self._fits = credentials.signature_fits
        self._clock = clock

    def issue(self, prefixes: list[str], seconds: int) -> dict[str, str]:
        """Credentials that open the folders ``prefixes``, under the names of AWS."""
        content = json.dumps([prefixes, int(self._clock.now()) + seconds]).encode()
        payload = base64.urlsafe_b64encode(content).decode()
        return {
            "AWS_ACCESS_KEY_ID": self._key_id(payload),
            "AWS_SECRET_ACCESS_KEY": self._sign(f"storage secret {payload}"),
            "AWS_SESSION_TOKEN": f"{payload}.{self._sign(f'storage token {payload}')}",
        }

    def _key_id(self, payload: str) -> str:
        return "LOCAL" + self._sign(f"storage id {payload}")[:15].upper()

    def verify(self, method: str, raw_path: str, query: str, headers: Mapping[str, str]) -> StorageGrant | str:
        """What a signed request opens, or the error code of S3."""
        try:
            scheme, _, rest = headers.get("authorization", "").partition(" ")
            fields = dict(part.strip().split("=", 1) for part in rest.split(","))
            key_id, day, region, service, end = fields["Credential"].split("/")
            signed, signature = fields["SignedHeaders"].split(";"), fields["Signature"]
            at = datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            payload, _, mark = headers["x-amz-security-token"].rpartition(".")
        except (ValueError, KeyError):
            return "AccessDenied"
        if scheme != "AWS4-HMAC-SHA256" or service != "s3" or end != "aws4_request" or "host" not in signed:
            return "AccessDenied"
        if not self._fits(f"storage token {payload}", mark) or key_id != self._key_id(payload):
            return "InvalidAccessKeyId"
        if abs(datetime.now(UTC) - at) > _MAX_SKEW:
            return "RequestTimeTooSkewed"
        canonical = "\n".join(
            [
                method,
                raw_path,
                _canonical_query(query),
                *(f"{name}:{' '.join(headers.get(name, '').split())}" for name in signed),
                "",
                ";".join(signed),
                headers.get("x-amz-content-sha256", ""),
            ]
        )
        scope = f"{headers['x-amz-date']}\n{day}/{region}/{service}/{end}"
        text = "\n".join(["AWS4-HMAC-SHA256", scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = f"AWS4{self._sign(f'storage secret {payload}')}".encode()
        for part in (day, region, service, end):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            return "SignatureDoesNotMatch"
        try:
            prefixes, expires = json.loads(base64.urlsafe_b64decode(payload))
        except (ValueError, binascii.Error):
            return "InvalidToken"
        if self._clock.now() >= expires:
            return "ExpiredToken"
        return StorageGrant(tuple(prefixes), Signature(key, scope, expected))


def presign(credentials: Credentials, origin: str, key: str, expires: int) -> str:
    """A URL to upload the file ``key``, valid until ``expires``, in seconds on the server's clock."""
    signature = credentials.sign(f"PUT|{key}|{expires}")
    return f"{origin}{PRESIGNED_PREFIX}{quote(key)}?expires={expires}&signature={signature}"


def is_presigned(credentials: Credentials, method: str, key: str, expires: str, signature: str) -> bool:
    return credentials.signature_fits(f"{method}|{key}|{expires}", signature)


def _canonical_query(query: str) -> str:
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in parse_qsl(query, True))
    return "&".join(f"{name}={value}" for name, value in pairs)
