"""The shape of the house in figures: rooms, circles, functions, docstrings, names (`make shape`)."""

from __future__ import annotations

import ast
import collections
import functools
import graphlib
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import grimp

SOURCE = Path(__file__).resolve().parents[1] / "src"
PACKAGE = SOURCE / "weaklink"
CROWDED = 15  # modules in one flat room of these chapters
CHAPTERS_OF_ROOMS = ("web", "training")
LONGEST = 45  # lines of one function
NINE_IN_TEN = 17
MOST_COMPLEX = 12
MOST_ARGUMENTS = 5
Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.comprehension,
    ast.match_case,
)


class Place(NamedTuple):
    """A definition and where it stands."""

    path: Path
    node: Function | ast.ClassDef | ast.Module
    inside: tuple[str, ...]  # names of what it stands in

    @property
    def name(self) -> str:
        """As one would look for it: web/visit/flow.py next_address."""
        own = getattr(self.node, "name", "")
        return f"{self.path.relative_to(PACKAGE)} {'.'.join((*self.inside, own))}".strip()


@functools.cache
def places() -> list[Place]:
    """Every module, class and function of the package."""
    return [place for path in sorted(PACKAGE.rglob("*.py")) for place in _within(path)]


def _within(path: Path) -> Iterator[Place]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield Place(path, tree, ())
    waiting: list[tuple[ast.AST, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        parent, inside = waiting.pop()
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, Function | ast.ClassDef):
                yield Place(path, node, inside)
                waiting.append((node, (*inside, node.name)))
            else:
                waiting.append((node, inside))


def functions(found: list[Place]) -> list[Place]:
    """Those of them that are functions or methods."""
    return [place for place in found if isinstance(place.node, Function)]


def length(place: Place) -> int:
    """Lines of a definition, its docstring included."""
    node = place.node
    return (node.end_lineno or 0) - node.lineno + 1 if not isinstance(node, ast.Module) else 0


def complexity(place: Place) -> int:
    """One, and one more for every branch, loop and comprehension (McCabe)."""
    return 1 + sum(isinstance(node, BRANCHES) for node in ast.walk(place.node))


def arguments(place: Place) -> int:
    """What a caller hands over; `self` and `cls` are not counted."""
    assert isinstance(place.node, Function)
    said = place.node.args
    names = [one.arg for one in (*said.posonlyargs, *said.args, *said.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def is_command(place: Place) -> bool:
    """Whether a function's arguments are the options of a command or the query of an address."""
    return place.path.parent.name in ("cli", "api") and not place.node.name.startswith("_")  # type: ignore[union-attr]


def rooms() -> dict[str, int]:
    """Modules that lie flat in each package."""
    counted = collections.Counter(
        str(path.parent.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"
    )
    return dict(sorted(counted.items()))


def crowded() -> list[str]:
    """Rooms of the chapters that have rooms, with too many modules in them."""
    found = rooms().items()
    return [room for room, count in found if room.split("/")[0] in CHAPTERS_OF_ROOMS and count > CROWDED]


@functools.cache
def circles() -> list[str]:
    """Packages in which siblings import each other in a circle."""
    graph = grimp.build_graph("weaklink", include_external_packages=False)
    return [parent for parent in sorted(graph.modules) if _is_circular(graph, parent)]


def _is_circular(graph: grimp.ImportGraph, parent: str) -> bool:
    siblings = sorted(graph.find_children(parent))
    inside = {child: {child, *graph.find_descendants(child)} for child in siblings}
    owner = {module: child for child, modules in inside.items() for module in modules}
    needs: dict[str, set[str]] = {child: set() for child in siblings}
    for module, child in owner.items():
        found = {owner[one] for one in graph.find_modules_directly_imported_by(module) if one in owner}
        needs[child] |= found - {child}
    try:
        tuple(graphlib.TopologicalSorter(needs).static_order())
    except graphlib.CycleError:
        return True
    return False


def silent(found: list[Place]) -> list[str]:
    """Public definitions without a docstring, and those that raise without saying so."""
    return [place.name for place in found if _is_public(place) and not _speaks(place)]


def _is_public(place: Place) -> bool:
    names = (*place.inside, getattr(place.node, "name", ""))
    if isinstance(place.node, ast.Module):
        return place.path.stat().st_size > 0
    local = any(name.islower() for name in place.inside)  # a function inside a function
    return not local and not any(name.startswith("_") and name != "__call__" for name in names)


def _speaks(place: Place) -> bool:
    said = ast.get_docstring(place.node)
    if said is None:
        return False
    # What a command raises becomes its one line; its docstring is its help.
    quiet = not isinstance(place.node, Function) or is_command(place) or not _raises(place.node)
    return quiet or "Raises:" in said


def _raises(node: Function) -> bool:
    """Whether a function raises an error of ours to its caller."""
    for one in ast.walk(node):
        if (
            isinstance(one, ast.Raise)
            and isinstance(one.exc, ast.Call)
            and isinstance(one.exc.func, ast.Name)
        ):
            return one.exc.func.id.endswith("Error")
    return False


def names_twice(found: list[Place]) -> dict[str, list[str]]:
    """Module and class names that stand for several things."""
    where: dict[str, list[str]] = collections.defaultdict(list)
    for place in found:
        if name := _named(place):
            where[name].append(str(place.path.relative_to(PACKAGE)))
    return {name: paths for name, paths in sorted(where.items()) if len(paths) > 1}


def _named(place: Place) -> str:
    """The name of a public class or a module; empty for what may be called like others of its kind."""
    if isinstance(place.node, ast.ClassDef):
        return "" if place.inside or place.node.name.startswith("_") else place.node.name
    module = isinstance(place.node, ast.Module) and "migrations" not in place.path.parts
    return place.path.stem if module and place.path.name != "__init__.py" else ""


def figures() -> list[tuple[str, str, bool]]:
    """Each figure with whether it is as it should be."""
    found = places()
    made, twice = functions(found), names_twice(found)
    lengths = sorted(map(length, made))
    nine = statistics.quantiles(lengths, n=10)[-1]
    long = [place.name for place in made if length(place) > LONGEST]
    complex_ = [place.name for place in made if complexity(place) > MOST_COMPLEX]
    many = [place.name for place in made if arguments(place) > MOST_ARGUMENTS and not is_command(place)]
    lists = [
        ("rooms of web and training above 15 modules", crowded()),
        ("circles between siblings", circles()),
        (f"functions above {LONGEST} lines", long),
        (f"functions above complexity {MOST_COMPLEX}", complex_),
        (f"functions with more than {MOST_ARGUMENTS} arguments", many),
        ("public definitions that say too little", silent(found)),
        (
            "names that stand for several things",
            [f"{name}: {', '.join(where)}" for name, where in twice.items()],
        ),
    ]
    head = f"functions: {len(made)}, median {statistics.median(lengths):g} lines, nine in ten up to"
    told = [(title, "\n  ".join([str(len(bad)), *bad]), not bad) for title, bad in lists]
    return [(head, f"{nine:g}", nine <= NINE_IN_TEN), *told]


def main() -> int:
    """Print the rooms and the figures; 1 when one of them is not as it should be."""
    for room, count in rooms().items():
        print(f"{count:4d}  {room}")
    told = figures()
    for title, value, good in told:
        print(f"{'    ' if good else ' !  '}{title}: {value}")
    return 0 if all(good for *_, good in told) else 1


if __name__ == "__main__":
    sys.exit(main())
