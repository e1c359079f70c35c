"""The table of faults: what a server or the network does wrong, and how a call with each method must end.

Each row says: name, bytes that are sent, what happens to the connection, then the outcome of GET and PUT, and that of
POST and PATCH. ``None`` is the response to a repeat (or to the first call, where nothing is really wrong). A call of
POST or PATCH that a server may have carried out must never reach it twice.
"""

from __future__ import annotations

import gzip
import zlib
from typing import Any

from rescalehtc.exceptions import (
    HtcBadRequestError,
    HtcConflictError,
    HtcConnectionError,
    HtcDecodeError,
    HtcForbiddenError,
    HtcNotFoundError,
    HtcRateLimitError,
    HtcRedirectError,
    HtcServerError,
    HtcTimeoutError,
)
from tests.support.fault_server import Fault

Outcome = type[Exception] | None
_SAME: Any = object()

FAULTS: list[Fault] = []


def _add(
    name: str,
    send: bytes,
    end: Any,
    repeated: Outcome,
    once: Any = _SAME,
    *,
    when: Any = "request",
    delete: Any = _SAME,
    **options: bool,
) -> None:
    once = repeated if once is _SAME else once
    FAULTS.append(Fault(name, send, end, when, repeated, once, repeated if delete is _SAME else delete, **options))


def _head(status: str = "200 OK", *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode()


def _response(status: str, body: bytes = b"", *headers: str) -> bytes:
    return _head(status, "content-length: {length}", *headers) + body


_CHUNKED = "transfer-encoding: chunked"
_GZIP, _DEFLATE = "content-encoding: gzip", "content-encoding: deflate"
_JSON, _HTML = "content-type: application/json", "content-type: text/html"
_ECHO = b'{"errorType":"BAD","errorDescription":"key {key} and {token}"}'
_PAGE = b"<!doctype html><html><head><title>{key} {token}</title></head><body>{key}</body></html>"

# ---- The connection fails -------------------------------------------------------------------------------------------
for _end in ("close", "reset"):
    for _when, _what in (("connected", "before the request"), ("head", "amid the request"), ("request", "after it")):
        _add(f"{_end} {_what}", b"", _end, None, HtcConnectionError, when=_when)
    for _what, _bytes in (
        ("amid the status line", b"HTTP/1.1 20"),
        ("amid the headers", b"HTTP/1.1 200 OK\r\ncontent-le"),
        ("before the body", _head("200 OK", "content-length: 9")),
        ("amid the body", _head("200 OK", "content-length: 9") + b"[1,"),
        ("amid the size of a chunk", _head("200 OK", _CHUNKED) + b"1"),
        ("amid a chunk", _head("200 OK", _CHUNKED) + b"9\r\n[1,"),
        ("before the last chunk", _head("200 OK", _CHUNKED) + b"1\r\n1\r\n"),
        ("after 100 Continue", _head("100 Continue")),
        ("after 103 Early Hints", _head("103 Early Hints", "link: </a>")),
        ("amid gzip", _head("200 OK", _GZIP, "content-length: 99") + gzip.compress(b"1")),
    ):
        _add(f"{_end} {_what}", _bytes, _end, None, HtcConnectionError)
for _when, _what in (("connected", "before the request"), ("head", "amid the request"), ("request", "after it")):
    _add(f"silence {_what}", b"", "stall", None, HtcTimeoutError, when=_when)
for _what, _bytes in (
    ("amid the headers", b"HTTP/1.1 200 OK\r\nx: "),
    ("amid the body", _head("200 OK", "content-length: 9") + b"[1,"),
    ("amid a chunk", _head("200 OK", _CHUNKED) + b"9\r\n[1,"),
    ("after 100 Continue", _head("100 Continue")),
):
    _add(f"silence {_what}", _bytes, "stall", None, HtcTimeoutError)

# ---- The response is not HTTP ---------------------------------------------------------------------------------------
for _what, _bytes in (
    ("noise", bytes(range(256)) * 4),
    ("zeros", bytes(64)),
    ("an alert of TLS", b"\x15\x03\x01\x00\x02\x02\x28"),
    ("the greeting of HTTP/2", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18)),
    ("the greeting of SSH", b"SSH-2.0-OpenSSH_9.6\r\n"),
    ("the greeting of SMTP", b"220 mail ESMTP {key}\r\n"),
    ("JSON without a head", b'{"a":1}'),
    ("another request", b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"),
    ("a status line without a status", b"HTTP/1.1 \r\n\r\n"),
    ("a status of two digits", b"HTTP/1.1 20 OK\r\n\r\n"),
    ("a status of letters", b"HTTP/1.1 abc OK\r\n\r\n"),
    ("HTTP/20", b"HTTP/20 200 OK\r\ncontent-length: 1\r\n\r\n1"),
    ("a header without a colon", _head("200 OK", "content-length 1") + b"1"),
    ("a header with a space in its name", _head("200 OK", "content length: 1") + b"1"),
    ("a header with a zero byte", b"HTTP/1.1 200 OK\r\nx: a\0b\r\ncontent-length: 1\r\n\r\n1"),
    ("a header of 200 kB", _head("200 OK", "x: " + "a" * 200_000, "content-length: 1") + b"1"),
    ("200 kB of headers", _head("200 OK", *[f"x{number}: a" for number in range(20_000)]) + b"1"),
    ("a length of letters", _head("200 OK", "content-length: one") + b"1"),
    ("a negative length", _head("200 OK", "content-length: -1") + b"1"),
    ("a length with a sign", _head("200 OK", "content-length: +1") + b"1"),
    ("two lengths", _head("200 OK", "content-length: 1", "content-length: 2") + b"12"),
    ("a length of 30 digits", _head("200 OK", "content-length: " + "9" * 30) + b"1"),
    ("an unknown transfer encoding", _head("200 OK", "transfer-encoding: cake") + b"1"),
    ("chunks without sizes", _head("200 OK", _CHUNKED) + b"hello\r\n"),
    ("a negative chunk", _head("200 OK", _CHUNKED) + b"-1\r\n1\r\n0\r\n\r\n"),
    ("a chunk of 40 digits", _head("200 OK", _CHUNKED) + b"f" * 40 + b"\r\n1\r\n0\r\n\r\n"),
    ("a chunk longer than stated", _head("200 OK", _CHUNKED) + b"1\r\n123\r\n0\r\n\r\n"),
):
    _add(_what, _bytes, "close", None, HtcConnectionError)
_UPGRADE = _head("101 Switching Protocols", "upgrade: h2c", "connection: upgrade")
_add("101 Switching Protocols", _UPGRADE, "close", None, HtcConnectionError)

# ---- It is HTTP, and slow, split or followed by more ----------------------------------------------------------------
_add("byte by byte", _response("200 OK", b"7777"), "keep", None, drip=True)
_add("chunk by chunk", _head("200 OK", _CHUNKED) + b"1;a=b\r\n7\r\n3\r\n777\r\n0\r\nx: y\r\n\r\n", "keep", None)
_add("no length, closed", _head("200 OK") + b"7777", "close", None)
_add("HTTP/9.9", b"HTTP/9.9 200 OK\r\ncontent-length: 4\r\n\r\n7777", "keep", None)
_add("HTTP/1.0, closed", b"HTTP/1.0 200 OK\r\n\r\n7777", "close", None)
_add("a hundred times 100 Continue", _head("100 Continue") * 100 + _response("200 OK", b"7777"), "keep", None)
_add("kept alive, and closed", _response("200 OK", b"7777"), "close", None)
_add(
    "a second response",
    _head("200 OK", "content-length: 4") + b"7777" + _head("200 OK", "content-length: 1") + b"9",
    "keep",
    None,
)
_add("bytes after the response", _head("200 OK", "content-length: 4") + b"7777garbage", "keep", None)
_add("a body after 204", _head("204 No Content") + b"garbage", "keep", HtcDecodeError, delete=None)
_add("a length with 204", _head("204 No Content", "content-length: 4") + b"7777", "keep", HtcDecodeError, delete=None)

# ---- The body cannot be read ----------------------------------------------------------------------------------------
for _what, _headers, _body in (
    ("gzip cut off", _GZIP, gzip.compress(b"[7777, 8]")[:-12]),
    ("gzip of a million zeros and no end", _GZIP, gzip.compress(bytes(1_000_000))[:-8]),
    ("an encoding that nobody asked for", "content-encoding: br", b"\x0b\x01\x80"),
    ("gzip of noise", _GZIP, bytes(range(64))),
    ("deflate of noise", _DEFLATE, b"\xff" * 64),
    ("gzip with a wrong checksum", _GZIP, gzip.compress(b"7777")[:-8] + bytes(8)),
    ("deflate with a wrong checksum", _DEFLATE, zlib.compress(b"7777")[:-4] + bytes(4)),
):
    _add(_what, _response("200 OK", _body, _headers), "keep", HtcDecodeError)
for _what, _headers, _body in (
    ("nothing", _JSON, b""),
    ("white space", _JSON, b" \r\n"),
    ("an HTML page", _HTML, _PAGE),
    ("an HTML page said to be JSON", _JSON, _PAGE),
    ("half of a JSON object", _JSON, b'{"a": '),
    ("two JSON values", _JSON, b"1 2"),
    ("JSON in single quotes", _JSON, b"{'a': '{key}'}"),
    ("no UTF-8", _JSON, b'"\xff\xfe"'),
    ("an array 100 000 deep", _JSON, b"[" * 100_000 + b"]" * 100_000),
    ("the secrets as text", "content-type: text/plain", b"{key} {token}"),
):
    _add(_what, _response("200 OK", _body, _headers), "keep", HtcDecodeError, delete=None)
for _what, _headers, _body in (
    ("gzip", _GZIP, gzip.compress(b"7777")),
    ("gzip in two members", _GZIP, gzip.compress(b"77") + gzip.compress(b"77")),
    ("deflate", _DEFLATE, zlib.compress(b"7777")),
    ("UTF-16", _JSON, "7777".encode("utf-16")),
    ("a byte order mark", _JSON, b"\xef\xbb\xbf7777"),
    ("JSON said to be HTML", _HTML, b"7777"),
    ("JSON without a type", "x: y", b"7777"),
):
    _add(_what, _response("200 OK", _body, _headers), "keep", None)

# ---- The status is an error -----------------------------------------------------------------------------------------
_BY_STATUS: dict[str, Outcome] = {
    **dict.fromkeys(("300", "301", "302", "303", "304", "307", "308", "399"), HtcRedirectError),
    **dict.fromkeys(("400", "402", "405", "406", "408", "411", "413", "414", "415", "416", "417", "418", "421", "422",
                     "423", "424", "425", "426", "428", "431", "451", "460", "499"), HtcBadRequestError),
    **dict.fromkeys(("500", "501", "505", "507", "508", "511", "520", "530", "599", "600", "999"), HtcServerError),
    "403": HtcForbiddenError, "404": HtcNotFoundError, "409": HtcConflictError, "410": HtcNotFoundError,
    "412": HtcConflictError,
}  # fmt: skip
for _status, _class in _BY_STATUS.items():
    _body = b"" if _status == "304" else _ECHO
    _add(f"status {_status}", _response(_status, _body, _JSON, "location: https://{key}.example/"), "keep", _class)
_add("status 401, once", _response("401", _ECHO, _JSON), "keep", None, sent_again=True)
for _status in ("502", "503", "504"):
    _add(f"status {_status}, a page of a gateway", _response(_status, _PAGE, _HTML), "keep", None, HtcServerError)
    _add(f"status {_status}, cut off", _head(_status, "content-length: 9") + b"1", "close", None, HtcConnectionError)
for _when in ("1", "0", "Wed, 21 Oct 2015 07:28:00 GMT"):
    for _status in ("429", "503"):
        _add(
            f"status {_status}, back at {_when}",
            _response(_status, b"", f"retry-after: {_when}"),
            "keep",
            None,
            sent_again=True,
        )
_add("status 429 without a time", _response("429", _ECHO), "keep", None, sent_again=True)
_add("status 429, back in a year", _response("429", b"", "retry-after: 31536000"), "keep", HtcRateLimitError)
for _when in ("soon", "-1", "1e9", "\xb2", "", "Wed, 99 Oct 2015 99:28:00 GMT"):
    # No time that can be understood: no proof that nothing was done.
    _add(f"status 503, back at {_when!r}", _response("503", b"", f"retry-after: {_when}"), "keep", None, HtcServerError)
for _what, _body in (
    ("no UTF-8", b"\xff{key}"),
    ("a JSON string", b'"{key} {token}"'),
    ("a JSON array", b'["{key}", "{token}"]'),
    ("a number for a text", b'{"errorType":1,"errorDescription":{"a":"{key}"},"message":["{token}"]}'),
    ("an HTML page", _PAGE),
    ("64 kB of text", b"{key} " + b"a" * (1 << 16)),
    ("65 kB that look like secrets", b"token" * 13_000 + b"={key}"),
    ("an array 100 000 deep", b"[" * 100_000),
    ("credentials of a provider", b"AWS_SECRET_ACCESS_KEY={key}&X-Amz-Signature={token}"),
):
    _add(f"status 400 with {_what}", _response("400", _body), "keep", HtcBadRequestError)
