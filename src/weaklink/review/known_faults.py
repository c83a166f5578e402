"""Known faults: what is known to be wrong with the shipped knowledge and stays for now, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import tomli as tomllib

from weaklink.library.fault import Fault
from weaklink.library.reading import KNOWLEDGE
from weaklink.quantities import WeaklinkError

NAME = "known-faults.toml"


class KnownFault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fault that may stay: where it is, a part of what is said of it, and why it stays."""

    file: str  # below knowledge/, e.g. "red-flags/dvt.toml"
    field: str
    about: str
    stays: str


def read_known_faults(knowledge: Path = KNOWLEDGE) -> tuple[KnownFault, ...]:
    """The list of a folder of knowledge; none when there is no list.

    Raises: WeaklinkError naming the entry that cannot be read.
    """
    path = knowledge / NAME
    if not path.is_file():
        return ()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(table, dict[str, tuple[KnownFault, ...]]).get("faults", ())
    except (ValueError, RecursionError, OverflowError, msgspec.ValidationError) as error:
        raise WeaklinkError(f"knowledge/{NAME}: {error}") from error


def with_reasons(problems: Iterable[Fault], known: tuple[KnownFault, ...]) -> Iterator[Fault]:
    """The problems, those of the list as warnings; a fault of the list that is gone is a problem itself."""
    met: set[KnownFault] = set()
    for problem in problems:
        fault = next((one for one in known if _is(one, problem)), None)
        if fault is None:
            yield problem
        else:
            met.add(fault)
            yield msgspec.structs.replace(problem, stays=fault.stays)
    for one in known:
        if one not in met:
            yield Fault(f"knowledge/{NAME}", one.file, f'"{one.about}" is mended; take it off this list')


def _is(fault: KnownFault, problem: Fault) -> bool:
    here = problem.file == f"knowledge/{fault.file}" and problem.field == fault.field
    return here and fault.about in problem.message
