"""Reference intakes and upper levels: which rows of the table apply to a person on a day.

Ages are half-open, in whole months: a row from 51 until 71 begins on the 51st birthday and ends
the day before the 71st. In ``intakes.csv`` ages are years, or months with an ``m``; ``general``
is neither pregnant nor breastfeeding; ``ND`` is not determined, neither zero nor unlimited.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Final

from k2log.errors import K2logError
from k2log.named_tuple import NamedTuple
from k2log.nutrients import REFERENCE_GROUPS, UNITS
from k2log.science.profile import BREASTFEEDING, PREGNANT, Condition, Profile

KIDNEY_DISEASE: Final = "kidney-disease"
HIGH_BLOOD_CALCIUM: Final = "high-blood-calcium"
HIGH_URINE_CALCIUM: Final = "high-urine-calcium"
SECONDARY_HYPERPARATHYROIDISM: Final = "secondary-hyperparathyroidism"
ADULT_YEARS: Final = 18
TABLE: Final = os.path.join(os.path.dirname(__file__), "intakes.csv")

_SEXES: Final = ("female", "male")
_GENERAL: Final = "general"
_STAGES: Final = {PREGNANT: "pregnancy", BREASTFEEDING: "breastfeeding"}
_PER_KG: Final = "µg/kg"
_LEVEL_NEEDED: Final = {"calcium": "all", "vitamin_d": "all", "magnesium": "supplement"}
"""What an upper level is needed of, and of what it has to be: no authority's silence is safety."""
_OTHERS: Final = ("EFSA", "NASEM")
_INSTEAD: Final = "shown as the authority of the profile has none"
_CALCIUM_AND_D: Final = frozenset({"calcium", "vitamin_d"})
_UNFIT: Final[Mapping[str, frozenset[str]]] = {
    KIDNEY_DISEASE: frozenset(REFERENCE_GROUPS),
    HIGH_BLOOD_CALCIUM: _CALCIUM_AND_D,
    HIGH_URINE_CALCIUM: _CALCIUM_AND_D,
    SECONDARY_HYPERPARATHYROIDISM: _CALCIUM_AND_D,
}
"""The nutrients whose figures, set for healthy people, do not fit with conditions of a kind."""


class Authority(NamedTuple):
    """Who set a figure: a stable id, a short label and the full name."""

    id: str
    label: str
    name: str


AUTHORITIES: Final = {
    authority.id: authority
    for authority in (
        Authority("NASEM", "US", "US National Academies of Sciences, Engineering and Medicine"),
        Authority("EFSA", "EU", "European Food Safety Authority"),
        Authority("UK", "UK", "United Kingdom: COMA, SACN, EVM and NHS"),
        Authority("JAPAN-MHLW", "Japan", "Ministry of Health, Labour and Welfare of Japan"),
    )
}


class IntakeTableError(K2logError):
    """A row of ``intakes.csv`` that contradicts the table of nutrients."""

    def __init__(self, line: Sequence[str], wrong: str) -> None:
        """Take the row's cells, and what is wrong with them."""
        super().__init__(f"{os.path.basename(TABLE)}, {','.join(line)}: {wrong}")


class Intake(NamedTuple):
    """One reference intake (RDA, AI, PRI, RNI, SI) or upper level (UL, GL) a day.

    ``value`` is None where none could be determined; ``value_to`` is the far end of a range;
    ``unit`` is mg, µg or µg/kg (of body weight). ``scope`` is what counts: all, supplement or k1.
    ``citation`` is a key of ``CITED``. ``ages`` says at which age this row applies, where a year
    of birth leaves several; ``note`` is what a reader has to know beside the figure.
    """

    authority: str
    nutrient: str
    kind: str
    value: float | None
    value_to: float | None
    unit: str
    scope: str
    stage: str
    sex: str
    from_months: int
    until_months: int | None
    citation: str
    checked: bool
    ages: str = ""
    note: str = ""

    @property
    def upper(self) -> bool:
        """Whether this is an upper level."""
        return self.kind in {"UL", "GL"}

    @property
    def per_kg(self) -> bool:
        """Whether the value is per kg of body weight."""
        return self.unit == _PER_KG

    def fits(self, sex: str, months: int) -> bool:
        """Whether the row is for that sex and age."""
        begun = self.from_months <= months
        ended = self.until_months is not None and self.until_months <= months
        return begun and not ended and self.sex in {"any", sex}


def ages_months(born: str, on: date) -> range:
    """Return the ages in whole months that somebody born then may have on a day.

    One age from a date; up to thirteen from a year. Who is born on a day that a month lacks has
    the birthday on the first of the next: 29 February on 1 March.
    """
    exact = "-" in born
    first = date.fromisoformat(born) if exact else date(int(born), 1, 1)
    last = first if exact else first.replace(month=12, day=31)
    return range(max(_months(last, on), 0), _months(first, on) + 1)


def ages(born: str, on: date) -> tuple[int, ...]:
    """Return the ages in years that somebody born then may have: one, or two from a year alone."""
    return tuple(sorted({months // 12 for months in ages_months(born, on)}))


def _months(born: date, on: date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def ceilings(profile: Profile) -> frozenset[str]:
    """Return the nutrients whose figures for healthy people do not fit this person.

    To lie below an upper level says nothing then, and what is enough is the doctor's to say; to
    lie above one is as much of a warning as for anybody, or more.
    """
    return frozenset[str]().union(*(_UNFIT[it.kind] for it in unfit(profile)))


def unfit(profile: Profile) -> Sequence[Condition]:
    """Return the conditions with which figures for healthy people do not fit."""
    return profile.having(*_UNFIT)


def intakes(profile: Profile, on: date) -> Sequence[Intake]:
    """Return the references and upper levels for a person, by nutrient, references first.

    Without a year of birth there are none. Where figures for healthy people do not fit, upper
    levels stay, as ceilings, and references do not. Without a sex, or with a year of birth alone,
    every value that may be theirs is returned where they differ.
    """
    if profile.born is None:
        return []
    months, groups = ages_months(profile.born, on), _groups()

    def applying(authority: str, nutrient: str, *, upper: bool) -> Sequence[Intake]:
        return _applying(groups.get((authority, nutrient, upper), ()), profile, months)

    authorities = profile.authorities
    intakes: list[Intake] = []
    for nutrient in REFERENCE_GROUPS:
        if nutrient not in ceilings(profile):
            intakes += [it for who in authorities for it in applying(who, nutrient, upper=False)]
        levels = [it for who in authorities for it in applying(who, nutrient, upper=True)]
        needed = _LEVEL_NEEDED.get(nutrient)
        others = [] if needed in _scopes_with_values(levels) else _OTHERS
        there = (applying(who, nutrient, upper=True) for who in others if who not in authorities)
        instead = next((rows for rows in there if needed in _scopes_with_values(rows)), ())
        intakes += [*levels, *(it._replace(note=_joined_notes(it, _INSTEAD)) for it in instead)]
    return intakes


def _scopes_with_values(rows: Iterable[Intake]) -> set[str | None]:
    return {None, *(row.scope for row in rows if row.value is not None)}


def _joined_notes(row: Intake, *more: str) -> str:
    return "; ".join(filter(None, [row.note, *more]))


def _applying(rows: Sequence[Intake], profile: Profile, months: range) -> Sequence[Intake]:
    """Return the rows of one authority and nutrient that may be the person's."""
    stage = profile.life_stage if profile.life_stage in _STAGES else _GENERAL
    sex = "female" if stage != _GENERAL else profile.sex
    if sex:
        return _of_sex(rows, sex, stage, months)
    women, men = (_of_sex(rows, sex, stage, months) for sex in _SEXES)
    for_all = [intake._replace(sex="any") for intake in women]
    if for_all == [intake._replace(sex="any") for intake in men]:
        return for_all
    return [
        *(intake._replace(sex="female") for intake in women),
        *(intake._replace(sex="male") for intake in men),
    ]


def _of_sex(rows: Sequence[Intake], sex: str, stage: str, months: range) -> list[Intake]:
    """Return one row, or one for each age whose figure differs, marked by that age."""
    by_age = [(age, row) for age in months if (row := _row(rows, sex, stage, age))]
    spans = [list(group) for _, group in groupby(by_age, key=lambda pair: _figure(pair[1]))]
    certain = len(spans) == 1 and len(by_age) == len(months)
    return [_joined(span, sex, marked=not certain) for span in spans]


def _row(rows: Iterable[Intake], sex: str, stage: str, months: int) -> Intake | None:
    """Return the row of that life stage or, with a note, the general one."""
    fitting = {row.stage: row for row in rows if row.fits(sex, months)}
    row = fitting.get(stage) or fitting.get(_GENERAL)
    if row is None or row.stage == stage:
        return row
    none = f"no value for {_STAGES[stage]} at this age; the value for her age is shown"
    return row._replace(note=none)


def _figure(row: Intake) -> Intake:
    """Return what two rows must share to say the same of a person."""
    return row._replace(from_months=0, until_months=None, sex="any")


def _joined(span: Sequence[tuple[int, Intake]], sex: str, *, marked: bool) -> Intake:
    (youngest, first), (oldest, last) = span[0], span[-1]
    return first._replace(
        until_months=last.until_months,
        sex=first.sex if first.sex == last.sex else sex,
        ages=_age_words(youngest, oldest) if marked else "",
        note=_joined_notes(first, *_notes(first)),
    )


def _age_words(youngest: int, oldest: int) -> str:
    """Return ``age 50``, ``ages 0–1`` or, in the first year, ``age 3–5 months``."""
    infant = oldest < 12
    first, last = (youngest, oldest) if infant else (youngest // 12, oldest // 12)
    many = "s" if first != last and not infant else ""
    span = f"{first}" if first == last else f"{first}–{last}"
    return f"age{many} {span}{' months' if infant else ''}"


def _notes(row: Intake) -> Iterable[str]:
    if row.scope in (notes := REFERENCE_GROUPS[row.nutrient].notes):
        yield notes[row.scope]
    if (row.nutrient, row.scope) == ("magnesium", "supplement") and row.authority == "EFSA":
        yield "magnesium added to food or water counts too, but k2log cannot tell it apart"
    if row.kind == "GL":
        yield "guidance for supplements, weaker than an upper level"
    if row.per_kg:
        yield "per kg of body weight, which k2log does not know, so nothing is held against it"
    if not row.checked:
        yield "not checked against the source"


@cache
def _groups() -> Mapping[tuple[str, str, bool], Sequence[Intake]]:
    groups: dict[tuple[str, str, bool], list[Intake]] = {}
    for row in table():
        groups.setdefault((row.authority, row.nutrient, row.upper), []).append(row)
    return groups


def table() -> Sequence[Intake]:
    """Return every row there is."""
    import csv  # noqa: PLC0415 - only for who has a profile

    with open(TABLE, encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return [_read(line) for line in lines]


def _read(line: Sequence[str]) -> Intake:
    authority, nutrient, kind, value, value_to, unit, *applies = line
    scope, stage, sex, from_, until, citation, checked = applies
    if nutrient not in REFERENCE_GROUPS or scope not in REFERENCE_GROUPS[nutrient].counted:
        raise IntakeTableError(line, f"nothing is counted as {nutrient}, {scope}")
    if unit.removesuffix("/kg") != UNITS[nutrient]:
        raise IntakeTableError(line, f"{nutrient} is in {UNITS[nutrient]}, not in {unit}")
    return Intake(
        authority,
        nutrient,
        kind,
        None if value == "ND" else float(value),
        float(value_to) if value_to else None,
        unit,
        scope,
        stage,
        sex,
        _in_months(from_),
        _in_months(until) if until else None,
        citation,
        checked == "yes",
    )


def _in_months(age: str) -> int:
    return int(age[:-1]) if age.endswith("m") else int(age) * 12
