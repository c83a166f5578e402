"""A small study that takes a moment and still has people, motions, sides, variants and strengths."""

from __future__ import annotations

import msgspec
import pytest

from weaklink.library.reading import Library
from weaklink.study.study_file import Study, study_from
from weaklink.study.study_plan import StudyPlan, planned

SMALL = """
title = "small"
question = "Does it hold together?"
seed = 7
chunk = 9
[sweep]
motions = ["running", "single-leg-stance"]
sides = ["right", "left"]
weaken = ["gluteus-medius", "tib-post", ["gastrocnemius", "soleus"]]
strengths = [0.5, 0.8]
variants = ["compliant-calf", "exponent-3"]
[cohort]
people = 3
[cohort.height_m]
shape = "normal"
mean = 1.75
sd = 0.08
low = 1.5
high = 2.0
mark = "design"
because = "a test"
[cohort.body_mass_index_kg_m2]
shape = "uniform"
low = 19.0
high = 26.0
mark = "design"
because = "a test"
[cohort.speed_m_s]
shape = "uniform"
low = 3.0
high = 4.5
mark = "design"
because = "a test"
[cohort.strength]
shape = "fixed"
value = 1.1
mark = "design"
because = "a test"
[cohort.muscle_strength]
shape = "log-normal"
median = 1.0
sd_log = 0.15
low = 0.5
high = 1.8
mark = "design"
because = "a test"
"""


@pytest.fixture(scope="session")
def study() -> Study:
    return study_from(SMALL)


@pytest.fixture(scope="session")
def plan(study: Study, library: Library) -> StudyPlan:
    """144 scenarios in 16 chunks."""
    return planned(study, library)


def with_study(plan: StudyPlan, **changes: object) -> StudyPlan:
    """The same plan with other fields in its study."""
    return msgspec.structs.replace(plan, study=msgspec.structs.replace(plan.study, **changes))
