"""The same things done on the plain site; names as in bench.scenarios, so that they can be compared."""

from bench.filling import main_form
from bench.scenarios import TOKEN, Scenario, Stuck, open_fresh, open_page
from bench.visitor import Answer, Visitor


def begin(visitor: Visitor, _people: dict[str, str]) -> None:
    """Read the form's page once."""
    visitor.pages["help"] = visitor.get("/help/")


def post(visitor: Visitor) -> None:
    """The answers; contrib.forms answers with the thank-you page, without a redirect."""
    _send(visitor, visitor.pages["help"])


def submission(visitor: Visitor) -> None:
    """The form and its thank-you page: one step and no receipt, as contrib.forms has no more."""
    _send(visitor, visitor.get("/help/"))


def _send(visitor: Visitor, page: Answer) -> None:
    form = visitor.forms.setdefault("/help/", main_form(page.body) if "/help/" not in visitor.forms else None)
    token = TOKEN.search(page.body)
    if form is None or token is None:
        raise Stuck(f"/help/: no form ({page.status})")
    fields = [(name, value) for name, value in form.filled() if name != "csrfmiddlewaretoken"]
    sent = visitor.follow(visitor.post("/help/", [("csrfmiddlewaretoken", token[1]), *fields]))
    if "Спасибо" not in sent.body:
        raise Stuck(f"/help/: the answers were refused ({sent.status})")


SCENARIOS = (
    Scenario("info", "information page", open_page("/about/")),
    Scenario("info-8", "information page, 8 clients", open_page("/about/"), clients=8),
    Scenario("info-fresh", "the same", open_fresh("/about/")),
    Scenario("info-fresh-8", "the same, 8 clients", open_fresh("/about/"), clients=8),
    Scenario("start", "form page", open_page("/help/")),
    Scenario("form-page", "form page", open_page("/help/")),
    Scenario("form-page-8", "form page, 8 clients", open_page("/help/"), clients=8),
    Scenario("form-post", "its answers", post, prepare=begin, sends=True),
    Scenario("form-post-8", "its answers, 8 clients", post, clients=8, prepare=begin, sends=True),
    Scenario("submit-1", "one-page submission", submission, sends=True),
    Scenario("submit-8", "one-page submission, 8 clients", submission, clients=8, sends=True),
    Scenario("submit-32", "one-page submission, 32 clients", submission, clients=32, sends=True),
)
