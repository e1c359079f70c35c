"""A client of pyright's language server: what an editor sees."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class LanguageServer:
    """Completes programs in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        program = Path(sys.executable).with_name("pyright-langserver")
        self._process = subprocess.Popen(
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        folders = [{"uri": folder.as_uri(), "name": "program"}]
        self._ask("initialize", {"processId": None, "workspaceFolders": folders, "capabilities": {}})
        self._send({"method": "initialized", "params": {}})

    def complete(self, source: str) -> set[str]:
        """What is offered at the end of a program."""
        self._number += 1
        uri = (self._folder / f"program_{self._number}.py").as_uri()
        document = {"uri": uri, "languageId": "python", "version": 1, "text": source}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        lines = source.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        found = self._ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": position})
        return {item["label"].removesuffix("=") for item in found["items"]}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message["result"]
            if "id" in message:  # a question of the server
                items = message.get("params", {}).get("items", [])
                self._send({"id": message["id"], "result": [None for _ in items] or None})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while (line := self._process.stdout.readline()) != b"\r\n":
            assert line, "the language server ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line[15:])
        return json.loads(self._process.stdout.read(length))
