"""Topics as text: the list of them, and one in full. A pipe gets a paragraph a line.

The reference intakes and upper levels that apply to a person, with where they come from.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import Final

from k2log.nutrients import REFERENCE_GROUPS, TITLES
from k2log.render.layout import columns
from k2log.render.page import Page
from k2log.render.profile import person
from k2log.science.caveats import Rule
from k2log.science.citations import CITED
from k2log.science.compare import label, own_targets, with_unit
from k2log.science.conditions import suggested_before_dialysis
from k2log.science.intakes import AUTHORITIES, KIDNEY_DISEASE, Intake, intakes, unfit
from k2log.science.profile import Profile, names
from k2log.science.references import listed
from k2log.science.topics import Topic

_READABLE: Final = 100
_SIDE_BY_SIDE: Final = 76
INDENT: Final = "  "
_BEFORE_UNIT: Final = re.compile(r"(?<=\d) (?=[mµ]?g\b|IU|%)")

_ALSO: Final = (
    ("WORDS", "Any words, a question, or a sentence out of an article."),
    ("ENTRY", "How the figures of an entry came about: its id, as k2log log shows it."),
    ("DAY", "What each entry adds to a day: yesterday, mon, 2026-11-19; --all for every nutrient."),
    ("FOOD", "Where the figures of a food come from."),
    ("sources", "Every source of the food figures."),
    ("targets", "The reference intakes and upper levels that apply to you."),
)


def topics_text(topics: Iterable[Topic], page: Page) -> str:
    """Return the topics with their questions, and what else can be explained."""
    questions = [(topic.name, topic.question) for topic in topics]
    lines = ["k2log explain TOPIC", *listing(questions, page), "", "k2log explain also takes"]
    return "\n".join([*lines, *listing(_ALSO, page)]) + "\n"


def listing(rows: Sequence[tuple[str, str]], page: Page) -> Iterator[str]:
    """Yield each name with its text beside it, or on a narrow page below it."""
    heads = columns([(f"{INDENT}{name}", "") for name, _ in rows])
    for head, (name, text) in zip(heads, rows, strict=True):
        if page.columns is not None and page.columns < _SIDE_BY_SIDE:
            yield f"{INDENT}{name}"
            yield from wrapped(text, page, indent=INDENT * 2)
        else:
            first, *rest = wrapped(text, page, indent=" " * len(head))
            yield from (head + first.lstrip(), *rest)


def topic_text(topic: Topic, page: Page, *, caveat: Rule | None = None, lead: str = "") -> str:
    """Return one topic: the question, what is known, how sure, what is not known, sources.

    Above it what it was found by: the ``caveat`` whose id was typed, or the words of ``lead``.
    """
    blocks = [
        *([wrapped(_caveat_line(caveat), page)] if caveat else []),
        *([wrapped(lead, page)] if lead else []),
        [
            *wrapped(f"Topic {topic.name}: {topic.title}", page),
            *wrapped(topic.question, page),
        ],
        *_section(page, "What is known", topic.known),
        *_section(page, "How sure", topic.sure),
        *_section(page, "What is not known", topic.unknown),
        ["Sources:"],
    ]
    for citation in topic.citations:
        blocks[-1] += wrapped(citation, page, indent=INDENT, hanging=INDENT * 2)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _caveat_line(rule: Rule) -> str:
    """Return what kind of remark a rule makes, when (its judge's first sentence), and where."""
    when = (rule.judge.__doc__ or "").split("\n\n")[0].strip()
    speaks = f"{when[:1].lower()}{when[1:]}".removeprefix("speak ")
    evidence = "" if rule.evidence == "n/a" else f", evidence {rule.evidence}"
    logging = " It is said when something is logged, too." if rule.at_logging else ""
    if rule.only_in_reports:
        logging = f" It is said in reports only: {rule.only_in_reports}."
    return f"Caveat {rule.id} ({rule.severity}{evidence}). It speaks {speaks}{logging}"


def _section(page: Page, heading: str, paragraphs: Iterable[str]) -> list[list[str]]:
    first, *rest = (wrapped(text, page) for text in paragraphs)
    return [[*wrapped(heading, page), *first], *rest]


def wrapped(text: str, page: Page, *, indent: str = "", hanging: str | None = None) -> list[str]:
    """Return the lines of a paragraph; a number stays with its unit, an address stays whole."""
    if page.columns is None:
        return [indent + text]
    lines = wrap(
        _BEFORE_UNIT.sub("\u00a0", text),
        min(page.columns, _READABLE),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines]


# The figures that means are compared with


WIDTH: Final = 78

_KINDS: Final = {
    "RDA": "recommended dietary allowance, set to cover nearly all healthy people",
    "PRI": "population reference intake, set to cover nearly all healthy people",
    "RNI": "reference nutrient intake, set to cover nearly all healthy people",
    "AI": "adequate intake, an amount assumed to be adequate",
    "SI": "an amount judged to be enough where too little is known for more",
    "UL": "tolerable upper intake level (UL), the highest daily amount over a long time that is "
    "judged unlikely to do harm; nothing to aim for",
    "GL": "a figure for supplements, on less evidence than an upper level",
}
_TITLES: Final = {"SI": "safe intake", "UL": "upper level", "GL": "guidance level"}
_NO_K2: Final = "No authority has set a reference intake or an upper level for K2."
_NOT_SHOWN: Final = (
    "  Your K2 figure is not shown beside a vitamin K antagonist, or what may be one."
)
_STANDING: Final = (
    "These figures are for healthy people, and for what is eaten from day to day. "
    "They are not personal advice; what your doctor says comes first."
)


def targets_text(profile: Profile, on: date, to: int = WIDTH) -> str:
    """Return what the person's means are held against: their own targets, then the references."""
    rows = intakes(profile, on)
    numbers = {key: at for at, key in enumerate(dict.fromkeys(row.citation for row in rows), 1)}
    who = person(profile, on)
    own = [f"  {TITLES[target.nutrient]}: {label(target)}" for target in own_targets(profile)]
    if len(own) < len(profile.targets):
        own.append(_NOT_SHOWN)
    blocks = [
        [f"Daily targets, references and upper levels{f': {who}' if who else ''}"],
        ["Of your own", *own] if own else [],
        [] if rows else _none(profile),
        _ceilings(profile, on) if rows else [],
    ]
    for nutrient in REFERENCE_GROUPS:
        lines = [
            line
            for row in rows
            if row.nutrient == nutrient
            for line in _lines(row, numbers[row.citation])
        ]
        blocks.append([TITLES[nutrient], *lines] if lines else [])
    blocks += [
        ["Vitamin K2", f"  {_NO_K2}"],
        _open(profile, rows),
        _words(rows),
        [f"[{at}] {CITED[key]}" for key, at in numbers.items()],
        [_STANDING] if rows else [],
    ]
    texts = (
        "\n".join(part for line in block for part in _wrap(line, to)) for block in blocks if block
    )
    return "\n\n".join(texts) + "\n"


def _wrap(line: str, to: int) -> Sequence[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return wrap(line, to, subsequent_indent=f"{indent}  ", break_on_hyphens=False)


def _none(profile: Profile) -> list[str]:
    """Say why there are no references, and what it takes."""
    if profile.born is None:
        return [
            "References and upper levels depend on age and sex, and no year of birth is recorded:",
            "  k2log profile set --born 1964 --sex female",
        ]
    return ["There is no reference and no upper level for this age."]


def _ceilings(profile: Profile, on: date) -> list[str]:
    """Say where figures for healthy people do not fit."""
    conditions = unfit(profile)
    if not conditions:
        return []
    kidneys = bool(profile.having(KIDNEY_DISEASE))
    of = "" if kidneys else " for calcium and vitamin D"
    guideline = suggested_before_dialysis(profile, on)
    return [
        f"With {listed(names(conditions))}, references{of} are not shown;",
        "upper levels are no more than a ceiling: they are set for healthy people.",
        *([f"{guideline} ({CITED['kdoqi2020']})"] if guideline else []),
        f"The figures of your {'kidney team' if kidneys else 'doctor'} hold; you can enter them:",
        "  k2log profile set --target calcium=AMOUNT",
    ]


def _lines(row: Intake, number: int) -> Iterable[str]:
    kind = _TITLES.get(row.kind, row.kind)
    at = f" at {row.ages}" if row.ages else ""
    yield f"  {AUTHORITIES[row.authority].label} {kind}: {_value(row)}{at}, {_who(row)} [{number}]"
    if row.note:
        yield f"    {row.note}"


def _value(row: Intake) -> str:
    if row.value is None:
        return "none determined"
    least = f"{row.value:g} to " if row.value_to else ""
    figure = f"{least}{with_unit(row.value_to or row.value, row.nutrient)}"
    return f"{figure} per kg" if row.per_kg else figure


def _who(row: Intake) -> str:
    """Return whom the row is for: ``women, ages 51 to 70``."""
    grown = row.from_months >= 18 * 12
    sexes = {"female": "women" if grown else "girls", "male": "men" if grown else "boys"}
    group = row.stage if row.stage != "general" else sexes.get(row.sex, "")
    return ", ".join(filter(None, [group, _ages(row.from_months, row.until_months)]))


def _ages(first: int, until: int | None) -> str:
    if until is None:
        return f"from {first // 12}"
    if until <= 12:
        return f"{first} to {until - 1} months"
    return f"ages {first // 12} to {until // 12 - 1}"


def _open(profile: Profile, rows: Sequence[Intake]) -> list[str]:
    """Say what would leave one figure where several are shown."""
    lines: list[str] = []
    if any(row.ages for row in rows):
        lines += [
            "Your year of birth leaves your age open. Your date of birth settles it:",
            f"  k2log profile set --born {profile.born}-05-17",
        ]
    if not (profile.sex or profile.life_stage) and any(row.sex != "any" for row in rows):
        lines += [
            "Some figures differ for women and men. To see yours alone:",
            "  k2log profile set --sex female",
        ]
    if rows and len(profile.authorities) > 1:
        lines += [
            "US and EU figures stand side by side. To see one:",
            "  k2log profile set --authority EFSA",
        ]
    return lines


def _words(rows: Iterable[Intake]) -> list[str]:
    """Spell out what the rows shown make use of, once."""
    shown = list(rows)
    authorities = dict.fromkeys(row.authority for row in shown)
    kinds = dict.fromkeys(row.kind for row in shown)
    undetermined = any(row.value is None for row in shown)
    return [
        *(f"{AUTHORITIES[id_].label}: {AUTHORITIES[id_].name}" for id_ in authorities),
        *(f"{_TITLES.get(kind, kind)}: {_KINDS[kind]}" for kind in kinds),
        *(["none determined: too little is known for a figure; not zero, not unlimited"]
          if undetermined else []),
    ]  # fmt: skip
