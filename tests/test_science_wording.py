"""No message of k2log diagnoses, prescribes or alarms: every text there is, held against a list."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest

import k2log.science
from diaries import daily, entry, found, report
from k2log.amounts import UNKNOWN, Amount
from k2log.diary.entry import Entry
from k2log.science.antagonists import CHANGING_INR
from k2log.science.caveats import Finding, rule
from k2log.science.citations import CITED
from k2log.science.pattern import PARADOX_LINE
from k2log.science.profile import Condition, Medicine, Profile
from k2log.science.rules import RULES, warnings
from k2log.science.topics import Topic, load_topics

SCIENCE = Path(k2log.science.__file__).parent
WEEK = range(1, 7)

DIAGNOSES = (
    r"\byou have\b",
    r"\byou(?:'re| are) (?:low|short|lacking)",
    r"deficien",
    r"\byour (?:arter|bones?\b|heart\b|blood\b)",
    r"\bsymptom",
)
PRESCRIBES = (
    r"\byou should\b",
    r"\byou (?:need|ought|have) to\b",
    r"\bneed to take\b",
    r"\bmust\b",
    r"\b(?:stop|start|avoid) taking\b",
    r"\b(?:increase|reduce|raise|lower|double|halve) your\b",
    r"\b(?:take|eat|buy|try) (?:more|less)\b",
)
ALARMS = (
    r"\bdanger",
    r"\btoxic",
    r"\bpoison",
    r"\bdead",
    r"\bfatal",
    r"\boverdos",
    r"\brisk of\b",
    r"\byour risk\b",
    r"\balarm",
    r"\bunsafe\b",
    r"!",
    r"\b50 ?%",
    r"\bby half\b",
)
FORBIDDEN = re.compile("|".join((*DIAGNOSES, *PRESCRIBES, *ALARMS)), re.IGNORECASE)
ALLOWED = "does not by itself mean a deficiency"
OWN_WORDS = (
    *("vitamin D deficiency", "24-hydroxylase deficiency"),
    *("vitamin D toxicity", "vitamin D poisoning"),
    *("vit D deficiency", "vitamin D deficient", "D deficiency"),
)
"""Names of conditions that people tell k2log of themselves."""
DOUBTFUL = re.compile("contested|uncertain|mixed", re.IGNORECASE)
OLD_FRACTURE_FIGURES = re.compile(r"\b(?:60|77|81) ?%")

TOPICS = load_topics()
every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def forbidden(text: str) -> list[str]:
    """Return the forbidden words of a text."""
    for names in (ALLOWED, *OWN_WORDS):
        text = text.replace(names, "")
    return [match[0] for match in FORBIDDEN.finditer(text)]


def texts(topic: Topic) -> Sequence[str]:
    """Return every sentence of a topic, the claims that it is found by among them."""
    return [topic.title, topic.question, *topic.known, *topic.sure, *topic.unknown, *topic.claims]


# What rules say depends on the diary. Each of these gives the findings of one; a new rule gets a
# diary here that makes it speak, unless one of them does already.


def of_the_data() -> Iterable[Finding]:
    """Unknown figures, ranges, forms, D2, K1, a day left out."""
    part = {"mk4": 8.6, "mk7": UNKNOWN, "mk_other": UNKNOWN, "vitamin_k2": Amount.partial(8.6)}
    return found(
        *daily(range(1, 6), vitamin_d2=5),
        entry(2, "eel", vitamin_k2=UNKNOWN),
        entry(3, "natto", vitamin_k2=Amount.of(103, 9, 127)),
        entry(4, "cheddar", **part),
        entry(5, "spinach", vitamin_k1=494),
    ).values()


def of_little() -> Iterable[Finding]:
    """Below every reference."""
    profile = Profile(born="1960", sex="female", medicines=(), conditions=())
    return found(*daily(WEEK, calcium=200, vitamin_d3=2, magnesium=50), profile=profile).values()


def of_much() -> Iterable[Finding]:
    """Above every upper level, from supplements, in large doses, far from meals, beside K2."""
    pills = [
        *daily(WEEK, "calcium", pill=True, calcium=2400, at="08:00"),
        *daily(WEEK, "d3", pill=True, vitamin_d3=300, at="08:00"),
        *daily(WEEK, "magnesium", pill=True, magnesium=500),
        *daily(WEEK, "mk7", pill=True, mk7=100),
    ]
    profile = Profile(born="1960", sex="female", medicines=(), conditions=())
    fresh = {pill.food_key for pill in pills if pill.food_key}
    meals = daily(WEEK, calcium=500, at="19:00")
    for authority in (None, "UK"):
        person = profile._replace(authority=authority)
        yield from found(*meals, *pills, profile=person, fresh=fresh).values()


def of_the_pattern() -> Iterable[Finding]:
    """Calcium and vitamin D at their references, K2 known and little, none, or unknown."""
    profile = Profile(born="1960", sex="female", medicines=(), conditions=())
    plenty = daily(WEEK, calcium=1300, vitamin_d3=20)
    egg, eel = entry(1, "egg", vitamin_k2=6), entry(2, "eel", vitamin_k2=UNKNOWN)
    for more in ([egg], [], [egg, eel]):
        yield from found(*plenty, *more, profile=profile).values()


def of_medicines() -> Iterable[Finding]:
    """Every group of medicines, with calcium, vitamin D, K2, natto and milk at the same hour."""
    for medicine in _medicines():
        yield from found(*_shared_hours(), profile=Profile(medicines=(medicine,))).values()
        beside = Profile(
            medicines=(medicine, Medicine("warfarin", "vitamin-k-antagonist")),
            conditions=(Condition("dialysis", "kidney-disease"),),
        )
        if medicine.kind in {*CHANGING_INR, "bone-injection"}:
            yield from found(*_shared_hours(), profile=beside).values()


def of_conditions() -> Iterable[Finding]:
    """Every condition, pregnancy, and a child, with supplements."""
    for condition in _conditions():
        yield from found(*_shared_hours(), profile=Profile(conditions=(condition,))).values()
    for born, stage in (("1990", "pregnant"), ("1990", "breastfeeding"), ("2014", None)):
        profile = Profile(born=born, sex="female", life_stage=stage)
        yield from found(*_shared_hours(), profile=profile).values()


def of_nobody() -> Iterable[Finding]:
    """Supplements, where nothing is known of the person."""
    return found(*_shared_hours()).values()


def of_a_medicine_that_nobody_knows() -> Iterable[Finding]:
    """Return what is said beside a medicine that may be a vitamin K antagonist."""
    profile = Profile(born="1961-03-02", sex="female", medicines=(Medicine("Zorkin"),))
    return found(*_shared_hours(), profile=profile).values()


def of_logging() -> Iterable[Finding]:
    """Return what is said when something is logged: to children, adults and the ill."""
    pills = [
        entry(0, "d3", pill=True, vitamin_d3=150),
        entry(0, "calcium", pill=True, calcium=2400),
        entry(0, "magnesium", pill=True, magnesium=400),
    ]
    dialysis = (Condition("dialysis", "kidney-disease"),)
    for born in ("2026-03-01", "2022", "2014", "1990", "1950"):
        for conditions in ((), dialysis):
            profile = Profile(born=born, conditions=conditions)
            yield from warnings(pills, [], profile)
            for pill in pills:
                yield from warnings([pill], [entry(0, calcium=500, vitamin_d3=10)], profile)


def of_greens() -> Iterable[Finding]:
    """Return what is said of a day with much K1: against the usual, or what is adequate."""
    kale = [entry(0, "kale", vitamin_k1=900)]
    before = report(daily(WEEK, vitamin_k1=60)).days
    usual = [row for row in before if row.status == "complete"]
    for medicine in (Medicine("warfarin", "vitamin-k-antagonist"), Medicine("Zorkin")):
        profile = Profile(medicines=(medicine,))
        yield from warnings(kale, [], profile, lambda _: usual)
        yield from warnings(kale, [], profile)


def of_foods_in_pregnancy() -> Iterable[Finding]:
    """Return what is said of foods that are advised against, one of each group."""
    names = (
        "beef liver", "vitamin a", "swordfish", "brie", "pate", "raw milk", "smoked salmon",
    )  # fmt: skip
    for stage in ("pregnant", "breastfeeding"):
        profile = Profile(born="1995", sex="female", life_stage=stage)
        yield from warnings([entry(0, name) for name in names], [], profile)


DIARIES: tuple[Callable[[], Iterable[Finding]], ...] = (
    of_the_data,
    of_little,
    of_much,
    of_the_pattern,
    of_medicines,
    of_conditions,
    of_nobody,
    of_a_medicine_that_nobody_knows,
    of_logging,
    of_greens,
    of_foods_in_pregnancy,
)


@cache
def heard(diary: Callable[[], Iterable[Finding]]) -> Sequence[Finding]:
    """Return the findings of a diary, judged once."""
    return list(diary())


def _shared_hours() -> list[Entry]:
    return [
        *daily(WEEK, calcium=1300, vitamin_d3=20, vitamin_k1=100),
        entry(1, "milk", at="08:00", calcium=300),
        entry(1, "natto", at="08:00", vitamin_k2=103),
        entry(1, "calcium carbonate", at="08:10", pill=True, calcium=600),
        entry(1, "d3", at="08:10", pill=True, vitamin_d3=50),
        entry(1, "mk7", at="08:10", pill=True, mk7=100),
        entry(1, "iron", at="08:20", pill=True),
    ]


def _names(file: str) -> list[tuple[str, str]]:
    groups = tomllib.loads((SCIENCE / file).read_text(encoding="utf-8"))["group"]
    return [(name, group["kind"]) for group in groups for name in group["names"]]


def _medicines() -> list[Medicine]:
    return [Medicine(name, kind, ("08:00",)) for name, kind in _names("medicines.toml")]


def _conditions() -> list[Condition]:
    return [Condition(name, kind) for name, kind in _names("conditions.toml")]


@every_topic
def test_no_topic_diagnoses_prescribes_or_alarms(topic):
    """Not even in its question, nor where it says again what pages claim."""
    assert forbidden(" ".join(texts(topic))) == []


@pytest.mark.parametrize("diary", DIARIES, ids=lambda diary: diary.__name__)
def test_no_finding_diagnoses_prescribes_or_alarms(diary):
    """Whatever was logged, and whatever is in the profile."""
    findings = heard(diary)

    assert findings
    assert [(it.id, words) for it in findings if (words := forbidden(it.message))] == []


def test_every_rule_speaks_in_one_of_the_diaries():
    """Else nobody would have read its words here."""
    speaking = {finding.id for diary in DIARIES for finding in heard(diary)}

    assert sorted({rule.id for rule in RULES} - speaking) == []


def _prose(path: Path) -> list[str]:
    """Return the texts of a module or a table that are sentences or parts of one."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        found = re.findall(r'"([^"]*)"', source)
    else:
        tree = ast.parse(source)
        described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found = [
            node.value
            for node in constants
            if isinstance(node.value, str) and id(node) not in described
        ]
    return [text for text in found if " " in text.strip()]


@pytest.mark.parametrize(
    "path",
    sorted([*SCIENCE.glob("*.py"), SCIENCE / "medicines.toml", SCIENCE / "conditions.toml"]),
    ids=lambda path: path.name,
)
def test_no_text_in_the_source_diagnoses_prescribes_or_alarms(path):
    """What no diary here makes a rule say is read where it is written."""
    assert [(text, words) for text in _prose(path) if (words := forbidden(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Your arteries are at risk of hardening.",
        "This means a deficiency of K2.",
        "You should take K2.",
        "Calcium without K2 means 50 % more heart attacks!",
        "Please reduce your dose.",
    ],
)
def test_the_list_catches_what_it_is_for(text):
    """Sentences that popular pages print."""
    assert forbidden(text)


def test_the_standing_line_is_held_against_the_list_too():
    """It stands under every report."""
    assert forbidden(PARADOX_LINE) == []
    assert DOUBTFUL.search(PARADOX_LINE)


@pytest.mark.parametrize(
    "name",
    [
        "calcium-paradox", "k2-arteries", "k2-bones", "calcium-heart", "magnesium-ratio",
        "vegan-k2", "k2-diabetes", "osteocalcin", "bleeding",
    ],
)  # fmt: skip
def test_what_is_contested_is_called_so(name):
    """In the words on how sure it is."""
    topic = next(topic for topic in TOPICS if topic.name == name)

    assert DOUBTFUL.search(" ".join(topic.sure))


def test_what_warns_speaks_at_logging_or_says_why_not():
    """A warning that one entry decides is not left to the report of the week."""
    warning = {it.id for diary in DIARIES for it in heard(diary) if it.severity == "warning"}
    warning |= {rule.id for rule in RULES if rule.severity == "warning"}
    later = {it.id: it.only_in_reports for it in RULES if it.id in warning and not it.at_logging}

    assert len(warning) > 10
    assert [id_ for id_, why in later.items() if not why] == []
    assert [it.id for it in RULES if it.at_logging and it.only_in_reports] == []


def test_a_rule_on_contested_evidence_says_so():
    """In every message."""
    contested = {rule.id for rule in RULES if rule.evidence == "contested"}
    findings = [it for diary in DIARIES for it in heard(diary) if it.id in contested]

    assert findings
    assert [it.message for it in findings if not DOUBTFUL.search(it.message)] == []


@pytest.mark.parametrize(
    ("wrong", "lacks"),
    [
        ({"id_": ""}, "an id"),
        ({"severity": "alarm"}, "a severity"),
        ({"evidence": ""}, "evidence"),
        ({"works": ""}, "citations"),
        ({"judge": lambda facts: ""}, "a judge with a docstring"),
        ({"severity": "warning"}, "at_logging, or why only_in_reports"),
    ],
)
def test_a_rule_that_lacks_anything_is_refused(wrong, lacks):
    """When its module is loaded."""
    row = {"id_": "a-rule", "severity": "info", "evidence": "strong", "works": "smpc"} | wrong
    judge = row.pop("judge", RULES[0].judge)

    assert rule("a-rule", "info", "strong", "smpc")(RULES[0].judge).citations
    with pytest.raises(ValueError, match=lacks):
        rule(**row)(judge)
    with pytest.raises(KeyError):
        rule("a-rule", "info", "strong", "nobody1900")(RULES[0].judge)


def test_rules_and_topics_cite_works_of_the_bibliography():
    """Each exists there, once."""
    works = [work for each in (*RULES, *TOPICS) for work in each.citations]

    assert len(set(CITED.values())) == len(CITED)
    assert set(works) <= set(CITED.values())


def test_no_work_of_the_bibliography_is_unused():
    """A topic, a rule, a medicine, a condition or a reference intake names it."""
    files = (*SCIENCE.glob("*.py"), *SCIENCE.glob("*.toml"), *SCIENCE.glob("*.csv"))
    naming = "".join(it.read_text("utf-8") for it in files if it.name != "citations.py")
    keys = set(re.findall(r"[\w-]+", naming))

    assert sorted(CITED.keys() - keys) == []


@every_topic
def test_a_topic_is_as_sure_as_one_of_the_words_for_evidence(topic):
    """Its evidence in a word, where it says how sure it is."""
    words = (
        r"(?i)\b(strong|moderate|limited|contested|uncertain|certain|supported|established|real)"
    )

    assert re.search(words, " ".join(topic.sure))


def test_every_rule_is_cited():
    """Except where it is about the log, not about the world."""
    uncited = [rule.id for rule in RULES if not rule.citations and rule.evidence != "n/a"]

    assert uncited == []


@every_topic
def test_every_topic_is_cited(topic):
    """By works of the bibliography, each once."""
    assert topic.citations
    assert len(set(topic.citations)) == len(topic.citations)
    assert set(topic.citations) <= set(CITED.values())


def test_the_old_fracture_figures_are_named_only_as_corrected():
    """In one topic, where they are withdrawn in the same breath."""
    ours = [t for topic in TOPICS for t in (*topic.known, *topic.sure, *topic.unknown)]
    naming = [text for text in ours if OLD_FRACTURE_FIGURES.search(text)]

    assert len(naming) == 1
    assert "claimed in 2006 and later corrected" in naming[0]


@pytest.mark.parametrize(
    "tempting",
    [
        r"\bsafe\b",
        r"\blow(?:er)? dose",
        r"\bsmall dose",
        r"\bhelps?\b",
        r"\bbenefit",
        r"\bless (?:green|leafy|vegetables|natto)",
        r"\bcut(?:ting)? (?:out|down)",
        r"\bavoid (?:foods|vegetables|green)",
    ],
)
def test_nothing_on_warfarin_tempts_to_buy_k2_or_to_drop_usual_foods(tempting):
    """Usual foods stay as usual, and the clinic decides."""
    warfarin = " ".join(texts(next(topic for topic in TOPICS if topic.name == "warfarin")))

    assert not re.search(tempting, warfarin, re.IGNORECASE)
    assert "usual foods stay as usual" in warfarin
    assert "The clinic that checks the INR decides" in warfarin
