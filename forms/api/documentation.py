"""The documentation page of the API: plain HTML of the portal, made from the OpenAPI document.

Not Swagger UI: 1.5 MB of script in English whose template has no language, against one page that a screen reader and a
strict content security policy both like.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True)
class Endpoint:
    """One address with what it takes and gives."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[dict[str, Any], ...]
    body: str
    answers: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"{self.method}{self.path}".lower().replace("/", "-").replace("{", "").replace("}", "")


class Documentation(DocsBase):
    """Renders templates/api/docs.html."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page with every endpoint by section."""
        schema = api.get_openapi_schema()
        context = {"api": api, "sections": sections(schema), "schema_url": self.get_openapi_url(api, kwargs)}
        return TemplateResponse(request, "api/docs.html", context).render()


def sections(schema: dict[str, Any]) -> dict[str, list[Endpoint]]:
    """Endpoints by their tag, in the order of the document."""
    found: dict[str, list[Endpoint]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            section = (operation.get("tags") or ["Начало"])[0]
            found.setdefault(section, []).append(_endpoint(schema, method.upper(), path, operation))
    return found


def _endpoint(schema: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Endpoint:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = []
    for status, answer in operation.get("responses", {}).items():
        shape = answer.get("content", {}).get("application/json", {}).get("schema")
        if shape and int(status) < 400:
            answers.append((str(status), _shown(sample(schema, shape))))
    return Endpoint(
        method,
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        tuple(_parameter(parameter) for parameter in operation.get("parameters", ())),
        _shown(sample(schema, body)) if body else "",
        tuple(answers[:1]),
    )


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    words = parameter.get("description") or parameter.get("schema", {}).get("description", "")
    return {"name": parameter["name"], "words": words, "required": parameter.get("required", False)}


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def sample(schema: dict[str, Any], shape: dict[str, Any], depth: int = 0) -> Any:
    """A value of the shape with the names of types in place of values."""
    if depth > 8:
        return "…"
    if "$ref" in shape:
        return sample(schema, schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]], depth + 1)
    for choice in shape.get("anyOf", ()):
        if choice.get("type") != "null":
            return sample(schema, choice, depth + 1)
    if shape.get("type") == "array":
        return [sample(schema, shape.get("items", {}), depth + 1)]
    if shape.get("type") == "object" or "properties" in shape:
        return {name: sample(schema, part, depth + 1) for name, part in shape.get("properties", {}).items()}
    return shape.get("format") or shape.get("type") or "…"
