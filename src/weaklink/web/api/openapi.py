"""The OpenAPI document: FastAPI's own, with the shapes that only the knowledge knows."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from weaklink.care.schema import answer_schema, entry_schemas, given_schema
from weaklink.library.reading import Library
from weaklink.training.plan.plan_document import plan_schema
from weaklink.web.api.problems import ApiProblem
from weaklink.web.api.shapes import Document

COMPONENTS = "#/components/schemas/"
NOT_OURS = frozenset({"HTTPValidationError", "ValidationError"})  # our own problems stand in their place


def describe_with(app: FastAPI, library: Library) -> None:
    """Make an application describe itself with the ids of a library."""
    made: Document = {}

    def document() -> Document:
        if not made:
            made.update(openapi_document(app, library))
        return made

    app.openapi = document  # type: ignore[method-assign]


def openapi_document(app: FastAPI, library: Library) -> Document:
    """The whole document; every id a case may hold is listed in it."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
    )
    schemas = document["components"]["schemas"]
    for name in NOT_OURS:
        schemas.pop(name, None)
    schemas["Problem"] = ApiProblem.model_json_schema()
    schemas["Given"] = given_schema(library)
    schemas["Answer"] = in_components(answer_schema())
    schemas.update(in_components(plan_schema()["$defs"]))
    schemas["CaseBody"]["properties"]["given"] = {"$ref": COMPONENTS + "Given"}
    schemas["InterviewBody"]["properties"]["given"] = {
        "anyOf": [{"$ref": COMPONENTS + "Given"}, {"type": "null"}],
        "default": None,
    }
    schemas.update(in_components(entry_schemas(library)))
    schemas["DiaryBody"]["properties"]["entries"]["items"] = {"$ref": COMPONENTS + "DiaryEntry"}
    for path, shape in (("assessments", "Answer"), ("plans", "PlanDocument")):
        content = document["paths"][f"/api/v1/{path}"]["post"]["responses"]["200"]["content"]
        content["application/json"]["schema"] = {"$ref": COMPONENTS + shape}
    return document


def in_components(schema: Any) -> Any:
    """A JSON Schema with its references turned to where OpenAPI keeps shapes."""
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", COMPONENTS) if key == "$ref" else in_components(value)
            for key, value in schema.items()
        }
    return [in_components(part) for part in schema] if isinstance(schema, list) else schema
