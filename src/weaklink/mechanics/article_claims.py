"""What the articles say about who takes over, each held against the model's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from weaklink.body.muscles import UNSURE

Holds = Literal["yes", "hardly", "depends-on-model"]
# A rise of a tenth is what we call taking over (our own choice).
NOTABLE_RISE = 0.10


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of the articles that load sharing alone can speak about."""

    id: str
    statement: str  # S1..S77
    weak: tuple[str, ...]  # the claim is about this weakness: any of these muscles
    takes_over: tuple[str, ...] = ()  # muscles that are said to work more
    structure: str = ""  # or the structure that is said to carry more


class ClaimVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the model says to one claim, motion fixed: yes, hardly, or it depends on the variant."""

    claim: str
    statement: str
    holds: Holds
    change: float
    low: float
    high: float
    unsure: bool = False  # a muscle of the claim is one the model's geometry is known to get wrong


QUADRICEPS = ("vastus-lateralis", "vastus-medialis", "vastus-intermedius", "rectus-femoris")
HAMSTRINGS = ("biceps-femoris", "semimembranosus", "semitendinosus")
CALF = ("gastrocnemius", "soleus")
GLUTEUS_MEDIUS = ("gluteus-medius",)
GLUTEALS = ("gluteus-maximus", "gluteus-medius")
HIP_FLEXORS = ("iliacus", "psoas-major")

CLAIMS: tuple[Claim, ...] = (
    Claim(id="medius-to-tfl", statement="S14", weak=GLUTEUS_MEDIUS, takes_over=("tensor-fasciae-latae",)),
    Claim(id="medius-to-piriformis", statement="S15", weak=GLUTEUS_MEDIUS, takes_over=("piriformis",)),
    Claim(id="medius-to-kneecap", statement="S17", weak=GLUTEUS_MEDIUS, structure="kneecap"),
    Claim(id="gluteals-to-knee", statement="S16", weak=GLUTEALS, structure="knee"),
    Claim(id="quadriceps-to-kneecap", statement="S30", weak=QUADRICEPS, structure="kneecap"),
    Claim(id="tibialis-to-calf", statement="S43", weak=("tibialis-posterior",), takes_over=CALF),
    Claim(
        id="tibialis-to-toe-flexors", statement="S42", weak=("tibialis-posterior",),
        takes_over=("flexor-digitorum-longus", "flexor-hallucis-longus"),
    ),
    Claim(id="hamstrings-to-hip-flexors", statement="S48", weak=HAMSTRINGS, takes_over=HIP_FLEXORS),
    Claim(id="hamstrings-to-shin", statement="S48", weak=HAMSTRINGS, takes_over=("tibialis-anterior",)),
    Claim(id="hamstrings-to-gluteals", statement="S49", weak=HAMSTRINGS, takes_over=("gluteus-maximus",)),
    Claim(id="calf-to-shin", statement="S51", weak=CALF, takes_over=("tibialis-anterior",)),
    Claim(id="calf-to-quadriceps", statement="S51", weak=CALF, takes_over=QUADRICEPS),
)  # fmt: skip


def claims_about(weak: frozenset[str]) -> tuple[Claim, ...]:
    """The claims about a weakness: all their muscles are weak, and none that is said to take over."""
    return tuple(claim for claim in CLAIMS if set(claim.weak) <= weak and not set(claim.takes_over) & weak)


def called_weak(muscles: Sequence[str]) -> tuple[str, ...]:
    """The muscles of a group that the articles call weak; all of them where no article names any.

    A group is weakened by these, so that the helpers inside it keep their strength: side of the hip, gluteus
    medius alone, while its tensor fasciae latae is said to take over.
    """
    group = set(muscles)
    named = {muscle for claim in CLAIMS if set(claim.weak) <= group for muscle in claim.weak}
    return tuple(muscle for muscle in muscles if muscle in (named or group))


def judge(claim: Claim, change: float, low: float, high: float) -> ClaimVerdict:
    """Whether what is said to take over does so in every variant, in none, or in some."""
    holds: Holds = "depends-on-model"
    if low >= NOTABLE_RISE:
        holds = "yes"
    elif high < NOTABLE_RISE:
        holds = "hardly"
    return ClaimVerdict(
        claim=claim.id, statement=claim.statement, holds=holds, change=change, low=low, high=high,
        unsure=bool(UNSURE & set(claim.takes_over)),
    )  # fmt: skip
