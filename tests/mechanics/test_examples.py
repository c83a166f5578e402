"""The examples in the docstrings of `mechanics` run and give what they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import weaklink.mechanics

MODULES = [module.name for module in pkgutil.iter_modules(weaklink.mechanics.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_an_example_gives_what_it_shows(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(f"weaklink.mechanics.{name}"))

    assert failed == 0


def test_the_first_function_to_open_has_an_example() -> None:
    assert weaklink.mechanics.redistribution.__doc__
    assert ">>> " in weaklink.mechanics.redistribution.__doc__
