"""Shapes of the API that are not made from the knowledge: a request's case and a screen of questions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

# A document of the contract, in JSON values. Any, because its shape stands in the JSON Schemas that are made
# from the knowledge (`care.schema`); what comes in is typed by `read_given` and `read_entries`.
Document = dict[str, Any]


class CaseBody(BaseModel):
    """A case in the shape of a case file's [given]. Unanswered safety questions count as not asked."""

    model_config = ConfigDict(extra="forbid")
    given: Document = Field(examples=[{"age": 33, "pain_at": [{"site": "knee-lateral", "side": "left"}]}])


class InterviewBody(BaseModel):
    """What an interview has heard: a case's [given], what it is for, and what was shown and left open."""

    model_config = ConfigDict(extra="forbid")
    given: Document | None = Field(
        default=None, examples=[{"age": 33, "pain_at": [{"site": "knee-lateral", "side": "left"}]}]
    )
    aim: Literal["pain", "prevent"] = "pain"
    # None: only what `given` holds is known; what it cannot hold is not asked for.
    left: list[Annotated[str, Field(max_length=100)]] | None = Field(default=None, max_length=400)


class ScreenShape(BaseModel):
    """The next screen of the interview, or null when nothing more would change the result.

    `asks` names everything on it: ids of questions, fields of the case, "since", and "pain-run" and its like.
    What was left open goes back in `left`, by these names.
    """

    screen: str | None
    kind: str | None
    title: str | None
    asks: list[str]
    questions: list[Document]
    number: int
    at_most: int
