"""Rules on medicines: they speak only where the profile names one (an antibiotic: or the log).

How each medicine and calcium are kept apart stands in ``SPACED``, what supplements of calcium and
vitamin D do beside one in ``MINDING_SUPPLEMENTS``, what it does to the supply of both in
``SUPPLY``: by the medicine's name where it differs from its kind, else by its kind. A medicine that
is added there needs a line in ``medicines.toml`` and its works in ``citations.py``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from k2log.amounts import total
from k2log.diary.entry import Entry, FoodPart
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.intakes import KIDNEY_DISEASE
from k2log.science.profile import Medicine, names, taken_on
from k2log.science.references import listed
from k2log.science.spacing import (
    Apart,
    Dose,
    Window,
    compare_times,
    holds,
    moment,
    plain_water,
    said_of,
    spacing_remark,
)

CALCIUM_AT_ONCE_MG: Final = 100.0
"""From how much calcium a food counts as dairy or fortified beside a medicine.

A design choice: a cup of yogurt, a slice of cheese or a glass of fortified drink has more, milk in
tea and a slice of bread have less.
"""

ELTROMBOPAG_MG: Final = 50.0
"""From how much calcium an entry counts beside eltrombopag: the limit of its label."""

_LARGE: Final[Mapping[str, float]] = {"calcium": 1000.0, "vitamin_d": 100.0}
"""From how much of a day's supplements, in mg and µg, a note on them is a warning. A design choice:
the calcium of two usual tablets, and adults' upper level for vitamin D."""

MORNING: Final = time(4)
"""When a morning begins, for what comes before a bisphosphonate; what is eaten late is not."""

_ADDED_CALCIUM: Final = frozenset({"juice", "drink", "milk", "beverage", "shake", "smoothie"})
_PLANTS: Final = frozenset(
    {
        "juice",
        "soy",
        "soya",
        "almond",
        "rice",
        "oat",
        "coconut",
        "hemp",
        "pea",
        "cashew",
        "hazelnut",
    }
)
_MILKY: Final = frozenset({"milk", "yogurt", "yoghurt", "kefir", "buttermilk", "skyr", "lassi"})


def _calcium_pill(entry: Entry) -> bool:
    return entry.supplement and holds(entry, "calcium")


def _calcium_drink(entry: Entry) -> bool:
    """Whether it is a drink with calcium added: a juice or plant drink has much in no other way."""
    words = {*name_words(entry.food)}
    drink = bool(words & _ADDED_CALCIUM) and bool(words & _PLANTS or "calcium" in words)
    return drink and not entry.supplement and holds(entry, "calcium", CALCIUM_AT_ONCE_MG)


def _calcium_pill_or_drink(entry: Entry) -> bool:
    return _calcium_pill(entry) or _calcium_drink(entry)


def _milk(entry: Entry) -> bool:
    milky = not _MILKY.isdisjoint(name_words(entry.food))
    much = not entry.supplement and holds(entry, "calcium", CALCIUM_AT_ONCE_MG)
    return milky and much and not _calcium_drink(entry)


def _calcium_food(entry: Entry) -> bool:
    return not entry.supplement and holds(entry, "calcium", CALCIUM_AT_ONCE_MG)


def _calcium_rich(entry: Entry) -> bool:
    return _calcium_pill(entry) or _calcium_food(entry)


def _more_than_eltrombopag_bears(entry: Entry) -> bool:
    return holds(entry, "calcium", ELTROMBOPAG_MG)


def _not_plain_water(entry: Entry) -> bool:
    """Whether it ends a fast: food, drink but for plain water, a supplement with calcium."""
    return holds(entry, "calcium") if entry.supplement else not plain_water(entry)


class Fasting(NamedTuple):
    """A dose taken first in the morning, and how many minutes all else waits behind it."""

    wait: int

    def too_near(self, taken: datetime, at: datetime) -> bool:
        """Whether what was eaten or taken at a time came before a dose, or too soon behind it."""
        morning = datetime.combine(taken.date(), MORNING, taken.tzinfo)
        return min(morning, taken) <= at < taken + timedelta(minutes=self.wait)


APART: Final[Mapping[str, Apart]] = {
    "levothyroxine": Apart(before=4 * 60, after=4 * 60),
    "tetracycline": Apart(before=2 * 60, after=4 * 60),
    "fluoroquinolone": Apart(before=2 * 60, after=6 * 60),
    "strontium": Apart(before=2 * 60, after=2 * 60),
    "eltrombopag": Apart(before=2 * 60, after=4 * 60),
}
"""How far from calcium the kinds of medicines are kept that are kept so at any time of day."""

_FOUR_HOURS_AWAY: Final = (
    "Calcium lowers how much {names} {be} absorbed; labels advise at least 4 hours between them."
)
_ANTIBIOTIC: Final = "closer than usually advised"
_HOURS: Final = "The usual advice is at least 2 hours before or 4–6 hours after calcium."
_BINDS: Final = (
    f"Calcium, in dairy food too, binds {{names}} and can make {{them}} work less well. {_HOURS}"
)
_BINDS_PILLS: Final = (
    f"Calcium in supplements binds {{names}} and can make {{them}} work less well. {_HOURS}"
)
_FIRST: Final = "earlier than usually advised"
_FIRST_ADVICE: Final = (
    "{Names} {be} taken first, with plain water; calcium and food come at least 30 minutes later "
    "(ibandronate 60; some calcium labels ask for 1–3 hours)."
)
_INTEGRASE: Final = "closer than the label advises"


def _antibiotic(
    kind: str, works: str, *, dairy: bool = True, more: Sequence[Window] = ()
) -> tuple[Window, ...]:
    """Return the windows of an antibiotic that calcium binds, in supplements or in dairy too."""
    minds, advice = (_calcium_rich, _BINDS) if dairy else (_calcium_pill, _BINDS_PILLS)
    return (Window(minds, APART[kind].too_near, _ANTIBIOTIC, advice, works), *more)


SPACED: Final[Mapping[str, tuple[Window, ...]]] = {
    "levothyroxine": (
        Window(
            _calcium_pill_or_drink,
            APART["levothyroxine"].too_near,
            "less than 4 hours apart",
            _FOUR_HOURS_AWAY,
            "smpc singh2000 zamfirescu2011",
        ),
        Window(
            _milk,
            Apart(before=60, after=60).too_near,
            "less than an hour apart",
            "Milk taken together with levothyroxine lowered somewhat how much of it was absorbed, "
            "in a trial of ten people.",
            "chon2018",
            "caution",
        ),
    ),
    "liothyronine": (
        Window(
            _calcium_pill_or_drink,
            APART["levothyroxine"].too_near,
            "less than 4 hours apart",
            _FOUR_HOURS_AWAY,
            "liothyronine-advice",
        ),
    ),
    "tetracycline": _antibiotic("tetracycline", "smpc"),
    "doxycycline": _antibiotic("tetracycline", "smpc tetracyclines2023", dairy=False),
    "minocycline": _antibiotic("tetracycline", "smpc dynacin-label", dairy=False),
    "lymecycline": _antibiotic(
        "tetracycline",
        "smpc",
        dairy=False,
        more=[
            Window(
                _calcium_food,
                APART["tetracycline"].too_near,
                "near each other",
                "Tetracyclines differ in how much milk matters to them; a label of lymecycline "
                "asks for a light meal without dairy food.",
                "lymecycline-smpc",
                "info",
            )
        ],
    ),
    "fluoroquinolone": _antibiotic("fluoroquinolone", "smpc neuvonen1991"),
    **dict.fromkeys(
        (
            "levofloxacin",
            "ofloxacin",
            "gemifloxacin",
            "delafloxacin",
            "prulifloxacin",
            "pefloxacin",
            "enoxacin",
            "lomefloxacin",
        ),
        _antibiotic("fluoroquinolone", "smpc", dairy=False),
    ),
    "moxifloxacin": (),
    "oral-bisphosphonate": (
        Window(
            _not_plain_water,
            Fasting(30).too_near,
            _FIRST,
            _FIRST_ADVICE,
            "bisphosphonate-labels smpc",
        ),
    ),
    "ibandronate": (
        Window(
            _not_plain_water,
            Fasting(60).too_near,
            _FIRST,
            _FIRST_ADVICE,
            "bisphosphonate-labels smpc",
        ),
    ),
    "risedronate delayed-release": (
        Window(
            _calcium_pill,
            Apart(before=2 * 60, after=2 * 60).too_near,
            "close together",
            "{Names} {be} taken right after breakfast; the label asks for calcium supplements at "
            "another time of the day.",
            "atelvia-label",
        ),
    ),
    "etidronate": (
        Window(
            _not_plain_water,
            Apart(before=2 * 60, after=2 * 60).too_near,
            "less than 2 hours apart",
            "The label of {names} asks for no food, milk or calcium within 2 hours of {them}.",
            "etidronate-label",
        ),
    ),
    "clodronate": (
        Window(
            _not_plain_water,
            Apart(before=60, after=60).too_near,
            "less than an hour apart",
            "The label of {names} asks for no food, milk or calcium for an hour before and after "
            "{them}.",
            "clodronate-label",
        ),
    ),
    "strontium": (
        Window(
            _not_plain_water,
            APART["strontium"].too_near,
            "less than 2 hours apart",
            "Food, milk and calcium cut how much {names} {be} absorbed by more than half; the "
            "label asks for at least 2 hours between them.",
            "strontium-label smpc",
        ),
    ),
    "eltrombopag": (
        Window(
            _more_than_eltrombopag_bears,
            APART["eltrombopag"].too_near,
            "closer than the label advises",
            "The label asks for {names} at least 2 hours before or 4 hours after anything with "
            "more than 50 mg of calcium, in food too.",
            "eltrombopag-label",
        ),
    ),
    "dolutegravir": (
        Window(
            _calcium_pill,
            Apart(before=2 * 60, after=6 * 60).too_near,
            _INTEGRASE,
            "Calcium supplements lower how much {names} {be} absorbed; labels ask for {them} at "
            "least 2 hours before or 6 hours after, or for both together with a meal.",
            "dolutegravir-label",
        ),
    ),
    "cabotegravir": (
        Window(
            _calcium_pill,
            Apart(before=4 * 60, after=2 * 60).too_near,
            _INTEGRASE,
            "Calcium lowers how much {names} {be} absorbed from tablets; the label asks for "
            "calcium at least 2 hours before or 4 hours after them.",
            "vocabria-label",
        ),
    ),
    "elvitegravir": (
        Window(
            _calcium_pill,
            Apart(before=2 * 60, after=2 * 60).too_near,
            _INTEGRASE,
            "Calcium supplements can lower how much {names} {be} absorbed; US guidelines ask for "
            "more than 2 hours between them, some labels for 4.",
            "nih-integrase",
        ),
    ),
}
"""How medicines and calcium are kept apart: by name, else by kind."""

ANTIBIOTICS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "doxycycline", "minocycline", "tetracycline", "lymecycline", "oxytetracycline",
            "demeclocycline",
        ),
        "tetracycline",
    ),
    **dict.fromkeys(
        ("ciprofloxacin", "levofloxacin", "moxifloxacin", "ofloxacin", "norfloxacin"),
        "fluoroquinolone",
    ),
}  # fmt: skip
"""The antibiotics that are known by their names in the log, and their kinds."""


def _windows(dose: Dose) -> Sequence[Window]:
    return SPACED.get(dose.name, SPACED.get(dose.kind, ()))


def _works_of(*kinds: str) -> str:
    """Return the keys of all works that the windows of these names and kinds rest on."""
    works = (key for kind in kinds for window in SPACED[kind] for key in window.works.split())
    return " ".join(dict.fromkeys(works))


@rule(
    "calcium-levothyroxine-spacing",
    "warning",
    "strong",
    _works_of("levothyroxine", "liothyronine"),
    at_logging=True,
)
def calcium_levothyroxine_spacing(facts: Facts) -> Judged:
    """Speak where calcium was logged within 4 hours of a thyroid hormone, or milk with it."""
    medicines = facts.taking("levothyroxine")
    if not medicines:
        return "the profile does not name levothyroxine"
    return spacing_remark(
        compare_times(facts.logged, medicines, (), _windows),
        "no calcium supplement was logged within 4 hours of levothyroxine",
    )


@rule(
    "calcium-antibiotic-spacing",
    "warning",
    "strong",
    _works_of(
        *("tetracycline", "doxycycline", "minocycline", "lymecycline", "fluoroquinolone"),
    ),
    at_logging=True,
)
def calcium_antibiotic_spacing(facts: Facts) -> Judged:
    """Speak where calcium was logged too close to a tetracycline or a fluoroquinolone."""
    medicines = facts.taking("tetracycline", "fluoroquinolone")
    logged = [
        Dose(name, ANTIBIOTICS[name], moment(entry), entry)
        for entry in facts.logged
        for name in name_words(entry.food)
        if name in ANTIBIOTICS
    ]
    if not medicines and not logged:
        return "neither the profile nor the log names a tetracycline or a fluoroquinolone"
    return spacing_remark(
        compare_times(facts.logged, medicines, logged, _windows),
        "nothing with much calcium was logged too close to the antibiotic",
    )


@rule(
    "calcium-bisphosphonate-spacing",
    "warning",
    "strong",
    _works_of("oral-bisphosphonate", "risedronate delayed-release", "etidronate", "clodronate"),
    at_logging=True,
)
def calcium_bisphosphonate_spacing(facts: Facts) -> Judged:
    """Speak where calcium, food or drink came before a bisphosphonate, or soon after it."""
    medicines = facts.taking("oral-bisphosphonate")
    if not medicines:
        return "the profile names no oral bisphosphonate, like alendronate"
    return spacing_remark(
        compare_times(facts.logged, medicines, (), _windows),
        f"nothing was logged before {listed(names(medicines))} or too soon after",
    )


@rule(
    "calcium-medicine-spacing",
    "warning",
    "strong",
    _works_of("strontium", "eltrombopag", "dolutegravir", "cabotegravir", "elvitegravir"),
    at_logging=True,
)
def calcium_medicine_spacing(facts: Facts) -> Judged:
    """Speak where calcium came too near strontium, eltrombopag or an integrase inhibitor."""
    medicines = facts.taking("strontium", "eltrombopag", "integrase-inhibitor")
    if not medicines:
        return "the profile names no strontium, eltrombopag or integrase inhibitor"
    return spacing_remark(
        compare_times(facts.logged, medicines, (), _windows),
        f"no calcium was logged too near {listed(names(medicines))}",
    )


class MedicineNote(NamedTuple):
    """What is said of a medicine, a template as that of ``Window.advice``, and its works.

    ``nutrients`` are those of the supplements that it is said beside; where ``by_dose``, it is a
    warning beside a large dose of them.
    """

    text: str
    works: str
    nutrients: tuple[str, ...] = ("calcium", "vitamin_d")
    by_dose: bool = True


MINDING_SUPPLEMENTS: Final[Mapping[str, MedicineNote]] = {
    "thiazide": MedicineNote(
        "{Names} keep{s} calcium in the body, so that labels ask for calcium in the blood to be "
        "checked.",
        "smpc",
    ),
    "cardiac-glycoside": MedicineNote(
        "High calcium in the blood can make {names} act too strongly on the heart.", "smpc"
    ),
    "lithium": MedicineNote(
        "{Names} can itself raise calcium and parathyroid hormone in the blood, which doctors "
        "measure from time to time.",
        "medsafe2014 albert2015",
    ),
    "verapamil": MedicineNote(
        "Much calcium and vitamin D can weaken {names}.", "baror1981 hidroferol-label"
    ),
    "active-vitamin-d": MedicineNote(
        "{Names} {be} a strong form of vitamin D: labels ask for no other vitamin D beside {them}, "
        "and for calcium only as agreed, as calcium in the blood can rise.",
        "rocaltrol-label hidroferol-label",
    ),
    "calcium-binder": MedicineNote(
        "{Names} {be} calcium already; a label asks for no other calcium beside {them}.",
        "eliphos-label",
    ),
    "calcimimetic": MedicineNote(
        "{Names} lower{s} calcium in the blood, which is measured to fit the dose; the team that "
        "does so needs to know of supplements.",
        "nice2007",
    ),
    "bictegravir": MedicineNote(
        "Calcium lowers how much {names} {be} absorbed on an empty stomach, and not with a meal.",
        "liverpool-bictegravir",
        ("calcium",),
        by_dose=False,
    ),
    "raltegravir": MedicineNote(
        "Calcium carbonate is not advised beside {names} taken once a day; twice a day needs no "
        "change.",
        "liverpool-raltegravir",
        ("calcium",),
        by_dose=False,
    ),
    "integrase-inhibitor": MedicineNote(
        "Calcium can lower how much {names} {be} absorbed; the label says how far apart to take "
        "them.",
        "dolutegravir-label vocabria-label nih-integrase",
        ("calcium",),
        by_dose=False,
    ),
}
"""What supplements of calcium or vitamin D do beside a medicine: by name, else by kind."""

SUPPLY: Final[Mapping[str, MedicineNote]] = {
    "corticosteroid": MedicineNote(
        "{Names} lower{s} how much calcium is absorbed: please ask your prescriber whether you "
        "need calcium or vitamin D beside {them}.",
        "smpc",
    ),
    "enzyme-inducer": MedicineNote(
        "{Names} can lower vitamin D in the blood; your doctor can have it measured "
        "(25-OH-vitamin D).",
        "smpc hidroferol-label veractiv-label",
    ),
}
"""What a medicine does to the supply of calcium or vitamin D: by kind."""


def _notes(medicines: Iterable[Medicine], table: Mapping[str, MedicineNote]) -> tuple[str, str]:
    """Return the notes on medicines, each once with all its names, and the keys of their works."""
    named: dict[MedicineNote, set[str]] = {}
    for medicine in sorted(medicines):
        note = table.get(medicine.name, table.get(medicine.kind))
        if note:
            named.setdefault(note, set()).add(medicine.name)
    text = " ".join(said_of(note.text, of) for note, of in named.items())
    return text, " ".join(note.works for note in named)


@rule(
    "calcium-other-medicines",
    "caution",
    "moderate",
    " ".join(note.works for note in MINDING_SUPPLEMENTS.values()),
    at_logging=True,
)
def calcium_other_medicines(facts: Facts) -> Judged:
    """Speak where calcium or vitamin D supplements were logged with a medicine they can affect."""
    noted = [
        (medicine, MINDING_SUPPLEMENTS.get(medicine.name, MINDING_SUPPLEMENTS[medicine.kind]))
        for medicine in facts.taking(*MINDING_SUPPLEMENTS)
    ]
    if not noted:
        return "the profile names no medicine that such supplements are known to affect"
    beside = {it: days for it, note in noted if (days := _pill_days(facts, it, note))}
    if not beside:
        return "no calcium or vitamin D supplement was logged"
    large = [
        entry
        for medicine, note in noted
        if note.by_dose
        for entry in _large_doses(facts, medicine, note)
    ]
    text, works = _notes(beside, MINDING_SUPPLEMENTS)
    return Remark(
        f"Calcium or vitamin D supplements can interact with {listed(names(beside))}: please ask a "
        f"pharmacist about timing or monitoring. {text} What your prescriber says comes first.",
        days=sorted({day for days in beside.values() for day in days}),
        entries=list(dict.fromkeys(entry.id for entry in large)),
        data={"medicines": names(beside)},
        gist=listed(names(beside)),
        severity="warning" if large else "",
        citations=cited(*works.split()),
    )


def _pill_days(facts: Facts, medicine: Medicine, note: MedicineNote) -> list[date]:
    """Return the days of a medicine on which a supplement was taken that its note is about."""

    def minded(item: FoodPart | Entry) -> bool:
        return item.supplement and any(holds(item, nutrient) for nutrient in note.nutrients)

    days = {
        *facts.days_of(part for part in facts.foods if minded(part)),
        *(entry.day for entry in facts.logged if minded(entry)),
    }
    return [day for day in sorted(days) if medicine.lasts(day)]


def _large_doses(facts: Facts, medicine: Medicine, note: MedicineNote) -> list[Entry]:
    """Return the supplements of days that came to a large dose of what a note is about."""
    doses: dict[tuple[date, str], list[Entry]] = {}
    for entry in facts.supplements:
        for nutrient in note.nutrients:
            if medicine.lasts(entry.day) and holds(entry, nutrient):
                doses.setdefault((entry.day, nutrient), []).append(entry)
    return [
        entry
        for (_, nutrient), entries in doses.items()
        if (total(it.on_a_day(nutrient) for it in entries).best or 0) >= _LARGE[nutrient]
        for entry in entries
    ]


@rule(
    "medicine-lowers-supply",
    "info",
    "moderate",
    " ".join(note.works for note in SUPPLY.values()),
)
def medicine_lowers_supply(facts: Facts) -> Judged:
    """Speak where a medicine lowers how much calcium or vitamin D arrives in the body."""
    medicines = facts.taking(*SUPPLY)
    if not medicines:
        return "the profile names no medicine known to lower calcium or vitamin D"
    if not facts.logged_days:
        return "nothing was logged"
    text, works = _notes(medicines, SUPPLY)
    return Remark(
        text,
        data={"medicines": names(medicines)},
        gist=listed(names(medicines)),
        citations=cited(*works.split()),
    )


@rule("calcium-carbonate-acid", "info", "moderate", "oconnell2005 hansen2010 odsca")
def calcium_carbonate_acid(facts: Facts) -> Judged:
    """Speak where calcium other than citrate was logged beside a proton pump inhibitor."""
    medicines = facts.taking("proton-pump-inhibitor")
    if not medicines:
        return "the profile names no proton pump inhibitor, like omeprazole"
    pills = [
        entry
        for entry in facts.supplements
        if holds(entry, "calcium")
        and taken_on(medicines, entry.day)
        and "citrate" not in name_words(f"{entry.food} {entry.measure or ''}")
    ]
    if not pills:
        return "no calcium supplement other than citrate was logged"
    named = names(medicines)
    return Remark(
        f"{said_of('{Names} lower{s}', named)} stomach acid, which calcium carbonate needs when "
        "the stomach is empty: women who fasted absorbed much less of it, and with meals another "
        "trial saw no difference. So carbonate goes with a meal; citrate needs no acid. What your "
        "prescriber says comes first.",
        days=sorted({entry.day for entry in pills}),
        entries=[entry.id for entry in pills],
        data={"medicines": named},
        gist=listed(named),
    )


_INJECTION_LABELS: Final[Mapping[str, str]] = {
    "denosumab": "prolia-label",
    "zoledronate": "reclast-label",
    "romosozumab": "evenity-label",
}


@rule(
    "injection-calcium-supply",
    "caution",
    "strong",
    "prolia-label reclast-label evenity-label",
    only_in_reports="it is about the profile alone, whatever is logged",
)
def injection_calcium_supply(facts: Facts) -> Judged:
    """Speak where the profile names denosumab or the like: a warning with kidney disease."""
    medicines = facts.taking("bone-injection")
    if not medicines:
        return "the profile names no denosumab, zoledronate or romosozumab"
    named, kidney = names(medicines), facts.profile.having(KIDNEY_DISEASE)
    graver = (
        f" With {listed(names(kidney))} low calcium can be severe: please make sure that your "
        "kidney team knows of this medicine."
        if kidney
        else ""
    )
    works = [_INJECTION_LABELS[name] for name in named if name in _INJECTION_LABELS]
    return Remark(
        f"With {listed(named)}, calcium in the blood can fall, so labels ask for enough calcium "
        f"and vitamin D. Your prescriber says how much.{graver}",
        data={"medicines": named},
        gist=f"{listed(named)} {listed(names(kidney)) if kidney else ''}".strip(),
        severity="warning" if kidney else "",
        citations=cited(*works),
    )


@rule("fat-absorption", "info", "moderate", "smpc margulies2015 pappa2008 odsk")
def fat_absorption(facts: Facts) -> Judged:
    """Speak where a medicine or condition keeps fat from being absorbed."""
    medicines = facts.taking("orlistat", "bile-acid-sequestrant")
    conditions = facts.profile.having("fat-malabsorption")
    items = names([*medicines, *conditions])
    if not items:
        return "the profile names nothing that keeps fat from being absorbed"
    if not facts.logged_days:
        return "nothing was logged"
    return Remark(
        f"Vitamins D and K may be absorbed less well with {listed(items)}; the totals show what "
        "was eaten, not what was absorbed.",
        data={"items": items},
        gist=", ".join(items),
        citations=cited(
            *["smpc"] * bool(medicines), *["margulies2015", "pappa2008", "odsk"] * bool(conditions)
        ),
    )


RULES: Final = (
    calcium_levothyroxine_spacing,
    calcium_antibiotic_spacing,
    calcium_bisphosphonate_spacing,
    calcium_medicine_spacing,
    calcium_other_medicines,
    medicine_lowers_supply,
    calcium_carbonate_acid,
    injection_calcium_supply,
    fat_absorption,
)
