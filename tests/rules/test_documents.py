"""The documents are whole: every page is in the index, and no merge was left half done."""

import re

from tests.rules.code import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md")) + sorted((ROOT / "docs" / "decisions").glob("*.md"))
LINK = re.compile(r"\]\(([^)#\s]+\.md)\)")


def test_no_merge_was_left_half_done() -> None:
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    for path in [*PAGES, ROOT / "README.md"]:
        assert not [line for line in path.read_text().splitlines() if line.startswith(marks)], path.name


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / target).resolve() for target in LINK.findall(index.read_text())}
    assert [path.name for path in PAGES if path != index and path not in linked] == []


def test_links_between_pages_lead_somewhere() -> None:
    for path in [*PAGES, ROOT / "README.md"]:
        lost = [
            target
            for target in LINK.findall(path.read_text())
            if not target.startswith("http") and not (path.parent / target).exists()
        ]
        assert lost == [], path.name
