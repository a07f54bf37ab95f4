"""The requests that docs/staff-api.md shows, sent as they stand there."""

import json
import re
import shlex
from typing import Any

import pytest

from tests.factories import applications as make
from tests.rules.code import ROOT

from .program import Program

pytestmark = pytest.mark.django_db


def test_the_examples_work(person: Any) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    application, program = make.in_work(lead), Program(lead)
    text = (ROOT / "docs" / "staff-api.md").read_text(encoding="utf-8")
    commands = re.findall(
        r"^curl (.+?)$", "\n".join(re.findall(r"```sh\n(.+?)```", text, re.S)).replace("\\\n", ""), re.M
    )
    assert len(commands) == 3
    for command in commands:
        words = shlex.split(command)
        body = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
        assert "Authorization: Bearer $KEY" in words
        path = words[-1].removeprefix("$PORTAL/api/staff/").replace("applications/1", f"applications/{application.pk}")
        answer = (
            program.ask("POST", path, body)
            if body
            else program.client.get(f"/api/staff/{path}", HTTP_AUTHORIZATION=f"Bearer {program.text}")
        )
        assert answer.status_code == 200, command
    application.refresh_from_db()
    assert application.state == "resolved"
