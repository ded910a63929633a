# SPDX-License-Identifier: Apache-2.0
"""What an answer of the test server may suffer on its way out."""

import mmap
import time
from dataclasses import dataclass, field
from typing import Callable, Optional, Union


@dataclass
class Reply:
    """An answer on its way out; a fault changes it before it is sent."""

    body: Union[bytes, bytearray, mmap.mmap]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    end: Optional[int] = None  # the connection breaks at this offset of the whole body
    chunked: bool = False
    until_closed: bool = False  # neither a length nor chunks
    rate: Optional[int] = None  # bytes a second
    asked_for: str = ""  # the request's Range


Fault = Callable[[Reply], None]


def status(code: int) -> Fault:
    def change(reply: Reply) -> None:
        reply.status = code
        reply.body = b"" if code in (204, 304) else b"a fault of the test server\n"

    return change


def redirect(location: str) -> Fault:
    def change(reply: Reply) -> None:
        reply.status, reply.body = 302, b""
        reply.headers["Location"] = location

    return change


def replace(body: bytes) -> Fault:
    def change(reply: Reply) -> None:
        reply.body = body

    return change


def flip(offset: int, bits: int = 1) -> Fault:
    """Changes one byte; a negative offset counts from the end."""

    def change(reply: Reply) -> None:
        if isinstance(reply.body, bytes):
            reply.body = bytearray(reply.body)
        reply.body[offset] ^= bits

    return change


def cut(offset: int) -> Fault:
    """Breaks the connection at this offset of the file, however often the client resumes."""

    def change(reply: Reply) -> None:
        reply.end = offset

    return change


def chunked(reply: Reply) -> None:
    """Sends the body in chunks, without its length."""
    reply.chunked = True


def until_closed(reply: Reply) -> None:
    """Sends the body without its length; the connection's end ends it."""
    reply.until_closed = True


def drip(rate: int) -> Fault:
    def change(reply: Reply) -> None:
        reply.rate = rate

    return change


def header(name: str, value: str) -> Fault:
    def change(reply: Reply) -> None:
        reply.headers[name] = value

    return change


def in_parts(fault: Fault, most: int) -> Fault:
    """The fault for the first `most` requests for a part of the file; others stay whole."""
    left = [most]

    def change(reply: Reply) -> None:
        if reply.asked_for and left[0] > 0:
            left[0] -= 1
            fault(reply)

    return change


def late(seconds: float) -> Fault:
    """Says nothing for so long."""

    def change(_: Reply) -> None:
        time.sleep(seconds)

    return change
