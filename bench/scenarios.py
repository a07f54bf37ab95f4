"""What is measured: each scenario is one thing that a person does, as a function of a visitor."""

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.filling import main_form
from bench.forms import SLUG
from bench.visitor import Answer, Visitor

FORM = "help"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BEGIN = re.compile(r'class="btn" href="(/apply/[^"]+)"')
OUTSIDE = re.compile(r'(?:rel="stylesheet" href|<script[^>]* src)="([^"]+)"')
_MOST_PAGES = 30  # a journey longer than this goes in circles


class Stuck(Exception):
    """The portal did not do what the scenario expects; names the address and the status."""


@dataclass(frozen=True)
class Scenario:
    """A name for the command line, what a person would call it, what is done, how many do it at once.

    `sends`: each act leaves one application.
    """

    name: str
    title: str
    act: Callable[[Visitor], None]
    clients: int = 1
    prepare: Callable[[Visitor, dict[str, str]], None] | None = None
    sends: bool = False


def open_page(path: str) -> Callable[[Visitor], None]:
    """A scenario that opens one page."""

    def act(visitor: Visitor) -> None:
        if (answer := visitor.get(path)).status != 200:
            raise Stuck(f"{path}: {answer.status}")

    return act


def open_fresh(path: str) -> Callable[[Visitor], None]:
    """A scenario that opens a page under an address nobody has asked for yet, so that no cache of pages has it."""

    def act(visitor: Visitor) -> None:
        if (answer := visitor.get(f"{path}?fresh={os.getpid()}-{time.time_ns()}")).status != 200:
            raise Stuck(f"{path}: {answer.status}")

    return act


def _send(visitor: Visitor, page: Answer) -> Answer:
    """Answer the form of this page. Each is read once and then only its token taken: measured is the server."""
    if page.url not in visitor.forms:
        visitor.forms[page.url] = main_form(page.body)
    form = visitor.forms[page.url]
    if form is None or page.status != 200:
        raise Stuck(f"{page.url}: no form ({page.status})")
    token = TOKEN.search(page.body)
    fields = [(name, value) for name, value in form.filled() if name != "csrfmiddlewaretoken"]
    sent = visitor.post(form.action or page.url, [("csrfmiddlewaretoken", token[1] if token else ""), *fields])
    if sent.status not in {302, 303}:
        raise Stuck(f"{page.url}: the answers were refused ({sent.status})")
    return sent


def one_step(visitor: Visitor) -> None:
    """Open the form and answer its first step: the page, the answer sent, the next page."""
    visitor.follow(_send(visitor, visitor.follow(visitor.get(f"/apply/{FORM}/"))))


def submission(form: str) -> Callable[[Visitor], None]:
    """From the start page to the receipt."""

    def act(visitor: Visitor) -> None:
        start = visitor.get(f"/forms/{form}/")
        begin = BEGIN.search(start.body)
        if begin is None:
            raise Stuck(f"{start.url}: nothing to begin with ({start.status})")
        page = visitor.follow(visitor.get(begin[1]))
        for _ in range(_MOST_PAGES):
            page = visitor.follow(_send(visitor, page))
            if "/receipt/" in page.url:
                return
        raise Stuck("the journey does not end")

    return act


def _second_step(visitor: Visitor) -> Answer:
    """Answer the first of two steps, so that a draft is under way."""
    return visitor.follow(_send(visitor, visitor.follow(visitor.get(f"/apply/{SLUG}/"))))


def begin(visitor: Visitor, _people: dict[str, str]) -> None:
    """Stand at the second step with its page read."""
    visitor.pages[SLUG] = _second_step(visitor)


def step_page(visitor: Visitor) -> None:
    """The page of a step, a draft under way."""
    if (answer := visitor.get(visitor.pages[SLUG].url)).status != 200:
        raise Stuck(f"{answer.url}: {answer.status}")


def step_weight(visitor: Visitor) -> None:
    """The page of a step with its style and scripts, as a first visit loads them."""
    page = visitor.follow(visitor.get(f"/apply/{SLUG}/"))
    for address in OUTSIDE.findall(page.body):
        if (answer := visitor.get(address)).status != 200:
            raise Stuck(f"{address}: {answer.status}")


def step_post(visitor: Visitor) -> None:
    """The answers of a step, up to the redirect."""
    _send(visitor, visitor.pages[SLUG])


def sign_in(visitor: Visitor, people: dict[str, str]) -> None:
    """Sign in as the reviewer."""
    page = visitor.get("/admin/login/")
    token = page.body.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    fields = [("csrfmiddlewaretoken", token), ("username", "reviewer"), ("password", people["password"])]
    if visitor.post("/admin/login/", [*fields, ("next", "/admin/")]).status != 302:
        raise Stuck("the reviewer cannot sign in")


NOTHING = (
    Scenario("info", "nothing at all", open_page("/")),
    Scenario("info-8", "nothing at all, 8 clients", open_page("/"), clients=8),
)
SCENARIOS = (
    Scenario("health", "/healthz: the server alone", open_page("/healthz")),
    Scenario("home", "home page", open_page("/")),
    Scenario("info", "information page", open_page("/about/")),
    Scenario("info-8", "information page, 8 clients", open_page("/about/"), clients=8),
    Scenario("info-fresh", "the same, not kept yet", open_fresh("/about/")),
    Scenario("info-fresh-8", "the same, 8 clients", open_fresh("/about/"), clients=8),
    Scenario("start", "start page of the form", open_page(f"/forms/{FORM}/")),
    Scenario("step", "one step: page, answers, next page", one_step),
    Scenario("submit-1", "whole submission, three steps", submission(FORM), sends=True),
    Scenario("submit-8", "the same, 8 clients", submission(FORM), clients=8, sends=True),
    Scenario("submit-32", "the same, 32 clients", submission(FORM), clients=32, sends=True),
    Scenario("form-page", "page of a step, 12 questions in two", step_page, prepare=begin),
    Scenario("form-page-8", "the same, 8 clients", step_page, clients=8, prepare=begin),
    Scenario("form-weight", "the same with style and scripts", step_weight),
    Scenario("form-post", "its answers, to the redirect", step_post, prepare=begin),
    Scenario("form-post-8", "the same, 8 clients", step_post, clients=8, prepare=begin),
    Scenario("twelve-1", "whole submission of the 12 questions", submission(SLUG), sends=True),
    Scenario("twelve-8", "the same, 8 clients", submission(SLUG), clients=8, sends=True),
    Scenario("queue", "queue page of a reviewer", open_page("/admin/queue/"), prepare=sign_in),
)
