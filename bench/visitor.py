"""One visitor with a kept connection and a jar of cookies; standard library only, so that it costs little itself."""

import gzip
import re
import time
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode, urljoin, urlsplit

from bench.filling import Form
from bench.wire import Connection, Response

_SQL = re.compile(r'sql;desc="(\d+)"')


@dataclass
class Answer:
    """What came back, how long it took (seconds), and the address it came from."""

    response: Response
    seconds: float
    url: str

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status

    @property
    def size(self) -> int:
        """Bytes of the body on the wire."""
        return len(self.response.body)

    @cached_property
    def body(self) -> str:
        """The text, unpacked when it is asked for."""
        raw = self.response.body
        text = gzip.decompress(raw) if self.response.header("content-encoding") == "gzip" else raw
        return text.decode("utf-8", "replace")

    @property
    def sql(self) -> int:
        """The number of SQL queries; none where the answer did not come as far as the counter, -1 if unknown."""
        counted = _SQL.search(self.response.header("server-timing"))
        return int(counted[1]) if counted else -1

    @property
    def location(self) -> str:
        """Where it leads, without the host."""
        target = urlsplit(self.response.header("location"))
        return target.path + (f"?{target.query}" if target.query else "")


@dataclass
class Visitor:
    """Talks to one server; `answers` gathers everything that came back since `forget`."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    forms: dict[str, Form | None] = field(default_factory=dict)
    pages: dict[str, Answer] = field(default_factory=dict)

    @cached_property
    def connection(self) -> Connection:
        """The one connection."""
        return Connection(self.host, self.port)

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
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip", "User-Agent: bench"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines.append(f"Referer: http://localhost{path}")
        request = "\r\n".join([*lines, "", body or ""]).encode()
        begun = time.perf_counter()
        response = self.connection.ask(request)
        answer = Answer(response, time.perf_counter() - begun, path)
        self._keep_cookies(response)
        self.answers.append(answer)
        return answer

    def _keep_cookies(self, response: Response) -> None:
        for known, line in response.headers:
            if known == "set-cookie":
                name, _, value = line.split(";", 1)[0].partition("=")
                self.cookies[name.strip()] = value.strip()
