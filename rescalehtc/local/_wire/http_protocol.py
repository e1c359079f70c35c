"""One HTTP connection: what uvicorn and its parser leave out of RFC 9112, and how responses are sent."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

# uvicorn warns of requests that are not HTTP, and of clients that offer HTTP/2, as if a package were missing.
_log = logging.getLogger("rescalehtc.local.http")
_log.setLevel(logging.ERROR)

#: Bytes that may come without completing a head or adding to a body.
_MAX_HEAD = 128 * 1024
#: Longest request target in bytes; the library that splits it takes no more.
_MAX_TARGET = 65_535
#: Seconds that a client has to read a response that came before the end of its request.
_LINGER = 30

#: Header fields that may come once. The parser already refuses a second Content-Length.
_SINGLE = (b"host", b"authorization")
_ABSOLUTE = re.compile(rb"(?i:https?)://([^/?@]+)(/[^?]*)?(\?.*)?")


class _RefusedError(Exception):
    """A request fails before its body is read; the argument is the status of the response."""


class JoiningTransport:
    """Sends the head of a response together with its body: uvicorn writes them one after the other.

    That saves a system call here, and another one where they are received.

    Args:
        unread: whether the client is still sending its request. Closing then would destroy the response on its way.
    """

    def __init__(self, transport: asyncio.Transport, unread: Callable[[], bool]) -> None:
        self._transport = transport
        self._unread = unread
        self._loop = asyncio.get_running_loop()
        self._held = b""
        self._lingers = False
        self.get_extra_info, self.abort = transport.get_extra_info, transport.abort
        self.pause_reading, self.resume_reading = transport.pause_reading, transport.resume_reading

    def write(self, data: bytes) -> None:
        if self._lingers:
            return
        if self._held:
            self._transport.write(self._held + data)
            self._held = b""
        else:
            self._held = data
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        if self._held:
            self.write(b"")

    def is_closing(self) -> bool:
        return self._lingers or self._transport.is_closing()

    def close(self) -> None:
        self._flush()
        if self._unread() and not self.is_closing():
            self._lingers = True
            self._transport.write_eof()
            self._transport.resume_reading()
            self._loop.call_later(_LINGER, self._transport.close)
        elif not self._lingers:
            self._transport.close()


class Protocol(HttpToolsProtocol):
    """Reads the requests of one connection."""

    parser: HttpRequestParser

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        joining = JoiningTransport(cast(asyncio.Transport, transport), lambda: self._is_unread)
        self.logger = _log
        # The state of every scope.
        self.app_state = {"abort": joining.abort}
        #: Bytes since the last head was complete or a body grew.
        self._idle_bytes = 0
        self._head_is_complete = self._is_unread = False
        super().connection_made(cast(asyncio.Transport, joining))

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        self._idle_bytes += len(data)
        try:
            while data:
                try:
                    self.parser.feed_data(data)
                    data = b""
                except HttpParserUpgrade as upgrade:
                    data = self._head_without_upgrade() + data[upgrade.args[0] :]
        except HttpParserError as error:
            self._refuse(error.__context__.args[0] if isinstance(error.__context__, _RefusedError) else 400)
        else:
            if self._idle_bytes > _MAX_HEAD:
                self._refuse(431 if len(self.url) <= _MAX_TARGET else 414)

    def eof_received(self) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether the connection stays open: a client that sends nothing more may still wait for its response."""
        owed = self._unanswered()
        if owed is not None and not owed.more_body:
            owed.keep_alive = False
            return True
        self._is_unread = False
        self.transport.close()
        return False

    def _unanswered(self) -> RequestResponseCycle | None:
        """The last request, if it still waits for its response."""
        cycle = cast(RequestResponseCycle | None, self.cycle)
        return None if cycle is None or cycle.response_complete else cycle

    def _refuse(self, status: int) -> None:
        owed = self._unanswered()
        if owed is not None and not owed.more_body:
            # Its client would take this response for that of an earlier request, which was executed.
            owed.keep_alive = False
        elif owed is not None and self.pipeline:
            refusal = Response(status_code=status, headers={"Connection": "close"})
            self.pipeline[0] = (owed, cast(Any, refusal))
        elif owed is not None and owed.response_started:
            self.transport.abort()
        else:
            lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
            lines += [b"%s: %s" % header for header in self.server_state.default_headers]
            lines += [b"content-length: 0", b"connection: close", b"", b""]
            self.transport.write(b"\r\n".join(lines))
            self.transport.close()

    # -- what the parser calls ------------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_is_complete, self._is_unread = False, True

    def on_header(self, name: bytes, value: bytes) -> None:
        # Trailers are not part of the head: they could replace its credentials.
        if not self._head_is_complete:
            super().on_header(name, value.rstrip(b" \t"))

    def on_headers_complete(self) -> None:
        version, headers = self.parser.get_http_version(), dict(self.headers)
        if version not in ("1.0", "1.1"):
            raise _RefusedError(505)
        names = [name for name, _ in self.headers] if len(headers) < len(self.headers) else ()
        if any(names.count(name) > 1 for name in _SINGLE) or (version == "1.1" and b"host" not in headers):
            raise _RefusedError(400)
        if headers.get(b"transfer-encoding", b"chunked").lower() != b"chunked":
            raise _RefusedError(501)
        if len(self.url) > _MAX_TARGET:
            raise _RefusedError(414)
        if self.parser.should_upgrade():
            if b"upgrade" not in headers:  # CONNECT
                raise _RefusedError(501)
            return
        if version == "1.0":
            self.expect_100_continue = False
        if not self.url.startswith(b"/"):
            self._split_target()
        if b"#" in self.url:
            raise _RefusedError(400)
        super().on_headers_complete()
        self._head_is_complete = True
        self._idle_bytes = 0

    def on_body(self, body: bytes) -> None:
        self._idle_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._is_unread = False
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def _split_target(self) -> None:
        """Take host and path from a target in absolute form, which counts for more than the Host header."""
        if self.url == b"*" and self.parser.get_method() == b"OPTIONS":
            return
        found = _ABSOLUTE.fullmatch(self.url)
        if found is None:
            raise _RefusedError(400)
        self.url = (found[2] or b"/") + (found[3] or b"")
        self.headers[:] = [(b"host", found[1]), *(header for header in self.headers if header[0] != b"host")]

    def _head_without_upgrade(self) -> bytes:
        """The head of a request that offers another protocol, which nobody has to accept.

        The parser has stopped behind it, and would take the body for the other protocol.
        """
        lines = [b"%s %s HTTP/1.1" % (self.parser.get_method(), self.url)]
        lines += [b"%s: %s" % header for header in self.headers if header[0] != b"upgrade"]
        return b"\r\n".join([*lines, b"", b""])
