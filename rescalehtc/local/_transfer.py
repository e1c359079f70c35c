"""Upload and download under presigned URLs."""

from __future__ import annotations

import mimetypes
import os
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

from rescalehtc.local._asgi import ClientGone, Receive, Send, send_answer, start_message
from rescalehtc.local._http import Answer, Refusal
from rescalehtc.local._world import World

PREFIX = "/storage/"
#: Largest file that can be uploaded, in bytes.
MAX_UPLOAD = 4 * 1024**3
_CHUNK = 1024 * 1024


def presign(world: World, origin: str, key: str, expires: int) -> str:
    """A URL for the file `key` that is valid until `expires`, in seconds on the server's clock."""
    return f"{origin}{PREFIX}{quote(key)}?expires={expires}&signature={world.auth.sign(f'{key}|{expires}')}"


def _check(world: World, raw_path: str, query: str) -> Path:
    key = unquote(raw_path[len(PREFIX) :])
    given = {name: values[-1] for name, values in parse_qs(query).items()}
    expires, signature = given.get("expires", ""), given.get("signature", "")
    if not expires.isdigit() or not world.auth.signature_fits(f"{key}|{expires}", signature):
        raise Refusal(403, "SIGNATURE_DOES_NOT_MATCH", "")
    if world.clock.now() >= int(expires):
        raise Refusal(403, "EXPIRED", "")
    return world.files.locate(key)


async def serve(
    world: World, method: str, raw_path: str, headers: dict[str, str], query: str, receive: Receive, send: Send
) -> None:
    """One request for a file."""
    try:
        path = _check(world, raw_path, query)
        if method == "PUT":
            await _receive_file(world, path, headers, receive)
            await send_answer(Answer(200), send)
        elif method in ("GET", "HEAD"):
            await _send_file(path, send, head=method == "HEAD")
        else:
            await send_answer(Answer(405, headers={"Allow": "GET, HEAD, PUT"}), send)
    except Refusal as refusal:
        await send_answer(Answer.text(refusal.status, refusal.code), send)


async def _receive_file(world: World, path: Path, headers: dict[str, str], receive: Receive) -> None:
    """Write beside the other files first, so that nobody ever sees half a file."""
    announced = headers.get("content-length", "0")
    too_large = Refusal(413, "FILE_TOO_LARGE", "", {"Connection": "close"})
    if announced.isdigit() and int(announced) > MAX_UPLOAD:
        raise too_large
    with _Upload(world.files.root, path) as upload:
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            part: bytes = message.get("body", b"")
            size += len(part)
            if size > MAX_UPLOAD:
                raise too_large
            upload.file.write(part)
            if not message.get("more_body", False):
                break
        upload.keep()


class _Upload:
    """A file that appears at its place when it is complete, or never."""

    def __init__(self, root: Path, path: Path) -> None:
        if path.is_dir():
            raise Refusal(409, "IS_A_FOLDER", "")
        self._path = path
        handle, name = tempfile.mkstemp(dir=root, prefix="upload-")
        self._temporary = Path(name)
        self.file = os.fdopen(handle, "wb")

    def keep(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise Refusal(409, "A_FOLDER_IS_A_FILE", "") from None
        self.file.close()
        self._temporary.chmod(0o644)
        self._temporary.replace(self._path)

    def __enter__(self) -> _Upload:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self._temporary.unlink(missing_ok=True)


async def _send_file(path: Path, send: Send, *, head: bool) -> None:
    try:
        file = path.open("rb")
    except OSError:
        raise Refusal(404, "NO_SUCH_FILE", "") from None
    with file:
        size = os.fstat(file.fileno()).st_size
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # Always as a download: a page that a job wrote must not run under the origin of this server.
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        await send(start_message(Answer(200, content_type=kind, headers=headers), size))
        left = 0 if head else size
        while left > 0:
            part = file.read(min(_CHUNK, left))
            if not part:
                break
            left -= len(part)
            await send({"type": "http.response.body", "body": part, "more_body": left > 0})
        if left or not size or head:
            await send({"type": "http.response.body", "body": b""})
