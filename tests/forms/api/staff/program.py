"""A program that asks the queue: a client with a key of its user, and nothing else."""

import datetime
import json
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts import access_keys

ROOT = "/api/staff/"


class Program:
    """Asks below /api/staff/ in the name of `user`."""

    def __init__(self, user: Any, **key: Any) -> None:
        self.user = user
        ends_on = key.get("ends_on") or timezone.localdate() + datetime.timedelta(days=30)
        self.key, self.text = access_keys.make(user, "Колл-центр", ends_on, user)
        self.client = Client()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; `body` is sent as JSON, bytes as they are."""
        given: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {self.text}", **headers}
        if method == "GET":
            return self.client.get(ROOT + path, body, **given)
        data = body if isinstance(body, bytes) else json.dumps(body or {})
        return getattr(self.client, method.lower())(ROOT + path, data, content_type="application/json", **given)

    def get(self, path: str, **query: Any) -> Any:
        """GET with parameters."""
        return self.ask("GET", path, query)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST of a JSON object."""
        return self.ask("POST", path, body, **headers)
