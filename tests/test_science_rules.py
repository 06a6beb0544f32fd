"""The rules there are: none that is written is left out."""

import pkgutil
from importlib import import_module

import k2log.science
from k2log.science.caveats import Rule
from k2log.science.rules import RULES


def test_every_rule_that_is_written_is_judged():
    """A judge under ``@rule`` that no list names would never speak, and nobody would miss it."""
    names = [each.name for each in pkgutil.iter_modules(k2log.science.__path__)]
    modules = [import_module(f"k2log.science.{name}") for name in names]
    written = {each.id for it in modules for each in vars(it).values() if isinstance(each, Rule)}

    assert written == {rule.id for rule in RULES}
    assert len(RULES) == len(written) > 30
