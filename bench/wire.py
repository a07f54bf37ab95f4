"""HTTP/1.1 over one kept connection, as little of it as the load needs: the generator must cost next to nothing."""

import socket
from dataclasses import dataclass

_MOST = 65_536
_PATIENCE = 60.0


class Closed(ConnectionError):
    """The server closed the connection before it answered."""


@dataclass(frozen=True)
class Response:
    """Status, headers as (lower-case name, value), the body as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The first value of a header; blank without it."""
        return next((value for known, value in self.headers if known == name), "")


class Connection:
    """Opened at the first request; opened again when the server has closed it while nothing was under way."""

    def __init__(self, host: str, port: int) -> None:
        self.address = (host, port)
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> Response:
        """Send the request and read its whole answer."""
        if self._socket is not None:
            try:
                return self._exchange(self._socket, request)
            except (Closed, BrokenPipeError, ConnectionResetError):
                # The server closed an idle connection, as it may; a browser would open the next one too.
                self._socket.close()
        self._socket = socket.create_connection(self.address, timeout=_PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._exchange(self._socket, request)

    def _exchange(self, link: socket.socket, request: bytes) -> Response:
        link.sendall(request)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += _more(link)
        lines = got[:end].decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines[1:])
        headers = [(name.lower(), value.strip()) for name, _colon, value in pairs]
        response = Response(int(lines[0].split(" ", 2)[1]), headers, b"")
        body = self._body(link, response, got[end + 4 :])
        if response.header("connection") == "close":
            link.close()
            self._socket = None
        return Response(response.status, headers, body)

    def _body(self, link: socket.socket, response: Response, got: bytes) -> bytes:
        if response.status in (204, 304):
            return b""
        if response.header("transfer-encoding") == "chunked":
            return _chunks(link, got)
        length = int(response.header("content-length") or 0)
        while len(got) < length:
            got += _more(link)
        return got


def _more(link: socket.socket) -> bytes:
    got = link.recv(_MOST)
    if not got:
        raise Closed
    return got


def _chunks(link: socket.socket, got: bytes) -> bytes:
    body = b""
    while True:
        while (end := got.find(b"\r\n")) < 0:
            got += _more(link)
        size = int(got[:end].split(b";")[0], 16)
        got = got[end + 2 :]
        while len(got) < size + 2:
            got += _more(link)
        if not size:
            return body
        body, got = body + got[:size], got[size + 2 :]
