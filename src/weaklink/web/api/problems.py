"""Problems: errors as application/problem+json, naming the key or the rules."""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from weaklink.case.plain_values import plain_text
from weaklink.case.values import TogetherError
from weaklink.redaction import log
from weaklink.web.api.shapes import Document
from weaklink.web.visit.errors import tell_bug

MEDIA_TYPE = "application/problem+json"


class ApiProblem(BaseModel):
    """What went wrong, which key or rule it is about, and what would be right."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    key: str | None = Field(default=None, description="the key of the request that is wrong")
    rules: list[str] | None = Field(default=None, description="ids of the rules that refuse")


def problem(
    status: int, title: str, detail: str, key: str | None = None, rules: list[str] | None = None
) -> JSONResponse:
    """A problem as a response."""
    # What is said back of a request may hold half a character, and that is no text.
    key = None if key is None else plain_text(key)
    body = ApiProblem(title=plain_text(title), status=status, detail=plain_text(detail), key=key, rules=rules)
    return JSONResponse(body.model_dump(exclude_none=True), status_code=status, media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, Document]:
    """The OpenAPI entry of the problems an operation may answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": "A problem", "content": content} for status in statuses}


async def on_invalid_request(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """422 for a body that is not even the right shape."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    return problem(422, "The request could not be read", f"{key}: {first['msg']}", key=key)


async def on_http_error(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """404, 405 and their kind."""
    assert isinstance(error, HTTPException)
    response = problem(error.status_code, str(error.detail), str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def on_case_error(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """A case with something that cannot be read, or with parts that do not go together (409)."""
    key = str(error).split(":", 1)[0]
    status = 409 if isinstance(error, TogetherError) else 422
    return problem(status, "The case has something that cannot be read", str(error), key=key)


async def on_store_error(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """A write that could not be made durable."""
    log.error("a change was refused: %s", error)
    return problem(507, "It could not be kept", "The store refuses writes; is the disk full?")


async def on_away(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """The database cannot be reached or read."""
    log.error("the store fails: %s", error)
    return problem(503, "The data cannot be reached", "Try it again; what was sent may not be kept.")


async def on_gone(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """A write to something that was erased in the meantime, or that another write was ahead of."""
    return problem(409, "What this belongs to is not kept", "It was erased or changed in the meantime.")


async def on_bug(request: Request, error: Exception) -> JSONResponse:
    """Something of ours went wrong."""
    tell_bug(request, error)
    return problem(500, "Something went wrong here", "This is a fault of weaklink, not of the request.")
