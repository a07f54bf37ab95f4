"""What is measured inside a process: the engine at its limit, publishing, saving a draft. Prints one JSON list.

As a command (`python -m bench.engine`, with the portal's settings on a database that may be thrown away).
"""

import json
import time
from collections.abc import Callable
from typing import Any

from bench.forms import SLUG, big_answers, big_json, publish, twelve_questions


def milliseconds(work: Callable[[], Any], times: int) -> list[float]:
    """How long each of several runs took, the first left out."""
    work()
    found = []
    for _time in range(times):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)


def figure(name: str, title: str, found: list[float]) -> dict[str, Any]:
    """One line of the table: median, slowest, number of runs."""
    middle, worst = round(found[len(found) // 2], 2), round(found[-1], 2)
    return {"scenario": name, "title": title, "median_ms": middle, "worst_ms": worst, "runs": len(found)}


def main() -> list[dict[str, Any]]:
    """Publish the benchmark's forms and measure."""
    from forms.applications import drafts
    from forms.applications.models import Trial
    from forms.build import gate
    from forms.build.models import FormPage
    from forms.definitions import checks, versions
    from forms.definitions.document import Definition
    from forms.definitions.journey import Journey

    publish(twelve_questions(), SLUG)
    document, answers = big_json(), big_answers()
    publish(document, "bench-big")
    big = Definition.from_json(document)
    page = FormPage.objects.get(slug="bench-big")
    found = versions.current(SLUG)
    assert found
    draft, _token = drafts.start(found[0].pk)
    numbers = iter(range(10**6))

    def publish_changed() -> None:
        page.title = f"Большая форма {next(numbers)}"
        gate.vouch(page, Trial.How.LOADED)  # in place of a trial by hand
        page.save_revision().publish()

    def save_draft() -> None:
        drafts.save(draft, {"q_story": f"Слово {next(numbers)} " * 100}, "s_what")

    return [
        figure(
            "evaluate",
            "evaluate 200 chained questions and 20 rows of 10",
            milliseconds(lambda: Journey(big, answers).complete(), 100),
        ),
        figure("checks", "static checks of the same form", milliseconds(lambda: checks.findings(big), 5)),
        figure("publish", "publish the same form, changed", milliseconds(publish_changed, 5)),
        figure("draft", "save a draft", milliseconds(save_draft, 200)),
    ]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main()))
