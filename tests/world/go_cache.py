# SPDX-License-Identifier: Apache-2.0
"""What the go command says to the program in GOCACHEPROG (cmd/go/internal/cacheprog)."""

import base64
import hashlib
import json
import subprocess
import threading
from pathlib import Path
from typing import Optional

from world.program import Gov


def key(text: str) -> bytes:
    """An action's or an output's ID."""
    return hashlib.sha256(text.encode()).digest()


class GoSide:
    """A `gov cache helper` and the go command's end of its pipes."""

    def __init__(self, gov: Gov, cache: Path, *options: str,
                 env: Optional[dict[str, Optional[str]]] = None) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [gov.binary, "cache", "helper", *options],
            env=gov.environment({"GOCACHE": str(cache), **(env or {})}),
            cwd=gov.project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._said: list[bytes] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._next = 0
        self._answers: dict[int, dict] = {}
        assert self._answer(0)["KnownCommands"] == ["get", "put", "close"]

    def _listen(self) -> None:
        self._said.extend(self._process.stderr)

    def send(self, command: str, body: Optional[bytes] = None, **fields: bytes) -> int:
        """Sends a request and does not wait for its answer."""
        self._next += 1
        request = {"ID": self._next, "Command": command}
        request |= {name: base64.b64encode(value).decode() for name, value in fields.items()}
        if body:
            request["BodySize"] = len(body)
        text = json.dumps(request) + "\n\n"
        if body:
            text += '"' + base64.b64encode(body).decode() + '"\n'
        self._process.stdin.write(text.encode())
        self._process.stdin.flush()
        return self._next

    def _answer(self, number: int) -> dict:
        while number not in self._answers:
            line = self._process.stdout.readline()
            assert line, f"gov cache helper ended; it said {self.ended()[1]}"
            answer = json.loads(line)
            self._answers[answer["ID"]] = answer
        return self._answers.pop(number)

    def put(self, action: str, body: bytes) -> Path:
        number = self.send("put", body, ActionID=key(action), OutputID=hashlib.sha256(body).digest())
        answer = self._answer(number)
        assert "Err" not in answer, answer
        return Path(answer["DiskPath"])

    def get(self, action: str) -> Optional[bytes]:
        return self.got(self.send("get", ActionID=key(action)))

    def got(self, number: int) -> Optional[bytes]:
        """The body that a get which was sent is answered with; None for a miss."""
        answer = self._answer(number)
        assert "Err" not in answer, answer
        if answer.get("Miss"):
            return None
        body = Path(answer["DiskPath"]).read_bytes()
        assert len(body) == answer.get("Size", 0)
        assert hashlib.sha256(body).digest() == base64.b64decode(answer["OutputID"])
        return body

    def close(self) -> list[str]:
        """Says close; the lines that gov said on standard error."""
        self._answer(self.send("close"))
        code, said = self.ended()
        assert code == 0, said
        return said

    def ended(self) -> tuple[int, list[str]]:
        self._process.stdin.close()
        code = self._process.wait(timeout=60)
        self._listener.join()
        self._process.stdout.close()
        self._process.stderr.close()
        return code, [line.decode().rstrip("\n") for line in self._said]
