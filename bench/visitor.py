"""One visitor with a kept connection and a jar of cookies; standard library only, so that it costs little itself."""

import gzip
import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from bench.filling import Form

_SQL = re.compile(r'sql;desc="(\d+)"')


@dataclass
class Answer:
    """What came back, how long it took (seconds), its size on the wire and the number of SQL queries (-1: unknown)."""

    status: int
    body: str
    seconds: float
    size: int
    sql: int
    location: str
    url: str


@dataclass
class Visitor:
    """Talks to one server; `answers` gathers everything that came back since `forget`."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None
    forms: dict[str, Form | None] = field(default_factory=dict)
    pages: dict[str, Answer] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """One GET, redirects not followed."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """One POST of a form, redirects not followed."""
        return self._ask("POST", path, urlencode(fields))

    def follow(self, answer: Answer) -> Answer:
        """Go where the answer points, until it is a page."""
        while answer.status in {301, 302, 303, 307}:
            answer = self.get(urljoin(answer.url, answer.location))
        return answer

    def forget(self) -> list[Answer]:
        """What came back so far; the visitor starts anew, as somebody else on the same connection."""
        gathered, self.answers, self.cookies = self.answers, [], {}
        return gathered

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Host": "localhost", "Accept-Encoding": "gzip", "User-Agent": "bench"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://localhost{path}"}
        begun = time.perf_counter()
        response, raw = self._exchange(method, path, body, headers)
        seconds = time.perf_counter() - begun
        self._keep_cookies(response)
        text = gzip.decompress(raw) if response.getheader("Content-Encoding") == "gzip" else raw
        counted = _SQL.search(response.getheader("Server-Timing") or "")
        location = urlsplit(response.getheader("Location") or "")
        answer = Answer(
            status=response.status,
            body=text.decode("utf-8", "replace"),
            seconds=seconds,
            size=len(raw),
            sql=int(counted[1]) if counted else -1,
            location=location.path + (f"?{location.query}" if location.query else ""),
            url=path,
        )
        self.answers.append(answer)
        return answer

    def _exchange(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return response, response.read()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server closed an idle connection, as it may; a browser would open the next one too.
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            return response, response.read()

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name.strip()] = value.strip()
