"""Stories of a YAML file as case files with a table [course]: `python -m tools.story_files STORIES FOLDER`.

What a clinician wrote in prose becomes keys here, story by story, in `READINGS`; a story without a reading is
an error, and so is a demand of it that no test knows.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import yaml
from tests.rehearsal.musts import MUSTS

Table = dict[str, Any]
Reading = dict[str, Any]

# By story: the words of the case, what the prose says as keys, and what the first answer is expected to be.
READINGS: dict[str, Reading] = {
    "s01-kneecap-novice": {
        "story": "A new runner's kneecaps hurt on stairs and after sitting. Never lifted; has a rucksack.",
        "given": {
            "level": "novice",
            "km_per_week": 12,
            "since_days": 42,
            "pain_at": ["knee-anterior"],
            "pain": {"run": 3, "stairs": 4, "sit": 3},
        },
        "answers": {"squatting-hurts": "yes", "pain-spread": "palm", "pain-onset": "gradual"},
        "course": {"owns": [{"kind": "rucksack"}], "lifts": "never"},
        "expect": {"conditions_top3": ["patellofemoral-pain"]},
    },
    "s02-patellar-lifter": {
        "story": "Four years of squats, ten kilometres a week; the tendon below the kneecap hurts in jumps.",
        "given": {
            "level": "novice",
            "km_per_week": 10,
            "since_days": 90,
            "pain_at": [{"site": "knee-anterior", "side": "right"}],
            "pain": {"run": 3, "jump": 5, "stairs": 2},
        },
        "answers": {"kneecap-point-pain": "yes", "pain-spread": "one-finger", "pain-pattern": "warms-up"},
        "course": {"owns": [{"kind": "gym"}], "lifts": {"legs": "twice-a-week", "squat_kg": 120}},
        "expect": {"conditions_top3": ["patellar-tendinopathy"]},
    },
    "s03-achilles-50km": {
        "story": "Fifty kilometres a week; the left Achilles tendon is stiff ten minutes each morning.",
        "given": {
            "level": "seasoned",
            "since_days": 70,
            "pain_at": [{"site": "achilles-mid", "side": "left"}],
            "pain": {"run": 3, "morning": 3},
        },
        "answers": {"pain-pattern": "warms-up", "pain-onset": "gradual", "calf-pop": "no"},
        "course": {
            "owns": [
                {"kind": "dumbbell-pair", "kg": [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]},
                {"kind": "rucksack"},
            ],
            "lifts": "now-and-then",
            "stiff_min": 10,
            "events": [{"week": 7, "kind": "stiff", "minutes": 15, "days": 2}],
        },
        "expect": {"conditions_top3": ["achilles-mid"]},
    },
    "s04-gtps": {
        "story": "The outside of the right hip hurts lying on it and on stairs; has a quarter of an hour.",
        "given": {
            "level": "regular",
            "km_per_week": 15,
            "since_days": 120,
            "pain_at": [{"site": "hip-lateral", "side": "right"}],
            "pain": {"run": 4, "stairs": 4, "night": 5},
            "equipment": ["band"],
            "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        },
        "answers": {
            "lying-on-side-hurts": "yes",
            "night-pain-positional": "yes",
            "crossing-legs-hurts": "yes",
        },
        "course": {"owns": [{"kind": "band"}, {"kind": "rucksack"}], "lifts": "never"},
        "expect": {"conditions_top3": ["gtps"]},
    },
    "s05-masters-bone": {
        "story": "Thin bones without a fracture at sixty-two, and the doctor agrees to lifting.",
        "given": {"level": "regular"},
        "course": {"owns": [{"kind": "gym"}], "lifts": "now-and-then", "low_bone": "cleared"},
        "expect": {"tier": "prevention"},
    },
    "s06-pht": {
        "story": "The sit bone hurts on longer runs and on hard chairs; has dumb-bells, a band and a bench.",
        "given": {
            "level": "regular",
            "since_days": 150,
            "pain_at": [{"site": "ischial", "side": "left"}],
            "pain": {"run": 4, "sit": 5},
            "equipment": ["band", "bench"],
        },
        "answers": {"hard-seat-hurts": "yes", "hamstring-stretch-hurts": "yes", "pain-onset": "gradual"},
        "course": {
            "owns": [{"kind": "dumbbell-pair", "kg": [4, 6, 8, 10, 12, 14, 16, 18, 20]}, {"kind": "band"}],
            "lifts": "now-and-then",
        },
        "expect": {"conditions_top3": ["pht"]},
    },
    "s07-tib-post": {
        "story": "The inside of the right ankle hurts; four heel raises on that leg, twenty on the other.",
        "given": {
            "level": "regular",
            "km_per_week": 20,
            "since_days": 60,
            "pain_at": [{"site": "ankle-medial", "side": "right"}],
            "pain": {"run": 4},
            "equipment": ["band", "ball"],
        },
        "answers": {"ankle-rolls-in": "right", "pain-onset": "gradual", "pain-spread": "strip"},
        "tests": {"sl-heel-raise-reps": {"right": 4, "left": 20}},
        "course": {"owns": [{"kind": "rucksack"}, {"kind": "band"}], "lifts": "never"},
        "expect": {"conditions_top3": ["tib-post-tendinopathy"]},
    },
}
SEXES = {"F": "female", "M": "male"}
NUMBER_WORDS = re.compile(r"\d+")


def main() -> None:
    """Write one case file for each story."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    for story in yaml.safe_load(asked.stories.read_text(encoding="utf-8")):
        check_demands(story)
        path = asked.folder / f"{story['id']}.toml"
        path.write_text(toml_of(case_of(story)), encoding="utf-8")
        print(path)


def check_demands(story: Table) -> None:
    """Every `must` of a story is an executable one. Raises: ValueError."""
    known = {(must.story, must.says) for must in MUSTS}
    lost = [says for says in story.get("must", []) if (story["id"], says) not in known]
    if lost:
        raise ValueError(f"{story['id']}: no test in tests/rehearsal/musts.py for {lost}")


def case_of(story: Table) -> Table:
    """A story as the tables of a case file. Raises: ValueError for one nobody has read yet."""
    name, who = story["id"], story["who"]
    if name not in READINGS:
        raise ValueError(f"{name}: no reading; say in READINGS what its prose means")
    reading = READINGS[name]
    given = {
        "age": who["age"],
        "sex": SEXES[who["sex"]],
        "minutes": longest(who["minutes"]),
        **reading["given"],
    }
    given.setdefault("days", spread(who["days"]))
    if "km" in who:
        given["km_per_week"] = who["km"]
    tests = {key: sided(value) for key, value in story.get("tests", {}).items()} | reading.get("tests", {})
    said = {key: value for key, value in given.items() if not isinstance(value, dict)}
    pain = given.get("pain", {})
    return {
        "story": reading["story"],
        "given": said,
        **({"given.pain": pain | {key: 0 for key in ("night", "rest") if key not in pain}} if pain else {}),
        **({"given.answers": reading["answers"]} if "answers" in reading else {}),
        **({"given.tests": tests} if tests else {}),
        "expect": {"tier": "self-manage", **reading["expect"]},
        "course": {"responder": "good", "mass_kg": who["kg"], **reading["course"]},
    }


def longest(minutes: Any) -> int:
    """The minutes of a session."""
    return max(int(found) for found in NUMBER_WORDS.findall(str(minutes)))


def spread(days: Any) -> list[str]:
    """So many days a week, as far apart as they go."""
    count = longest(days)
    return {2: ["tue", "fri"], 3: ["mon", "wed", "fri"]}.get(count, ["mon", "wed", "fri"])


def sided(value: Any) -> Any:
    """A result with its sides; a number is the sorer side's, and the other does a little more."""
    if isinstance(value, dict):
        return {side: found for side, found in value.items() if side in ("left", "right")}
    return {"right": value, "left": value + max(1, round(value / 10))}


# --- TOML --------------------------------------------------------------------------------------------------


def toml_of(tables: Table) -> str:
    """Tables as TOML: texts and numbers first, then each table."""
    lines = [f"{key} = {value_of(found)}" for key, found in tables.items() if not isinstance(found, dict)]
    for name, table in tables.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *(f"{key} = {value_of(found)}" for key, found in table.items())]
    return "\n".join(lines) + "\n"


def value_of(value: Any) -> str:
    """One value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {value_of(found)}" for key, found in value.items()) + "}"
    return f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
