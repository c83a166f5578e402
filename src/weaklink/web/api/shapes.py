"""Shapes of the API that are not made from the knowledge: a request's case and a screen of questions."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

# A document of the contract, in JSON values. Any, because its shape stands in the JSON Schemas that are made
# from the knowledge (`care.schema`); what comes in is typed by `read_given` and `read_entries`.
Document = dict[str, Any]


class CaseBody(BaseModel):
    """A case in the shape of a case file's [given]. Unanswered safety questions count as not asked."""

    model_config = ConfigDict(extra="forbid")
    given: Document = Field(examples=[{"age": 33, "pain_at": [{"site": "knee-lateral", "side": "left"}]}])


class ScreenShape(BaseModel):
    """The next screen of questions, or null when nothing more would change the result."""

    screen: str | None
    title: str | None
    questions: list[Document]
    number: int
    at_most: int
