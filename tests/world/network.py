# SPDX-License-Identifier: Apache-2.0
"""What stands between a client and a server: TLS, HTTP proxies, SOCKS proxies."""

import contextlib
import socket
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Callable

from world.server import Server

HOST = "releases.test"  # no name server knows it


class Certificates:
    """A certificate authority of the tests' own and a certificate for HOST."""

    def __init__(self, directory: Path) -> None:
        self.authority, self.chain = directory / "authority.pem", directory / "server.pem"
        self._directory = directory
        key, other = self._key("authority"), self._key("server")
        self._openssl(
            f"req -x509 -new -key {key} -days 2 -subj /CN=gov-tests -out {self.authority}"
        )
        self._openssl(f"req -new -key {other} -subj /CN={HOST} -out {directory}/request")
        (directory / "names").write_text(f"subjectAltName=DNS:{HOST},IP:127.0.0.1\n")
        self._openssl(
            f"x509 -req -in {directory}/request -CA {self.authority} -CAkey {key}"
            f" -CAcreateserial -days 2 -extfile {directory}/names -out {directory}/certificate"
        )
        self.chain.write_text(other.read_text() + (directory / "certificate").read_text())

    def _key(self, name: str) -> Path:
        path = self._directory / f"{name}.key"
        self._openssl(f"ecparam -name prime256v1 -genkey -noout -out {path}")
        return path

    def _openssl(self, arguments: str) -> None:
        subprocess.run(["openssl", *arguments.split()], check=True, capture_output=True)


def secure(server: Server, certificates: Certificates) -> int:
    """Serves what `server` serves by https as well, on a port of its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.chain)

    def serve(client: socket.socket) -> None:
        with context.wrap_socket(client, server_side=True) as wrapped:
            server.handle(wrapped)

    return _listen(serve)


class Proxy:
    """An HTTP or SOCKS5 proxy that brings whoever asks for HOST to 127.0.0.1; notes who asked."""

    def __init__(self, kind: str) -> None:
        self.asked: list[str] = []
        self.url = f"{kind}://127.0.0.1:{_listen(self._socks if kind == 'socks5' else self._connect)}"

    def _connect(self, client: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(1) or b"\r\n\r\n"
        line = head.split(b"\r\n")[0].decode()
        self.asked.append(line)
        method, target, _ = line.split()
        assert method == "CONNECT"
        self._join(client, int(target.rsplit(":", 1)[1]), b"HTTP/1.1 200 fine\r\n\r\n")

    def _socks(self, client: socket.socket) -> None:
        client.recv(1)
        client.recv(client.recv(1)[0])
        client.sendall(b"\x05\x00")
        _, _, _, kind = client.recv(4)
        name = client.recv(client.recv(1)[0]).decode() if kind == 3 else str(client.recv(4))
        port = int.from_bytes(client.recv(2), "big")
        self.asked.append(f"{name}:{port}")
        self._join(client, port, b"\x05\x00\x00\x01" + bytes(6))

    @staticmethod
    def _join(client: socket.socket, port: int, greeting: bytes) -> None:
        with socket.create_connection(("127.0.0.1", port)) as server:
            client.sendall(greeting)
            back = threading.Thread(target=_pump, args=(server, client), daemon=True)
            back.start()
            _pump(client, server)
            back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _listen(serve: Callable[[socket.socket], None]) -> int:
    """Calls `serve` with each connection, on a thread of its own; the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def guarded(client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            serve(client)

    def accept() -> None:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=guarded, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]
