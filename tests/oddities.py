"""Oddities: texts that people, damaged programs and strangers send; nothing of ours may break on them."""

from __future__ import annotations

import random

DIGITS = "9" * 400
TEXTS: tuple[str, ...] = (
    "", " ", "0", "-0", "-1", "1", "5", "7.5", "7,5", "1e400", "-1e400", "1e-400", DIGITS, f"-{DIGITS}", f"0.{DIGITS}",
    f"{DIGITS}.5", "nan", "NaN", "inf", "-Infinity", "0x10", "1_000", "٣", "½", "²", "true", "false", "null", "None",
    "yes", "no", "unsure", "1", "on", "[]", "{}", "a\x00b", "\x00", "\ud800", "a\udfffb", "\u202eleft", "\u200f",
    "\u2028", "é" * 300, "x" * 100_000, "🏃" * 50, "2026-11-02", "0001-01-01", "9999-12-31", "2026-02-30", "-1-1-1",
    "10000-01-01", "24:00", "07:30", "../../etc", "<script>", "'; DROP TABLE runners; --", "%00", "%s%n", "{{ 7 }}",
    "\r\n", "mon", "knee-anterior:right", "knee-anterior", ":", "::", "clamshell", "no-such-id", "2147483648",
    "9223372036854775808", "-9223372036854775809", "5000", "5001", "add", "skip",
)  # fmt: skip


def odd_text(chance: random.Random) -> str:
    """One of them, or a few letters of anywhere."""
    if chance.random() < 0.85:
        return chance.choice(TEXTS)
    return "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x11_0000)))) for _ in range(6))


VALUES = (
    "1", "-1", "true", "[]", "{}", "[1, [2]]", '"x"', "nan", "inf", "-inf", "9" * 400, "9" * 5000, "1e999", "[[[[]]]]",
    "0x" + "f" * 5000, "1979-05-27T07:32:00Z", "07:32:00", "{a = {b = {c = 1}}}", '"""', '"\\u0000"', "0xff",
    "[true, 1, 'x']", "[" * 200 + "]" * 200, "[" * 3000 + "]" * 3000, '["no-such-id"]', '"no-such-id"',
)  # fmt: skip
KEYS = ("statements", "expect", "story", "given", "x", "id", "status", "sources", "keyframes", "when")


def odd_toml(text: str, chance: random.Random) -> str:
    """A TOML file with a line lost, doubled, cut, added or with another value."""
    lines = text.splitlines()
    for _ in range(chance.randint(1, 3)):
        lines = lines or [""]
        at, way = chance.randrange(len(lines)), chance.randrange(6)
        line = lines[at]
        if way == 0:
            del lines[at]
        elif way == 1:
            lines.insert(at, line)
        elif way == 2:
            lines[at] = f"{line.partition('=')[0]}= {chance.choice(VALUES)}"
        elif way == 3:
            lines[at] = line[: chance.randrange(len(line) + 1)]
        elif way == 4:
            lines.insert(at, f"{chance.choice(KEYS)} = {chance.choice(VALUES)}")
        else:
            lines[at] = line.replace(chance.choice(line or " "), odd_text(chance)[:2000], 1)
    return "\n".join(lines)
