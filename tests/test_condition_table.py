"""What is said of conditions, row by row: who has what, what was logged, which words come of it.

``person`` are options of ``profile set`` beside a birth in 1956, ``logged`` is typed on each of the
three days before today, and ``asked`` is the command whose words are read: ``told`` is the answer
of ``profile set``, ``add …`` what stands on stderr and stdout, and everything else what is shown.
"""

import shlex
from collections.abc import Callable
from typing import NamedTuple

import pytest

from conftest import Result
from wording import check_words

MUCH = "calcium 2600mg, d3 8000IU, bread 1 slice"
ORDINARY = "calcium 500mg, bread 1 slice"
BREAD = "bread 1 slice"
EVEN = "above even the US upper level of 2000 mg and the EU upper level of 2500 mg for healthy"
BLOOD = "supplements of calcium or vitamin D can raise calcium in the blood"
URINE = "not for people with much calcium in the urine"
HEALTHY = "US upper level 2000 mg, for healthy people"
GUIDANCE = "guidance level of"
OF_CALCIUM = "not above US upper level 2000|not above EU upper level 2500|of US RDA 1200"
VERDICTS = "not above US|not above EU|meets US|meets EU|of US RDA"
NOTHING = "is for your doctor to say, so nothing is suggested"
FOOD = "Usual servings"


class Row(NamedTuple):
    """Who, what was logged, what is asked; the words that must and must not come of it."""

    person: str
    logged: str
    asked: str
    says: str
    never: str = ""


def having(name: str) -> str:
    """Return the option that names a condition."""
    return f'--condition "{name}"'


BLOOD_CALCIUM = (
    "hypercalcaemia", "primary hyperparathyroidism", "tertiary hyperparathyroidism", "sarcoidosis",
    "tuberculosis", "leprosy", "berylliosis", "lymphoma", "multiple myeloma", "bone metastases",
    "Williams syndrome", "milk-alkali syndrome",
)  # fmt: skip
UNFIT = (
    *BLOOD_CALCIUM, "dialysis", "chronic kidney disease", "kidney failure", "kidney transplant",
    "hypercalciuria", "nephrocalcinosis", "secondary hyperparathyroidism",
)  # fmt: skip

# Words with | between them are several.
ROWS = [
    # a level for healthy people is a ceiling: above it a warning, below it nothing is safe
    *(Row(having(name), MUCH, "report", f"{EVEN}|With {name} less than") for name in UNFIT),
    *(Row(having(name), ORDINARY, "report --all", HEALTHY, OF_CALCIUM) for name in UNFIT[::3]),
    *(Row(having(name), BREAD, "suggest --supplements", "nothing is suggested", FOOD)
      for name in UNFIT),
    Row(having("dialysis"), MUCH, "report", "please talk to your kidney team|warning, evidence"),
    Row(having("dialysis"), MUCH, "report", "Vitamin D averaged 200 µg a day (8000 IU)"),
    Row(having("dialysis"), "magnesium 600mg, bread 1 slice", "report", "of magnesium a day came"),
    Row(having("sarcoidosis"), "d3 4000IU, bread 1 slice", "report", BLOOD, VERDICTS),
    Row(having("hypercalcaemia"), BREAD, "suggest", f"With hypercalcaemia|{NOTHING}", "tofu"),
    Row(having("sarcoidosis"), BREAD, "suggest", NOTHING, "mushroom"),
    Row(having("CKD"), BREAD, "report", "800 to 1000 mg of calcium a day in all|600 to 800 IU"),
    Row(having("CKD"), BREAD, "report", "The targets of your kidney team come first", "RDA"),
    Row(having("CKD") + " --born 2012", BREAD, "report", "kidney team", "800 to 1000"),
    Row(having("dialysis"), BREAD, "report", "kidney team come first", "800 to 1000"),
    Row(having("kidney transplant"), BREAD, "report", "kidney team come first", "800 to 1000"),
    Row(having("CKD"), BREAD, "explain targets", "800 to 1000 mg of calcium a day|KDOQI"),
    Row(having("dialysis"), ORDINARY, "report", "agree supplements of calcium or vitamin D with"),
    Row(having("dialysis"), BREAD, "report", "kidney team", "agree supplements"),
    Row(having("dialysis"), BREAD, "chart", "upper level 2000 mg, for healthy people"),
    Row(having("dialysis"), "magnesium 600mg, bread 1 slice", "report", "that may be too much"),
    Row(having("dialysis"), BREAD, "explain targets", "no more than a ceiling|2000 mg", "RDA:"),
    Row(having("sarcoidosis"), BREAD, "explain targets", "for calcium and vitamin D are not shown"),
    Row("", MUCH, "report", "above the US upper level of 2000 mg", "even the US"),
    Row("", ORDINARY, "report --all", "not above US upper level 2000 mg", "healthy people|ceiling"),
    # at logging
    *(Row(having(name), BREAD, "add 'd3 1000IU'", f"With {name}, {BLOOD}")
      for name in BLOOD_CALCIUM),
    Row(having("sarcoidosis"), BREAD, "add 'calcium 500mg'", BLOOD),
    Row(having("sarcoidosis"), BREAD, "add 'milk 1 cup'", "milk", BLOOD),
    Row(having("sarcoidosis"), BREAD, "add 'd3 1000IU' --dry-run", BLOOD),
    Row(having("hypercalciuria"), BREAD, "add 'calcium 500mg'", URINE, BLOOD),
    Row(having("nephrocalcinosis"), BREAD, "add 'd3 1000IU'", URINE, BLOOD),
    Row(having("osteoporosis"), BREAD, "add 'd3 1000IU'", "D 25 µg", "warning"),
    Row("", BREAD, "add 'd3 1000IU'", "D 25 µg", "warning"),
    # the UK's guidance levels, and another's level where there is none
    Row("--authority UK", MUCH, "report", "above the UK guidance level of 1500 mg for supplements"),
    Row("--authority UK", "tofu 600g, calcium 400mg", "report --all", "RNI 700 mg", GUIDANCE),
    Row("--authority UK", MUCH, "report", "above the EU upper level of 2500 mg"),
    Row("--authority UK", "milk 2.4l", "report", "above the EU upper level of 2500 mg", "of 1500"),
    Row("--authority UK", "magnesium 450mg, bread 1 slice", "report", "guidance level of 400 mg"),
    Row("--authority UK", MUCH, "report", "above the UK upper level of 100 µg"),
    Row("--authority UK", BREAD, "explain targets", "guidance level: 1500 mg|EU upper level: 2500"),
    Row("--authority UK --born 2015", BREAD, "explain targets", "US upper level: 3000 mg"),
    Row("--authority UK " + having("dialysis"), MUCH, "report", "even the EU upper level of 2500"),
    Row("--authority EFSA --born 2015", "milk 3l", "report", "above the US upper level of 3000 mg"),
    # a doctor's figures first
    Row(having("osteoporosis"), BREAD, "report", "With osteoporosis, a target that your doctor"),
    Row(having("osteopenia"), BREAD, "report", "(k2log profile set --target calcium=AMOUNT)"),
    Row(having("osteoporosis") + " --target calcium=1000mg", BREAD, "report",
        "your doctor or clinic has set comes before", "AMOUNT"),
    Row(having("hypoparathyroidism"), BREAD, "report", "calcium with active vitamin D"),
    Row(having("hypoparathyroidism"), MUCH, "report", "above the US upper level of 2000 mg"),
    Row(having("hypoparathyroidism"), BREAD, "suggest --supplements", "Supplements are left out"),
    Row(having("low vitamin D"), BREAD, "report", "a blood test tells more than a diary"),
    Row(having("osteomalacia"), BREAD, "suggest --supplements", "Supplements are left out"),
    Row(having("rickets") + " --born 2019", BREAD, "report", "the dose is for your doctor to set"),
    Row(having("SHPT"), BREAD, "report", "depends on its cause", BLOOD),
    # absorption
    *(Row(having(name), BREAD, "report", f"absorbed less well with {name}", "product char")
      for name in ("ulcerative colitis", "inflammatory bowel disease", "short bowel syndrome",
                   "pancreatitis", "cirrhosis", "coeliac disease", "Crohn's disease")),
    # stones, and what a food of the diary may hold
    Row(having("kidney stones"), BREAD, "suggest -n 20", FOOD, "Almond"),
    Row(having("kidney stones"), ORDINARY, "report", "linked with kidney stones", EVEN),
    # beside a blood thinner
    Row("--medicine warfarin", BREAD, "suggest -n 30", "vitamin K (K1 and K2)", "Natto|Gouda"),
    Row("--medicine warfarin", BREAD, "suggest -n 30", "5 µg of foods that you have not", "Whole"),
    Row("--medicine =Zorkin", BREAD, "suggest -n 30", "k2log does not know Zorkin", "Natto|Gouda"),
    # what is told at once
    Row(having("hyperparathyroidism primary"), BREAD, "told", "primary hyperparathyroidism"),
    Row(having("stage 4 CKD"), BREAD, "told", "upper levels stay as a ceiling"),
    Row(having("valley fever"), BREAD, "told", "coccidioidomycosis|only a ceiling"),
]  # fmt: skip

REFUSED = [
    ("--sex male --pregnant", "male and pregnant contradict each other"),
    ("--menopause --pregnant", "pregnant and menopause contradict each other"),
    ("--born 2016 --menopause", "menopause and born 2016"),
    ("--born 2021 --breastfeeding", "breastfeeding and born 2021"),
    ("--born 2027", "is yet to come"),
    ("--condition PHPT --condition SHPT", "contradict each other"),
    ("--condition hyperparathyroidism", "does not say which: primary hyperparathyroidism, second"),
    (
        "--condition 'osteoporosis, CKD and high cholesterol'",
        "no rule knows",
    ),
    (
        "--condition 'osteoporosis and CKD'",
        'names 2 conditions: write --condition "osteoporosis" --condition "chronic kidney disease"',
    ),
    ("--condition gout", 'no rule knows "gout". There are: '),
    ("--condition osteoporosys", "There are: osteoporosis, "),
    ("--condition 'not dialysis'", "There are: dialysis, "),
]


def _id(row: Row) -> str:
    return f"{row.person} · {row.logged} · {row.asked}"


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_what_is_said_of_conditions(row: Row, k2log: Callable[..., Result]) -> None:
    """The words of the row, and none of those that must not come."""
    words = _words(row, k2log)

    check_words(words, row.says, row.never)


def _words(row: Row, k2log: Callable[..., Result]) -> str:
    """Do what a row says, and return what came of it on one line."""
    born = [] if "--born" in row.person else ["--born", "1956"]
    told = k2log("profile", "set", *born, "--sex", "female", *shlex.split(row.person))
    assert told.code == 0, told.err
    for ago in (3, 2, 1):
        added = k2log("add", row.logged, "--on", f"-{ago}", "--yes")
        assert added.code == 0, added.err
    if row.asked != "told":
        told = k2log(*shlex.split(row.asked))
        assert told.code == 0, told.err
    return " ".join(f"{told.err} {told.out}".split())


@pytest.mark.parametrize(("options", "why"), REFUSED)
def test_what_cannot_be_is_refused_in_one_line(
    options: str, why: str, k2log: Callable[..., Result]
) -> None:
    """And nothing is written."""
    before = k2log("profile", "show", "--json").out
    result = k2log("profile", "set", *shlex.split(options))

    assert result.code == 2
    assert why in result.err
    assert result.err.count("\n") == 1
    assert k2log("profile", "show", "--json").out == before
