from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

NOW = datetime(2026, 11, 25, 14, 20, tzinfo=ZoneInfo("Asia/Irkutsk"))


@pytest.fixture
def wednesday() -> Iterator[None]:
    """«Now» of the design: Wednesday, 25 November 2026, 14:20 in Irkutsk."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def text(client: Any) -> Callable[[str], str]:
    """`text("/centres/")`: the page with every run of spaces, narrow or not, as one space."""

    def read(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200
        return " ".join(response.content.decode().replace("&nbsp;", " ").replace("\u00a0", " ").split())

    return read
