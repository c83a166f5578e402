"""Running checks: the tests the way back to running asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, RunningCheck


def running_checks(library: Library) -> Mapping[RunningCheck, ClinicalTest]:
    """The test behind each criterion, in the order they are asked for; none where no test has it."""
    found = {
        test.before_running: test
        for test in library.clinical_tests.values()
        if test.before_running is not None and test.status != "retired"
    }
    return {check: found[check] for check in get_args(RunningCheck) if check in found}
