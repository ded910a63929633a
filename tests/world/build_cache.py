# SPDX-License-Identifier: Apache-2.0
"""Servers for a shared build cache, on loopback: one with faults, and real ones."""

import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Iterator, Optional

from world import cache
from world.loopback import Loopback
from world.releases import Unavailable

BAZEL_REMOTE = "github.com/buchgr/bazel-remote/v2"
BAZEL_REMOTE_VERSION = "v2.6.1"


class FaultyCache:
    """Keeps what is put, in memory, and fails as it is told. Faults may change at any time."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.refuses: dict[str, int] = {}  # method: status
        self.headers: dict[str, str] = {}  # sent along with a refusal
        self.lies_in = ""  # bodies of paths with this in them are changed
        self.hangs = False  # no answer at all
        self.drips = False  # a byte a second
        self.delay = 0.0
        self.lacks_folders = False  # until they are made, as WebDAV servers want it
        self.folders: set[str] = set()
        self.breaks_off = False  # in the middle of each body
        self._closing = threading.Event()
        self._http = Loopback(_handler_of(self))
        self.url = self._http.url

    def asked(self, method: str, part: str = "") -> list[str]:
        return [path for how, path, _ in list(self.requests) if how == method and part in path]

    def close(self) -> None:
        self._closing.set()
        self._http.close()

    def wait(self, seconds: float) -> None:
        self._closing.wait(seconds)


def _handler_of(server: FaultyCache) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            if not self._begin():
                return
            body = server.kept.get(self.path)
            if body is None:
                return self._answer(404, b"not found\n")
            if server.lies_in and server.lies_in in self.path and body:
                body = bytes([body[0] ^ 1]) + body[1:]
            self._answer(200, body)

        def do_PUT(self) -> None:
            if not self._begin():
                return
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if server.lacks_folders and self.path.split("/")[1] not in server.folders:
                return self._answer(409, b"no such folder\n")
            server.kept[self.path] = body
            self._answer(201, b"")

        def do_MKCOL(self) -> None:
            if self._begin():
                server.folders.add(self.path.strip("/"))
                self._answer(201, b"")

        def log_message(self, *_: object) -> None:
            pass

        def _begin(self) -> bool:
            """Notes the request; False where it is answered, or never will be."""
            server.requests.append((self.command, self.path, dict(self.headers)))
            if server.hangs:
                server.wait(60)
                self.close_connection = True
                return False
            if server.delay:
                server.wait(server.delay)
            if self.command in server.refuses:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self._answer(server.refuses[self.command], b"no\n", server.headers)
                return False
            return True

        def _answer(self, status: int, body: bytes, headers: Optional[dict] = None) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.end_headers()
                if server.drips:
                    for byte in body:
                        self.wfile.write(bytes([byte]))
                        server.wait(1)
                elif server.breaks_off and len(body) > 1:
                    self.wfile.write(body[: len(body) // 2])
                    self.close_connection = True
                else:
                    self.wfile.write(body)
            except OSError:
                self.close_connection = True

    return Handler


@contextmanager
def bazel_remote(directory: Path) -> Iterator[str]:
    """The URL of a bazel-remote with its defaults, which check what is put below /ac/."""
    program = cache.directory() / f"bazel-remote-{BAZEL_REMOTE_VERSION}" / "bazel-remote"
    with cache.locked("bazel-remote"):
        cache.made(program, _make_bazel_remote)
    port, grpc = _free_port(), _free_port()
    words = [program, "--dir", directory, "--max_size", "1", "--http_address", f"127.0.0.1:{port}",
             "--grpc_address", f"127.0.0.1:{grpc}"]
    with _running(words, f"http://127.0.0.1:{port}/status") as _:
        yield f"http://127.0.0.1:{port}"


def _make_bazel_remote(target: Path) -> None:
    """Builds it from the module proxy, with the hashes of its own go.sum."""
    go = shutil.which("go")
    if go is None:
        raise Unavailable("there is no go on PATH to build bazel-remote")
    place = target.with_suffix(".src")
    place.mkdir()
    try:
        found = subprocess.run(
            [go, "mod", "download", "-json", f"{BAZEL_REMOTE}@{BAZEL_REMOTE_VERSION}"],
            cwd=place, capture_output=True, text=True)
        directory = found.stdout.partition('"Dir": "')[2].partition('"')[0]
        if not directory:
            raise Unavailable(f"bazel-remote cannot be had: {found.stdout}{found.stderr}")
        source = place / "source"
        shutil.copytree(directory, source)
        subprocess.run(["chmod", "-R", "u+w", source], check=True)
        built = subprocess.run([go, "build", "-o", target, "."], cwd=source, capture_output=True,
                               text=True)
        if built.returncode != 0:
            raise Unavailable(f"bazel-remote cannot be built: {built.stderr[-500:]}")
    finally:
        shutil.rmtree(place)


NGINX = """daemon off;
pid {place}/nginx.pid;
error_log {place}/error.log;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {place}/files;
        location / {{
            dav_methods PUT MKCOL;
            client_max_body_size 0;
            {more}
        }}
    }}
}}
"""


@contextmanager
def nginx(directory: Path, more: str = "") -> Iterator[str]:
    """The URL of an nginx with WebDAV, where no folder is yet."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/usr/local/sbin")
    if program is None:
        raise Unavailable("nginx is not installed")
    (directory / "files").mkdir(parents=True)
    port = _free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = directory / "nginx.conf"
    configuration.write_text(NGINX.format(place=directory, port=port, user=user, more=more))
    words = [program, "-p", directory, "-c", configuration, "-e", directory / "error.log"]
    with _running(words, f"http://127.0.0.1:{port}/") as _:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(words: list, url: str) -> Iterator[subprocess.Popen]:
    """A server, from when it answers; ended afterwards."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise Unavailable(f"{words[0]} ended with {process.returncode}")
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except urllib.error.HTTPError:
                break  # an answer all the same
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
