# ruff: noqa: E402 - a notebook imports where it first needs something
# %% [markdown]
# # Who takes over when the gluteus medius is weak?
#
# Cells to read and run one after the other, in an editor that knows `# %%`, in Jupyter (through jupytext), or
# all at once: `python docs/examples/who_takes_over.py`. It needs `pip install "weaklink[study]"`.
#
# What comes out is a mechanism in a model whose motion is fixed. It is no injury risk, and no real runner.

# %% One runner, one weakness: the same numbers as `weaklink sim --weaken gluteus-medius=0.6`
import tempfile
from pathlib import Path

from weaklink.body.weakness import Weakness
from weaklink.library.packs import load_pack
from weaklink.mechanics import redistribution

(leg,) = redistribution(load_pack("running"), [Weakness(muscle="gluteus-medius", strength=0.6)])
print(f"residual {leg.residual:.0e}, largest reserve before the weakness {leg.reserve_nm:.2f} N·m")
for change in leg.muscles[:6]:
    if change.change is not None:
        print(f"{change.id:24} {change.change:+5.0%}  ({change.low:+.0%} to {change.high:+.0%})")

# %% Many runners: a study is a text file; here as a string
from weaklink.library.reading import shipped_library
from weaklink.study.study_file import study_from
from weaklink.study.study_plan import planned

STUDY = """
title = "Gluteus medius at 60 %, in virtual runners"
question = "How much does the answer depend on how strong everything else is?"
seed = 1
[sweep]
motions = ["running"]
weaken = ["gluteus-medius"]
strengths = [0.8, 0.6]
variants = ["compliant-calf", "isometric"]
[cohort]
people = 25
[cohort.height_m]
shape = "normal"
mean = 1.73
sd = 0.09
low = 1.50
high = 2.00
mark = "design"
because = "Adults of both sexes, roughly."
[cohort.muscle_strength]
shape = "log-normal"
median = 1.0
sd_log = 0.15
low = 0.6
high = 1.6
mark = "design"
because = "Muscles of one person are not all strong alike."
"""
plan = planned(study_from(STUDY), shipped_library())
print(f"{plan.people} people, {plan.scenarios} scenarios")

# %% Run it. Here in this process; the files are the same, byte for byte, on eight cores or on a cluster:
#
#     from weaklink.study import crew
#     with crew.processes(8) as workers:          # or crew.dask_at("tcp://scheduler:8786")
#         run_study(plan, folder, workers)
#
# In a script that starts processes, put this under `if __name__ == "__main__":`, as Python asks for.
from weaklink.study.study_run import run_study

folder = Path(tempfile.mkdtemp()) / "gluteus-medius"
results = run_study(plan, folder)
for table in results["tables"].values():
    print(f"{table['file']:18} {table['rows']:6,} rows  sha256 {table['sha256'][:12]}")

# %% Ask it in SQL: the median change and the middle nine tenths of the runners, for each variant of the model
from weaklink.study.query import opened

TAKES_OVER = """
select carrier, strength, variant, count(*) as runners,
       round(median(change), 2) as median,
       round(quantile_cont(change, 0.05), 2) as low,
       round(quantile_cont(change, 0.95), 2) as high
from results
where carrier in ('tensor-fasciae-latae', 'gluteus-minimus', 'hip', 'kneecap')
group by all order by all
"""
with opened(folder) as connection:
    print(connection.sql(TAKES_OVER))

# %% Does it depend on the runner's own gluteus minimus? People are a table too.
DEPENDS = """
select variant, strength, round(corr(change, "gluteus-minimus right"), 2) as correlation
from results join people using (person)
where carrier = 'tensor-fasciae-latae'
group by all order by all
"""
with opened(folder) as connection:
    print(connection.sql(DEPENDS))

# %% Every file says what it is, where its numbers come from, and what it is not
from weaklink.study.parquet import table_metadata

told = table_metadata(folder / "loads.parquet")
print(told["title"], "| seed", told["seed"], "| knowledge", told["edition"])
for stated in told["distributions"]:
    print(f"{stated['quantity']}: {stated['shape']} [{stated['mark']}] {stated['because']}")
print(*told["shows"], *told["shows_not"], sep="\n")
