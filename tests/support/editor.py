"""An editor without a window: it talks to the YAML language server as VS Code does.

The server answers by the Language Server Protocol over its standard streams; its settings are those
of ``.vscode/settings.json``. Lines and columns count from 0, as in the protocol.
"""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from minutes.paths import ROOT

SERVER = ROOT / "tests/node_modules/.bin/yaml-language-server"

Message: TypeAlias = dict[str, Any]


class Mark(NamedTuple):
    """What is underlined: the line, the text there, and what the editor says of it."""

    line: int
    text: str
    message: str


class Editor:
    """A server that runs, and the one file that is open in it."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        assert process.stdin
        assert process.stdout
        self.to_server, self.from_server = process.stdin, process.stdout
        self.folder = folder
        self.asked = self.opened = 0
        self.request("initialize", _about(folder))
        self.send({"method": "initialized", "params": {}})

    def open(self, name: str, text: str) -> list[Mark]:
        """Open a file of the folder; gives what is underlined in it, in its order."""
        self.uri = (self.folder / name).as_uri()
        self.opened += 1
        document = {"uri": self.uri, "languageId": "yaml", "version": self.opened, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        told = self.until(lambda message: message.get("method", "").endswith("Diagnostics"))
        assert told["params"]["uri"] == self.uri
        lines = text.split("\n")
        return sorted(_mark(found, lines) for found in told["params"]["diagnostics"])

    def close(self) -> None:
        """Have the server end."""
        self.request("shutdown", {})
        self.send({"method": "exit"})

    def offers(self, line: int, column: int) -> dict[str, str]:
        """Give what is offered at a place, each with its description."""
        answer = self.request("textDocument/completion", self._at(line, column))
        return {item["label"]: item.get("documentation", "") for item in answer["items"]}

    def hover(self, line: int, column: int) -> str:
        """Give what is told of the word at a place."""
        answer = self.request("textDocument/hover", self._at(line, column))
        return str(answer["contents"]["value"])

    def _at(self, line: int, column: int) -> Message:
        place = {"line": line, "character": column}
        return {"textDocument": {"uri": self.uri}, "position": place}

    def request(self, method: str, params: Message) -> Any:
        """Ask the server; gives its answer."""
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        return self.until(lambda message: message.get("id") == self.asked)["result"]

    def send(self, message: Message) -> None:
        """Write one message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.to_server.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.to_server.flush()

    def until(self, wanted: Callable[[Message], bool]) -> Message:
        """Read messages up to the one that is wanted, and answer the server's own questions."""
        while True:
            message = self.read()
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": _answer(message)})
            elif wanted(message):
                return message

    def read(self) -> Message:
        """Read one message."""
        length = 0
        while header := self.from_server.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server ended"
        message: Message = json.loads(self.from_server.read(length))
        return message


@contextmanager
def editor(folder: Path, *, around: Sequence[str | Path] = ()) -> Iterator[Editor]:
    """Start an editor on a folder, inside the command ``around`` where one is given."""
    command = [*around, SERVER, "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            opened = Editor(process, folder)
            yield opened
            opened.close()
            process.wait(30)
        finally:
            process.kill()


def _about(folder: Path) -> Message:
    return {
        "processId": None,
        "rootUri": folder.as_uri(),
        "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
        "capabilities": {
            "workspace": {
                "configuration": True,
                "didChangeConfiguration": {"dynamicRegistration": True},
            },
            "textDocument": {"hover": {"contentFormat": ["markdown"]}},
        },
    }


def _answer(message: Message) -> Any:
    """Answer what the server asks of an editor: its settings, and nothing else."""
    if message["method"] != "workspace/configuration":
        return None
    return [_settings(item.get("section", "")) for item in message["params"]["items"]]


def _settings(section: str) -> Mapping[str, Any] | None:
    """Give the settings of a section as VS Code does: ``a.b`` is a key within a key."""
    kept = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    found: dict[str, Any] = {"validate": True, "hover": True, "completion": True}
    for name, value in kept.items():
        if name.startswith(f"{section}."):
            _put(found, name.split(".")[1:], value)
    return found if section == "yaml" else None


def _put(settings: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for name in path[:-1]:
        settings = settings.setdefault(name, {})
    settings[path[-1]] = value


def _mark(found: Message, lines: Sequence[str]) -> Mark:
    start, end = found["range"]["start"], found["range"]["end"]
    assert start["line"] == end["line"], found
    text = lines[start["line"]][start["character"] : end["character"]]
    return Mark(start["line"], text, found["message"])
