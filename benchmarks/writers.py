"""Many users who save at once, each over a connection of their own, with as little work in the client as possible."""

import json
import selectors
import socket
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

BODY = "<p>{text}</p>"


@dataclass
class Writer:
    """A signed-in user with one text. `number` is the revision in the last answer."""

    user: int
    session: str
    token: str
    address: str
    section: str
    contribution: int
    number: int = 1
    saves: int = 0
    text: str = "The police received a guideline, and the hotline was opened. " * 8
    connection: socket.socket | None = None
    begun: float = 0.0
    received: bytes = b""

    def save(self) -> tuple[str, dict]:
        """Return the next save of this text, as the page sends it."""
        self.saves += 1
        wanted = {"section": self.section, "contribution": self.contribution, "language": "", "base": self.number}
        html = BODY.format(text=f"{self.text}{self.saves}")
        return f"{self.address}save/", wanted | {"id": str(uuid.uuid4()), "user": self.user, "html": html}

    def update(self) -> tuple[str, dict]:
        self.saves += 1
        return f"/bare/{self.contribution}/", {"html": BODY.format(text=f"{self.text}{self.saves}")}

    def request(self, address: str, wanted: dict, port: int) -> bytes:
        body = json.dumps(wanted).encode()
        head = (
            f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={self.token}\r\nX-CSRFToken: {self.token}\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@dataclass
class Load:
    """The saves that a server answered, in how many seconds, and how long each took."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]


def run(writers: list[Writer], port: int, way: Callable[[Writer], tuple[str, dict]], *, seconds: float) -> Load:
    """Let every writer send the next save as soon as the last is answered. Raise AssertionError for an answer other
    than "saved"."""
    load, chosen = Load(), selectors.DefaultSelector()
    for writer in writers:
        writer.connection = socket.create_connection(("127.0.0.1", port))
        writer.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chosen.register(writer.connection, selectors.EVENT_READ, writer)
        send(writer, port, way)
    begun = time.perf_counter()
    waiting = len(writers)
    while waiting:
        for key, _events in chosen.select():
            writer = key.data
            if not has_answer(writer):
                continue
            now = time.perf_counter()
            load.times.append(now - writer.begun)
            if now - begun < seconds:
                send(writer, port, way)
                continue
            load.seconds, waiting = now - begun, waiting - 1
            chosen.unregister(writer.connection)
            writer.connection.close()
    return load


def send(writer: Writer, port: int, way: Callable[[Writer], tuple[str, dict]]) -> None:
    content = writer.request(*way(writer), port)
    writer.received = b""
    writer.begun = time.perf_counter()
    writer.connection.sendall(content)


def has_answer(writer: Writer) -> bool:
    """Read what has arrived; return whether the answer is complete."""
    piece = writer.connection.recv(65536)
    assert piece, f"The server hung up: {writer.received!r}"
    writer.received += piece
    head, end, body = writer.received.partition(b"\r\n\r\n")
    if not end:
        return False
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    if len(body) < length:
        return False
    answer = json.loads(body) if b"application/json" in head else {}
    assert answer.get("outcome") == "saved", writer.received[:1000]
    writer.number = answer.get("number", writer.number)
    return True
