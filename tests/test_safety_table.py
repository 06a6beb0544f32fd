"""What must be said when something is logged, row by row: who, what came before, what is added.

``person`` are options of ``profile set``, ``before`` is logged on each of the six days before
today, ``asked`` is the command whose words are read, stdout and stderr alike.
"""

import shlex
from collections.abc import Callable
from typing import NamedTuple

import pytest

from conftest import Result
from wording import check_words

WOMAN, MAN = "--born 1956 --sex female", "--born 1956 --sex male"
PREGNANT = "--born 1995 --sex female --pregnant"
NURSING = "--born 1995 --sex female --breastfeeding"
INFANT, BABY, CHILD = "--born 2026-08-01", "--born 2026-05-01", "--born 2022-02-01"
ANTAGONIST = "contains vitamin K. Supplement doses"
ASKED = "Is it a blood thinner of the warfarin kind?"
USUAL = "times your usual"
LEVEL = "upper level of"
BLOOD = "supplements of calcium or vitamin D can raise calcium in the blood"
WITH_PILLS = "Calcium or vitamin D supplements can interact with"
EGG = "egg 1, bread 1 slice"


class Row(NamedTuple):
    """Who, what was logged before, what is asked; the words that must and must not come of it."""

    person: str
    before: str
    asked: str
    says: str
    never: str = ""


def taking(*medicines: str) -> str:
    """Return the options that name medicines."""
    return " ".join([WOMAN, *(f'--medicine "{name}"' for name in medicines)])


def having(*conditions: str) -> str:
    """Return the options that name conditions."""
    return " ".join([WOMAN, *(f'--condition "{name}"' for name in conditions)])


# Words with | between them are several.
ROWS = [
    # vitamin K antagonists by every name, and what may be one
    *(
        Row(taking(name), "", "add 'mk7 100mcg'", ANTAGONIST)
        for name in (
            "warfarin", "Waran", "Orfarin", "Aldocumar", "Uniwarf", "Marevan", "Coumadin",
            "Jantoven", "Sintrom", "Marcumar", "Falithrom", "dicoumarol", "Pelentan",
        )
    ),
    Row(taking("Waran"), "", "add 'natto 1tbsp'", ANTAGONIST),
    Row(taking("Waran"), EGG, "report", "With warfarin, vitamin K is meant to stay steady"),
    Row(taking("=Zorkin"), "", "add 'natto 1tbsp'", ASKED),
    Row(taking("=Zorkin"), "", "add 'mk7 100mcg'", ASKED),
    Row(taking("=Zorkin"), EGG, "report", ASKED),
    Row(taking("=Zorkin"), EGG, "suggest --supplements", "pharmacist comes first", "Natto|MK-4"),
    Row(taking("=Zorkin"), "", "add 'egg 1'", "K1 0.2", ASKED),
    Row(taking("paracetamol"), "", "add 'natto 1tbsp'", "K2", f"{ASKED}|K1|warning"),
    # K1 beside them, in times of the usual
    Row(taking("warfarin"), "broccoli 50g, bread 1 slice", "add 'kale cooked 300g'", USUAL),
    Row(taking("=Zorkin"), "broccoli 50g, bread 1 slice", "add 'spinach 100g'", USUAL),
    Row(taking("warfarin"), "", "add 'kale cooked 300g'", "times the 90 µg|K1 2451 µg", USUAL),
    Row(taking("warfarin"), "kale cooked 100g", "add 'kale cooked 100g'", "K1 817 µg", "warning"),
    Row(taking("warfarin"), EGG, "add 'lettuce 30g'", "K1", "warning"),
    Row(taking("warfarin"), "broccoli 50g", "repeat yesterday", "K1 71 µg", "warning"),
    Row(WOMAN, "broccoli 50g", "add 'kale cooked 300g'", "calcium", "K1|warning"),
    # above the upper level of the age
    Row(INFANT, "", "add --yes 'd3 1200IU'", f"{LEVEL} 25 µg|doctor or pharmacist"),
    Row(BABY, "", "add --yes 'd3 5000IU'", "upper level of 38 µg|EU upper level of 35 µg"),
    Row(BABY, "", "add 'd3 5000IU'", "for a child of this age|--yes", "so far"),
    Row(BABY, "", "add 'd3 400IU'", "D 10 µg", "warning"),
    Row(BABY, "", "add --yes 'calcium 1600mg'", "US upper level of 1500 mg"),
    Row(CHILD, "", "add --yes 'd3 9000IU'", "US upper level of 75 µg and the EU upper level of 50"),
    Row(CHILD, "", "add 'd3 9000IU'", "for a child of this age|--yes", "so far"),
    Row(CHILD, "", "add 'calcium 2400mg'", "close to the US upper level of 2500 mg|food as well"),
    Row(CHILD, "", "add 'milk 1 cup, calcium 2400mg'", "All that was logged that day comes to"),
    Row(CHILD, "", "add 'magnesium 200mg'", "magnesium, above the US upper level of 110 mg"),
    Row(CHILD, "", "add 'd3 600IU'", "D 15 µg", "warning"),
    Row(CHILD, "d3 2500IU", "report", f"{LEVEL} 50 µg|doctor or pharmacist"),
    Row("--born 2012", "", "add 'd3 4400IU'", f"{LEVEL} 100 µg"),
    Row(WOMAN, "", "add 'd3 5000IU'", f"{LEVEL} 100 µg|not about single days"),
    Row(WOMAN, "", "add 'd3 2000IU, d3 3000IU'", "Supplements of that day come to 125 µg"),
    Row(WOMAN, "", "add 'd3 4000IU, milk 1 cup'", "D 100 µg", "warning"),
    Row(WOMAN, "", "add 'd3 20000IU' --every 7d", "every 7 days", "warning"),
    Row(WOMAN, "", "add 'calcium 2400mg'", "US upper level of 2000 mg"),
    Row("", "", "add 'd3 5000IU'", "D 125 µg", "warning"),
    Row(f"{WOMAN} --authority UK", "", "add 'calcium 1600mg'", "UK guidance level of 1500 mg"),
    Row(f"{WOMAN} --authority UK", "calcium 1600mg, bread 1 slice", "report", "UK guidance level"),
    # nobody is warned less for being iller
    *(
        Row(having(name), "", "add 'd3 4000IU'", BLOOD)
        for name in ("sarcoidosis", "hypercalcaemia", "primary hyperparathyroidism", "lymphoma")
    ),
    Row(having("sarcoidosis"), "", "add 'calcium 500mg'", BLOOD),
    Row(having("sarcoidosis"), "", "add 'milk 1 cup'", "calcium", "warning"),
    Row(having("hypercalciuria"), "", "add 'calcium 500mg'", "much calcium in the urine"),
    Row(having("dialysis"), "", "add 'calcium 500mg'", "your kidney team"),
    Row(having("chronic kidney disease"), "", "add 'd3 1000IU'", "your kidney team"),
    Row(having("dialysis"), "", "add 'd3 5000IU'", "less than that may be too much"),
    Row(having("dialysis"), "", "add 'milk 1 cup'", "calcium", "warning"),
    Row(having("dialysis"), "calcium 2400mg, d3 8000IU, bread 1 slice", "report", "above even"),
    Row(having("hypercalcaemia"), EGG, "suggest", "nothing is suggested", "Tofu"),
    # medicines
    Row(taking("hydrochlorothiazide"), "", "add 'calcium 1200mg, d3 5000IU'", WITH_PILLS),
    Row(taking("digoxin"), "", "add 'calcium 1200mg, d3 4000IU'", WITH_PILLS),
    Row(taking("hydrochlorothiazide"), "", "add 'milk 1 cup'", "calcium", "warning"),
    Row(taking("levothyroxine @07:00"), "", "add 'calcium 500mg' --at 08:00", "levothyroxine at"),
    Row(taking("levothyroxine @07:00"), "", "add 'food:orange-juice-calcium' --at 07:10", "07:00"),
    Row(taking("alendronate @mon 07:00"), "", "add 'milk' --at 07:10 --on mon", "alendronate"),
    Row(taking("moxifloxacin @08:00"), "", "add 'yogurt 100g' --at 08:30", "calcium", "warning"),
    # pregnancy and breastfeeding
    Row(PREGNANT, "", "add 'beef liver 100g'", "much vitamin A|NHS"),
    Row(PREGNANT, "", "add 'cod liver oil 1 tbsp'", "much vitamin A|NHS"),
    Row(PREGNANT, "", "add 'swordfish 150g'", "the most mercury|FDA and EPA"),
    Row(PREGNANT, "", "add 'brie 30g'", "listeria|One meal is rarely a reason to worry"),
    Row(PREGNANT, "", "add 'gorgonzola 30g'", "listeria"),
    Row(PREGNANT, "", "add 'blue crab 100g, mussels 100g'", "Crab", "warning"),
    Row(PREGNANT, "", "add 'gouda 30g, milk 1 cup'", "Gouda", "warning"),
    Row(PREGNANT, "beef liver 100g", "report", "much vitamin A"),
    Row(NURSING, "", "add 'swordfish 150g'", "the most mercury"),
    Row(NURSING, "", "add 'beef liver 100g'", "calcium", "warning"),
    Row(WOMAN, "", "add 'beef liver 100g, swordfish 100g'", "calcium", "warning"),
]  # fmt: skip


def _id(row: Row) -> str:
    return f"{row.person} · {row.before} · {row.asked}"


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_what_is_said(row: Row, k2log: Callable[..., Result]) -> None:
    """The words of the row, and none of those that must not come."""
    if row.person:
        told = k2log("profile", "set", *shlex.split(row.person))
        assert told.code == 0, told.err
    for ago in range(1, 7) if row.before else ():
        logged = k2log("add", row.before, "--yes", "--on", f"-{ago}")
        assert logged.code == 0, logged.err
    result = k2log(*shlex.split(row.asked))
    words = " ".join(f"{result.err} {result.out}".split())

    check_words(words, row.says, row.never)


def test_the_table_is_long() -> None:
    """Each row once."""
    assert len({*ROWS}) == len(ROWS) >= 60
