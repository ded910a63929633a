# SPDX-License-Identifier: Apache-2.0
"""A loopback HTTP/1.1 server with a request log and with faults that tests set by path."""

import fnmatch
import hashlib
import mmap
import re
import socket
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Callable, Optional, Union
from urllib.parse import urlsplit

from world.faults import Fault, Reply
from world.loopback import Loopback

Body = Union[bytes, Path]
_PIECE = 1 << 16


@dataclass
class Request:
    """One request as it came, and how many bytes of body it was answered with."""

    method: str
    path: str
    headers: dict[str, str]
    sent: int = 0


@dataclass
class _Rule:
    pattern: str
    fault: Fault
    left: int

    def matches(self, path: str) -> bool:
        return fnmatch.fnmatchcase(path, self.pattern)


class Server:
    """Serves `routes` (path to body) and `mounts` (path prefix to function) on 127.0.0.1."""

    def __init__(self) -> None:
        self.routes: dict[str, Body] = {}
        self.mounts: dict[str, Callable[[str], Optional[bytes]]] = {}
        self.requests: list[Request] = []
        self.takes_ranges = True
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._http = Loopback(_handler_of(self))
        self.url = self._http.url

    def close(self) -> None:
        self._http.close()

    def fault(self, pattern: str, *faults: Fault, times: int = 1 << 30) -> None:
        """Lets `faults` change the first `times` answers for paths that match a shell pattern."""
        with self._lock:
            self._rules += [_Rule(pattern, fault, times) for fault in faults]

    def heal(self) -> None:
        with self._lock:
            self._rules.clear()

    def asked(self, pattern: str) -> list[Request]:
        return [one for one in list(self.requests) if fnmatch.fnmatchcase(one.path, pattern)]

    def handle(self, connection: socket.socket) -> None:
        """Serves a connection that something else accepted."""
        self._http.RequestHandlerClass(connection, connection.getpeername(), self._http)

    def etag(self, path: str) -> str:
        """The entity tag of what is served there."""
        return _loaded(self.routes[path]).headers["ETag"]

    def find(self, path: str) -> Optional[Body]:
        if path in self.routes:
            return self.routes[path]
        for prefix, answer in self.mounts.items():
            if path.startswith(prefix):
                return answer(path.removeprefix(prefix))
        return None

    def apply_faults(self, path: str, reply: Reply) -> None:
        with self._lock:
            due = [rule for rule in self._rules if rule.left and rule.matches(path)]
            for rule in due:
                rule.left -= 1
        for rule in due:
            rule.fault(reply)


def _handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers GET and HEAD, with single ranges and entity tags, on kept-alive connections."""

        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            request = Request(self.command, path, dict(self.headers))
            server.requests.append(request)
            try:
                self._send(self._reply(path), request)
            except OSError:
                self.close_connection = True  # the client went away

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

        def _reply(self, path: str) -> Reply:
            try:
                found = server.find(path)
            except OSError as error:
                return Reply(f"upstream: {error}\n".encode(), 502)
            reply = Reply(b"not found\n", 404) if found is None else _loaded(found)
            reply.asked_for = self.headers.get("Range", "")
            server.apply_faults(path, reply)
            tag = self.headers.get("If-None-Match")
            if reply.status == 200 and tag and tag == reply.headers.get("ETag"):
                reply.status, reply.body = 304, b""
            return reply

        def _send(self, reply: Reply, request: Request) -> None:
            start, stop = self._range(reply)
            self.send_response(reply.status)
            length = (
                {"Transfer-Encoding": "chunked"}
                if reply.chunked
                else {"Content-Length": str(stop - start)}
            )
            if reply.until_closed:
                length = {"Connection": "close"}
            for name, value in {**length, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "HEAD":
                return
            until = stop if reply.end is None else max(start, min(stop, reply.end))
            self._send_body(memoryview(reply.body)[start:until], reply, request)
            self.close_connection = self.close_connection or until < stop

        def _send_body(self, body: memoryview, reply: Reply, request: Request) -> None:
            piece = _PIECE if reply.rate is None else max(1, reply.rate // 10)
            for offset in range(0, len(body), piece):
                part = body[offset : offset + piece]
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if reply.chunked else part)
                request.sent += len(part)
                if reply.rate is not None:
                    time.sleep(0.1)
            if reply.chunked and reply.end is None:
                self.wfile.write(b"0\r\n\r\n")

        def _range(self, reply: Reply) -> tuple[int, int]:
            """The part of the body to send; makes the reply a 206 or a 416 when asked for one."""
            size = len(reply.body)
            asked = re.fullmatch(r"bytes=(?!-$)(\d*)-(\d*)", self.headers.get("Range", ""))
            tag = self.headers.get("If-Range")
            is_other = tag and tag != reply.headers.get("ETag")
            if not server.takes_ranges or reply.status != 200 or not asked or is_other:
                return 0, size
            if asked[1]:
                start, stop = int(asked[1]), min(size, int(asked[2] or size) + 1)
            else:
                start, stop = max(0, size - int(asked[2])), size
            if start >= size:
                reply.status, reply.body = 416, b""
                reply.headers["Content-Range"] = f"bytes */{size}"
                return 0, 0
            reply.status = 206
            reply.headers.setdefault("Content-Range", f"bytes {start}-{stop - 1}/{size}")
            return start, stop

    return Handler


def _loaded(body: Body) -> Reply:
    """The answer for a route: files are mapped, so that a flip changes no file."""
    if isinstance(body, bytes):
        tag, content = hashlib.sha256(body).hexdigest()[:16], body
    else:
        stat = body.stat()
        tag = f"{stat.st_size:x}-{stat.st_mtime_ns:x}"
        with open(body, "rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    return Reply(content, headers={"ETag": f'"{tag}"', "Accept-Ranges": "bytes"})
