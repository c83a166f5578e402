"""Many runs at once: cost per scenario and memory from 10² to 10⁵ scenarios, and against OpenSim.

python -m benchmarks.study [largest]     the table alone, up to a largest count
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.row import Missing, Plain, Row

COUNTS = (100, 1_000, 10_000, 100_000)
FLAT = 1.5  # cost per scenario at the largest count against that at 10³: the promise is that it is flat
WORKERS = 2
STUDY = """
title = "benchmark"
question = "What does a scenario cost?"
seed = 1
[sweep]
motions = ["running"]
weaken = ["gluteus-medius", "soleus"]
strengths = [0.9, 0.8, 0.7, 0.6, 0.5]
[cohort]
people = {people}
[cohort.height_m]
shape = "normal"
mean = 1.73
sd = 0.09
low = 1.50
high = 2.00
mark = "design"
because = "benchmark"
[cohort.muscle_strength]
shape = "log-normal"
median = 1.0
sd_log = 0.15
low = 0.6
high = 1.6
mark = "design"
because = "benchmark"
"""
SCENARIOS_PER_PERSON = 10
LEG_FRAMES = 202  # of the cycle OpenSim solves: both legs, 101 frames
# A fresh process each time, so that its peak memory is its own. Solving and writing are told apart.
PROGRAM = """
import json, os, resource, sys, time
import msgspec
os.environ.update({name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")})
from pathlib import Path
from weaklink.library.reading import shipped_library
from weaklink.study import crew
from weaklink.study.study_plan import planned
from weaklink.study.study_file import study_from
from weaklink.study.study_run import run_study
from weaklink.study.solving import solve_chunk
if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text()
    plan = planned(study_from(text), shipped_library())
    small = msgspec.structs.replace(plan, study=msgspec.structs.replace(plan.study, cohort=None))
    run_study(small, Path(sys.argv[2] + "-first"))  # loads libraries and packs; not what a scenario costs
    workers = int(sys.argv[3])
    with crew.serial() if workers == 1 else crew.processes(workers) as hands:
        if workers > 1:  # the clock starts when the workers stand
            first = [hands.executor.submit(solve_chunk, plan, 0) for _ in range(4 * workers)]
            [one.result() for one in first]
        cpu, began = time.process_time(), time.perf_counter()
        results = run_study(plan, Path(sys.argv[2]), hands)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum((Path(sys.argv[2]) / t["file"]).stat().st_size for t in results["tables"].values())
    print(json.dumps({"scenarios": plan.scenarios, "wall_s": wall, "cpu_s": cpu, "rss_mib": rss,
                      "bytes": size, "sha256": [t["sha256"] for t in results["tables"].values()]}))
"""


class Cost(NamedTuple):
    """What one run cost."""

    scenarios: int
    wall_s: float
    cpu_s: float  # of the process that leads; without workers that is all of it
    rss_mib: float
    bytes: int
    sha256: tuple[str, ...]

    @property
    def each_us(self) -> float:
        """Processor time per scenario, reading, solving and writing together."""
        return self.cpu_s / self.scenarios * 1e6

    @property
    def each_wall_us(self) -> float:
        """Time on the clock per scenario."""
        return self.wall_s / self.scenarios * 1e6


def once(scenarios: int, workers: int = 1) -> Cost:
    """One run in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        file, program = Path(folder) / "study.toml", Path(folder) / "program.py"
        file.write_text(STUDY.format(people=scenarios // SCENARIOS_PER_PERSON), encoding="utf-8")
        program.write_text(PROGRAM, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, program, file, Path(folder) / "out", str(workers)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout)
    return Cost(**{**found, "sha256": tuple(found["sha256"])})


def rows(counts: tuple[int, ...] = COUNTS) -> Iterator[Row | Plain | Missing]:
    """A row for each count, flatness of cost and memory, two processes against one, OpenSim."""
    costs = []
    for count in counts:
        costs.append(once(count))
        yield Plain(f"study, {count:,} scenarios: processor time each", costs[-1].each_us, "µs")
        yield Plain(f"study, {count:,} scenarios: peak memory", costs[-1].rss_mib, "MiB")
    base, largest = costs[min(1, len(costs) - 1)], costs[-1]
    span = f"{largest.scenarios:,} against {base.scenarios:,} scenarios"
    yield Row(f"study, cost each, {span}", largest.each_us / base.each_us, "times", "target", FLAT)
    yield Row(f"study, peak memory, {span}", largest.rss_mib / base.rss_mib, "times", "target", FLAT)
    middle = costs[min(2, len(costs) - 1)]
    several = once(middle.scenarios, WORKERS)
    if several.sha256 != middle.sha256:
        raise RuntimeError("two processes wrote other files than one")
    name = f"study, {middle.scenarios:,} scenarios: {WORKERS} processes, the same bytes"
    yield Row(name, several.each_wall_us, "µs each on the clock", "one process", middle.each_wall_us)
    yield against_opensim(largest)


def against_opensim(ours: Cost) -> Row | Missing:
    """One stance before and after a weakness against OpenSim's cost of as many leg frames, same run."""
    from benchmarks.opensim_static_optimization import data_folder, opensim_seconds
    from weaklink.library.packs import load_pack

    name, folder = "study, one scenario", data_folder()
    if folder is None:
        return Missing(name, "against OpenSim: set DATA to the public gait example, benchmarks/README.md")
    with tempfile.TemporaryDirectory() as out:
        theirs = opensim_seconds(folder, Path(out))
    if theirs is None:
        return Missing(name, "against OpenSim: the package opensim is not installed (extra bench)")
    frames = 2 * len(load_pack("running").frames("right", "stance"))
    return Row(name, ours.each_us, "µs", "OpenSim, as many leg frames", theirs / LEG_FRAMES * frames * 1e6)


def main(words: list[str]) -> None:
    """Print the table: count, time, cost each, memory, size."""
    largest = int(words[0]) if words else COUNTS[-1]
    print("| scenarios | wall s | µs each (processor) | µs each (wall) | peak MiB | Parquet bytes each |")
    print("|---|---|---|---|---|---|")
    for count in (count for count in COUNTS if count <= largest):
        cost = once(count)
        print(
            f"| {count:,} | {cost.wall_s:.1f} | {cost.each_us:.0f} | {cost.each_wall_us:.0f} "
            f"| {cost.rss_mib:.0f} | {cost.bytes / count:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
