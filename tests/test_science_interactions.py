"""Rules on medicines, as diaries of the week that ends on Saturday 21 November."""

import re
from collections.abc import Callable, Iterable, Sequence

import pytest

from conftest import Result
from diaries import TODAY, ago, daily, entry, found, report
from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry
from k2log.science import name_lists
from k2log.science.antagonists import CHANGING_INR
from k2log.science.caveats import Finding
from k2log.science.citations import CITED, cited
from k2log.science.interactions import ANTIBIOTICS, MINDING_SUPPLEMENTS, RULES, SPACED, SUPPLY
from k2log.science.profile import ONCE_ELSEWHERE, Condition, Medicine, Profile
from k2log.science.rules import warnings

KINDS = {
    "warfarin": "vitamin-k-antagonist",
    "apixaban": "no-rule",
    "levothyroxine": "levothyroxine",
    "doxycycline": "tetracycline",
    "tetracycline": "tetracycline",
    "lymecycline": "tetracycline",
    "ciprofloxacin": "fluoroquinolone",
    "moxifloxacin": "antibiotic",
    "alendronate": "oral-bisphosphonate",
    "ibandronate": "oral-bisphosphonate",
    "digoxin": "cardiac-glycoside",
    "indapamide": "thiazide",
    "lithium": "lithium",
    "dolutegravir": "integrase-inhibitor",
    "orlistat": "orlistat",
    "colesevelam": "bile-acid-sequestrant",
    "eltrombopag": "eltrombopag",
    "prednisolone": "corticosteroid",
    "omeprazole": "proton-pump-inhibitor",
    "denosumab": "bone-injection",
}
WINS = "If your label or prescriber says otherwise, that wins."
NO_TIME = "k2log cannot tell how far apart they were"


def takes(*said: str, **more: object) -> Profile:
    """Return somebody who takes these: ``doxycycline@08:00,20:00``."""
    parts = [(*text.split("@"), "")[:2] for text in said]
    return Profile(
        medicines=tuple(
            Medicine(name, KINDS[name], tuple(filter(None, times.split(","))), **more)  # type: ignore[arg-type]
            for name, times in parts
        )
    )


def calcium(at: str | None = None, days: int = 1) -> Entry:
    """Return a calcium tablet, yesterday unless said otherwise."""
    return entry(days, "Calcium tablet", at=at, pill=True, calcium=500)


def milk(at: str | None = None, mg: float = 280) -> Entry:
    """Return a glass of milk, yesterday."""
    return entry(1, "Milk", at=at, calcium=mg)


def severity(rule: str, *entries: Entry, profile: Profile) -> str | None:
    """Return how severe a rule's remark is, or None where it is silent."""
    finding = found(*entries, profile=profile).get(rule)
    return finding.severity if finding else None


LEVOTHYROXINE = "calcium-levothyroxine-spacing"
ANTIBIOTIC = "calcium-antibiotic-spacing"
BISPHOSPHONATE = "calcium-bisphosphonate-spacing"


@pytest.mark.parametrize(
    ("medicine", "at", "spoken"),
    [
        ("levothyroxine@07:00", "10:59", "warning"),
        ("levothyroxine@07:00", "11:00", None),
        ("levothyroxine@07:00", "03:01", "warning"),
        ("levothyroxine@07:00", "03:00", None),
        ("levothyroxine@22:30", "02:29", "warning"),
        ("levothyroxine@22:30", "02:30", None),
        ("levothyroxine@01:00", "21:01", "warning"),
        ("levothyroxine@01:00", "21:00", None),
    ],
)
def test_calcium_stays_four_hours_from_levothyroxine(
    medicine: str, at: str, spoken: str | None
) -> None:
    """Either way, to the minute, and across midnight."""
    assert severity(LEVOTHYROXINE, calcium(at), profile=takes(medicine)) == spoken


@pytest.mark.parametrize(
    ("medicine", "at", "spoken"),
    [
        # the medicine at 12:00; calcium later than it has two hours, earlier four or six
        ("doxycycline@12:00", "13:59", "warning"),
        ("doxycycline@12:00", "14:00", None),
        ("doxycycline@12:00", "08:01", "warning"),
        ("doxycycline@12:00", "08:00", None),
        ("ciprofloxacin@12:00", "13:59", "warning"),
        ("ciprofloxacin@12:00", "14:00", None),
        ("ciprofloxacin@12:00", "06:01", "warning"),
        ("ciprofloxacin@12:00", "06:00", None),
    ],
)
def test_an_antibiotic_needs_longer_after_calcium_than_before_it(
    medicine: str, at: str, spoken: str | None
) -> None:
    """The window is not symmetrical, and a fluoroquinolone's is longer."""
    assert severity(ANTIBIOTIC, calcium(at), profile=takes(medicine)) == spoken


@pytest.mark.parametrize(
    ("medicine", "at", "spoken"),
    [
        ("alendronate@07:00", "07:29", "warning"),
        ("alendronate@07:00", "07:30", None),
        ("ibandronate@07:00", "07:59", "warning"),
        ("ibandronate@07:00", "08:00", None),
        ("alendronate@07:00", "06:59", "warning"),
        ("alendronate@07:00", "04:00", "warning"),
        ("alendronate@07:00", "03:59", None),
        ("alendronate@03:00", "03:10", "warning"),
        ("alendronate@03:00", "02:50", None),
    ],
)
def test_a_bisphosphonate_comes_first_in_the_morning(
    medicine: str, at: str, spoken: str | None
) -> None:
    """Calcium and any food come later; what was eaten late at night does not matter."""
    for eaten in (calcium(at), entry(1, "Apple", at=at)):
        assert severity(BISPHOSPHONATE, eaten, profile=takes(medicine)) == spoken


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("Water, tap", None), ("Mineral water, Evian", "warning"), ("Coffee, black", "warning")],
)
def test_only_plain_water_goes_with_a_bisphosphonate(name: str, spoken: str | None) -> None:
    """Mineral water is not plain, and coffee is not water."""
    drink = entry(1, name, at="06:55")

    assert severity(BISPHOSPHONATE, drink, profile=takes("alendronate@07:00")) == spoken


def test_a_supplement_without_calcium_is_no_calcium() -> None:
    """Vitamin D beside a medicine is not what these rules are about."""
    d3 = entry(1, "Vitamin D3", at="07:00", pill=True, vitamin_d3=25)
    medicines = takes("levothyroxine@07:00", "doxycycline@07:00", "alendronate@07:00")

    assert not {LEVOTHYROXINE, ANTIBIOTIC, BISPHOSPHONATE} & set(found(d3, profile=medicines))


@pytest.mark.parametrize("rule", [LEVOTHYROXINE, ANTIBIOTIC])
def test_calcium_without_a_figure_cannot_be_judged(rule: str) -> None:
    """What is unknown is neither zero nor too much."""
    unknown = entry(1, "Own tablet", at="07:00", pill=True, calcium=UNKNOWN)

    assert not severity(rule, unknown, profile=takes("levothyroxine@07:00", "doxycycline@07:00"))


@pytest.mark.parametrize(("mg", "spoken"), [(100, "warning"), (99.9, None)])
def test_food_with_much_calcium_counts_for_an_antibiotic(mg: float, spoken: str | None) -> None:
    """Dairy and fortified drinks do; the milk in tea does not."""
    assert severity(ANTIBIOTIC, milk("12:00", mg), profile=takes("tetracycline@12:00")) == spoken
    assert severity(ANTIBIOTIC, milk("12:00", mg), profile=takes("doxycycline@12:00")) is None


@pytest.mark.parametrize(
    ("drink", "at", "spoken"),
    [
        ("Orange juice with added calcium", "10:59", "warning"),
        ("Orange juice with added calcium", "11:00", None),
        ("Almond milk, unsweetened, fortified (US)", "07:10", "warning"),
        ("Whole milk", "07:59", "caution"),
        ("Whole milk", "08:00", None),
        ("Cheddar", "07:10", None),
    ],
)
def test_drinks_with_calcium_count_beside_levothyroxine(
    drink: str, at: str, spoken: str | None
) -> None:
    """Added calcium is like a tablet; of milk, what is drunk with it was tried."""
    eaten = entry(1, drink, at=at, calcium=280)

    assert severity(LEVOTHYROXINE, eaten, profile=takes("levothyroxine@07:00")) == spoken
    assert severity(LEVOTHYROXINE, milk("07:10", 99), profile=takes("levothyroxine@07:00")) is None


def test_of_lymecycline_and_dairy_it_is_said_that_labels_differ() -> None:
    """One asks for no dairy, and k2log knows of no trial: no warning, and not silence."""
    finding = found(milk("12:30"), profile=takes("lymecycline@12:00"))[ANTIBIOTIC]

    assert finding.severity == "info"
    assert "a label of lymecycline asks for a light meal without dairy food" in finding.message
    assert severity(ANTIBIOTIC, calcium("12:30"), profile=takes("lymecycline@12:00")) == "warning"


@pytest.mark.parametrize("kind", ["antibiotic", "fluoroquinolone"])
def test_moxifloxacin_is_not_kept_from_calcium(kind: str) -> None:
    """Two trials saw no difference, whatever kind an older k2log stored."""
    profile = Profile(medicines=(Medicine("moxifloxacin", kind, ("08:00",)),))

    assert severity(ANTIBIOTIC, milk("08:30"), profile=profile) is None
    assert severity(ANTIBIOTIC, calcium("08:30"), profile=profile) is None


def test_an_antibiotic_in_the_log_is_as_good_as_one_in_the_profile() -> None:
    """It counts at its own time, and both entries are named."""
    pill = entry(1, "Doxycycline 100 mg", at="08:00", pill=True)
    finding = found(calcium("06:30"), pill)[ANTIBIOTIC]

    assert finding.severity == "warning"
    assert finding.entries == [1, 2]
    assert "binds doxycycline and can make it work" in finding.message
    assert severity(ANTIBIOTIC, calcium("04:00"), pill, profile=Profile()) is None
    assert severity(ANTIBIOTIC, calcium(), pill, profile=Profile()) == "info"
    assert severity(ANTIBIOTIC, calcium(days=2), pill, profile=Profile()) is None


@pytest.mark.parametrize(
    ("rule", "medicine"),
    [
        (LEVOTHYROXINE, "levothyroxine"),
        (ANTIBIOTIC, "doxycycline"),
        (BISPHOSPHONATE, "alendronate"),
    ],
)
def test_without_times_the_advice_is_given_once_as_information(rule: str, medicine: str) -> None:
    """Whichever time is missing; the time of typing is no time of eating."""
    for profile, eaten in (
        (takes(medicine), calcium("07:00")),
        (takes(f"{medicine}@07:00"), calcium()),
        (takes(medicine), calcium()),
    ):
        finding = found(*[eaten, eaten], profile=profile)[rule]

        assert finding.severity == "info"
        assert finding.days == [ago(1)]
        assert finding.entries == ()
        assert WINS in finding.message
        assert NO_TIME in finding.message


@pytest.mark.parametrize("rule", [LEVOTHYROXINE, ANTIBIOTIC, BISPHOSPHONATE])
def test_without_calcium_there_is_nothing_to_keep_apart(rule: str) -> None:
    """Nothing logged, nothing said, though the medicine has no times."""
    medicines = takes("levothyroxine", "doxycycline", "alendronate")
    water = entry(1, "Water, tap", at="07:00")

    assert severity(rule, water, profile=medicines) is None


def test_a_conflict_says_what_came_when() -> None:
    """The latest of them, how many more, the advice, and who has the last word."""
    finding = found(
        calcium("08:00"), calcium("08:30", 2), calcium("12:00", 3),
        profile=takes("levothyroxine@07:00"),
    )[LEVOTHYROXINE]  # fmt: skip

    assert finding.message == (
        "Calcium tablet at 08:00 and levothyroxine at 07:00 on 20 Nov, and 1 more time: less than "
        "4 hours apart. Calcium lowers how much levothyroxine is absorbed; labels advise at least "
        f"4 hours between them. {WINS}"
    )
    assert finding.days == [ago(2), ago(1)]
    assert finding.entries == [2, 1]
    assert finding.data == {
        "apart_from": ["levothyroxine"],
        "times": 2,
        "shortest_minutes": 60,
    }


def test_all_that_was_eaten_at_one_meal_is_one_time() -> None:
    """A breakfast of three things is not three breakfasts."""
    breakfast = [entry(1, name, at="07:10") for name in ("Bread", "Egg", "Milk")]
    finding = found(*breakfast, profile=takes("alendronate@07:00"))[BISPHOSPHONATE]

    assert finding.message.startswith("Milk at 07:10 and alendronate at 07:00 on 20 Nov: earlier")
    assert finding.entries == [1, 2, 3]
    assert WINS in finding.message


@pytest.mark.parametrize(
    ("more", "spoken"),
    [
        ({"until": ago(1)}, "warning"),
        ({"until": ago(2)}, None),
        ({"until": ago(30)}, None),
        ({"days": (ago(1).weekday(),)}, "warning"),
        ({"days": (ago(3).weekday(),)}, None),
    ],
)
@pytest.mark.parametrize(
    ("medicine", "rule"), [("levothyroxine", LEVOTHYROXINE), ("alendronate", BISPHOSPHONATE)]
)
def test_only_days_on_which_it_is_taken_count(
    medicine: str, rule: str, more: dict[str, object], spoken: str | None
) -> None:
    """A weekly tablet has one day, and a course that is over none."""
    timed, untimed = takes(f"{medicine}@07:00", **more), takes(medicine, **more)

    assert severity(rule, calcium("07:10"), profile=timed) == spoken
    assert severity(rule, calcium("07:10"), profile=untimed) == (spoken and "info")


def test_a_time_after_midnight_belongs_to_its_calendar_day() -> None:
    """Where a diary day begins at four, half past midnight is the next day's."""
    late = calcium()._replace(time=f"{TODAY}T00:30+01:00")
    timed, untimed = (
        takes(medicine, days=(TODAY.weekday(),))
        for medicine in ("levothyroxine@00:30", "levothyroxine")
    )

    assert severity(LEVOTHYROXINE, late, profile=timed) == "warning"
    assert severity(LEVOTHYROXINE, late, profile=untimed) == "info"


VITAMIN_K = entry(1, "Vitamin K2 as MK-7", pill=True, mk7=45)


def test_vitamin_k_from_day_to_day_is_told_with_a_vitamin_k_antagonist() -> None:
    """Lowest and highest day, what has no figure, and that nothing is to be changed."""
    diary = [
        entry(1, "Kale", vitamin_k1=180, vitamin_k2=4),
        entry(2, "Bread", vitamin_k1=12, vitamin_k2=60),
        entry(2, "Eel", vitamin_k1=UNKNOWN, vitamin_k2=UNKNOWN),
    ]
    finding = found(*diary, profile=takes("warfarin"))["vka-vitamin-k-consistency"]

    assert finding.severity == "warning"
    assert finding.message == (
        "With warfarin, vitamin K is meant to stay steady from day to day. Counted over 2 complete "
        "days: 12–180 µg of K1 and 4–60 µg of K2 a day. Entries without a full figure: 1 (K1), "
        "1 (K2). Please do not change food, supplements or a dose because of these totals; the "
        "clinic that checks your INR decides."
    )
    assert finding.days == [ago(2), ago(1)]
    assert finding.data["k1_lowest_day_ug"] == 12
    assert finding.data["entries_without_k1"] == 1


@pytest.mark.parametrize(
    ("diary", "said"),
    [
        ([], "No complete day has a K1 figure yet. Please"),
        ([entry(0, "Kale", vitamin_k1=180)], "No complete day has a K1 figure yet. Please"),
        ([entry(1, "Eel", vitamin_k1=UNKNOWN)], "yet. Entries without a full figure: 1 (K1)."),
        ([entry(1, "Kale", vitamin_k1=180)], "Counted over 1 complete day: 180 µg of K1 and"),
        (
            [entry(1, "Kale", vitamin_k1=180), entry(2, "Eel", vitamin_k1=UNKNOWN)],
            "Counted over 1 of 2 complete days: 180 µg of K1 a day. Entries",
        ),
    ],
)
def test_with_little_to_go_by_it_says_what_it_can(diary: Sequence[Entry], said: str) -> None:
    """A day without a figure is not a day of zero."""
    finding = found(*diary, profile=takes("warfarin"))["vka-vitamin-k-consistency"]

    assert said in finding.message


def test_vitamin_k_products_are_named_with_a_vitamin_k_antagonist() -> None:
    """Each once, what may hold it apart from what does."""
    diary = [
        VITAMIN_K, VITAMIN_K,
        entry(2, "Natto", vitamin_k2=100),
        entry(3, "My multi", pill=True, vitamin_k1=UNKNOWN),
        entry(3, "Gouda", vitamin_k2=13, vitamin_k1=1),
        entry(3, "Vitamin D3", pill=True, vitamin_d3=25),
    ]  # fmt: skip
    finding = found(*diary, profile=takes("warfarin"))["vka-k2-supplement"]

    assert finding.message == (
        "Your profile lists warfarin, and Natto and Vitamin K2 as MK-7 contain vitamin K; My multi "
        "may contain vitamin K (no figure). Supplement doses as small as 10 µg of MK-7 a day "
        "lowered the INR of some volunteers on acenocoumarol, a medicine of this kind. Please tell "
        "your INR clinic before starting or stopping such a product; keep your usual foods steady."
    )
    assert finding.days == [ago(3), ago(2), ago(1)]
    assert set(finding.entries) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("eaten", "spoken"),
    [
        (entry(1, "K1 drops", pill=True, vitamin_k1=1), True),
        (entry(1, "vitamin k", pill=True, vitamin_k1=UNKNOWN, vitamin_k2=UNKNOWN), True),
        (entry(1, "Natto, chopped (hikiwari)", vitamin_k2=UNKNOWN), True),
        (entry(1, "breakfast", key="natto", vitamin_k2=100), True),
        (entry(1, "Kale", vitamin_k1=180), False),
        (entry(1, "Calcium tablet", pill=True, calcium=500), False),
    ],
)
def test_foods_are_no_products_and_natto_is_one(eaten: Entry, spoken: bool) -> None:
    """Kale is among the usual foods; vitamin K of any form in a supplement is not."""
    assert ("vka-k2-supplement" in found(eaten, profile=takes("warfarin"))) is spoken


def test_of_many_products_three_are_named() -> None:
    """The others are counted."""
    pills = [entry(1, f"K{number}", pill=True, mk7=10) for number in range(1, 6)]
    finding = found(*pills, profile=takes("warfarin"))["vka-k2-supplement"]

    assert "and K1, K2, K3 and 2 more contain vitamin K." in finding.message


def test_vitamin_k_after_the_last_day_of_warfarin_is_not_remarked_on() -> None:
    """Up to that day it is."""
    assert "vka-k2-supplement" in found(VITAMIN_K, profile=takes("warfarin", until=ago(1)))
    assert "vka-k2-supplement" not in found(VITAMIN_K, profile=takes("warfarin", until=ago(2)))


@pytest.mark.parametrize("profile", [takes("apixaban@08:00"), Profile(), Profile(medicines=())])
def test_nothing_is_said_without_a_medicine_that_acts_so(profile: Profile) -> None:
    """Direct oral anticoagulants do not act through vitamin K; nothing is inferred from food."""
    natto = entry(1, "Natto", at="08:00", vitamin_k2=100, calcium=200)
    report_ = report([VITAMIN_K, natto, calcium("08:00")], profile=profile)
    ids = {rule.id for rule in RULES}

    assert not ids & {finding.id for finding in report_.findings}
    assert ids <= set(report_.silent)


@pytest.mark.parametrize("medicine", ["digoxin", "indapamide", "lithium", "dolutegravir"])
@pytest.mark.parametrize("amount", [{"calcium": 500}, {"vitamin_d3": 25}])
def test_supplements_that_a_medicine_minds_lead_to_a_pharmacist(
    medicine: str, amount: dict[str, float]
) -> None:
    """Calcium or vitamin D, from a supplement; food is not meant."""
    rule, profile = "calcium-other-medicines", takes(medicine)

    if medicine == "dolutegravir" and "calcium" not in amount:
        assert severity(rule, entry(1, "pill", pill=True, **amount), profile=profile) is None
        return
    assert severity(rule, entry(1, "pill", pill=True, **amount), profile=profile) == "caution"
    today = [entry(2, "food"), entry(0, "pill", pill=True, **amount)]
    assert severity(rule, *today, profile=profile) == "caution"
    assert severity(rule, entry(1, "food", **amount), profile=profile) is None
    assert severity(rule, VITAMIN_K, profile=profile) is None


def test_a_supplement_of_unknown_calcium_is_not_said_to_hold_any() -> None:
    """Nor is one that came after the course."""
    rule, unknown = "calcium-other-medicines", entry(1, "pill", pill=True, calcium=UNKNOWN)

    assert severity(rule, unknown, profile=takes("digoxin")) is None
    assert severity(rule, calcium(), profile=takes("digoxin", until=ago(2))) is None
    assert severity(rule, calcium(), profile=takes("digoxin", until=ago(1))) == "caution"


def test_all_medicines_are_in_one_remark() -> None:
    """One finding names them all."""
    finding = found(calcium(), profile=takes("lithium", "digoxin"))["calcium-other-medicines"]

    assert finding.message == (
        "Calcium or vitamin D supplements can interact with digoxin and lithium: please ask a "
        "pharmacist about timing or monitoring. High calcium in the blood can make digoxin act too "
        "strongly on the heart. Lithium can itself raise calcium and parathyroid hormone in the "
        "blood, which doctors measure from time to time. What your prescriber says comes first."
    )
    assert finding.days == [ago(1)]


def test_what_keeps_fat_from_being_absorbed_is_named() -> None:
    """Medicines and conditions alike, as soon as anything was logged."""
    profile = takes("orlistat", "colesevelam")._replace(
        conditions=(
            Condition("coeliac disease", "fat-malabsorption"),
            Condition("osteoporosis", "bone"),
        )
    )

    assert found(milk(), profile=profile)["fat-absorption"].message == (
        "Vitamins D and K may be absorbed less well with coeliac disease, colesevelam and "
        "orlistat; the totals show what was eaten, not what was absorbed."
    )
    assert "fat-absorption" not in found(profile=profile)
    assert "fat-absorption" not in found(milk(), profile=takes("digoxin"))


TAKEN = takes("warfarin", "levothyroxine@07:00", "doxycycline@12:00", "alendronate@07:00")


def warned(new: Entry, *around: Entry, profile: Profile = TAKEN) -> list[str]:
    """Return the rules that speak while something is logged; entries around it have ids."""
    stored = [it._replace(id=number) for number, it in enumerate(around, 1)]
    return [finding.id for finding in warnings([new], stored, profile)]


@pytest.mark.parametrize(
    ("new", "rules"),
    [
        (calcium("09:00"), [LEVOTHYROXINE, ANTIBIOTIC]),
        (calcium("07:15"), [LEVOTHYROXINE, BISPHOSPHONATE]),
        (milk("13:00"), []),
        (VITAMIN_K, ["vka-k2-supplement"]),
        (calcium("20:00"), []),
        (calcium(), []),
    ],
)
def test_a_warning_is_given_while_it_is_logged(new: Entry, rules: Sequence[str]) -> None:
    """From the entry and the profile; advice without times is left to the report."""
    assert sorted(warned(new)) == sorted(rules)


def test_the_warning_comes_with_what_was_logged(k2log: Callable[..., Result]) -> None:
    """On stderr, beside the entry; the entry is written all the same."""
    k2log("profile", "set", "--medicine", "levothyroxine@07:00")
    added = k2log("add", "calcium 500mg", "--at", "08:30")

    assert added.code == 0
    assert "calcium 500 mg" in added.out
    assert "Calcium (elemental) at 08:30 and levothyroxine at 07:00 on 21 Nov:" in added.err
    assert "Calcium (elemental)" in k2log("log").out


def test_what_was_logged_before_is_not_warned_of_again() -> None:
    """Only what is new is spoken of."""
    supper = entry(1, "Supper", at="18:00")
    assert warned(supper, calcium("09:00"), VITAMIN_K) == []

    finding, *_ = warnings([calcium("08:00")], [calcium("09:00")._replace(id=1)], TAKEN)
    assert finding.message.startswith("Calcium tablet at 08:00 and levothyroxine at 07:00 on 20")
    assert "more time" not in finding.message

    natto = entry(1, "Natto", vitamin_k2=100)
    finding, *_ = warnings([natto], [VITAMIN_K._replace(id=1)], TAKEN)
    assert "and Natto contains vitamin K." in finding.message


def test_an_antibiotic_logged_after_calcium_is_warned_of() -> None:
    """Whichever of the two comes second."""
    pill = entry(1, "Ciprofloxacin", at="10:00", pill=True)

    assert warned(pill, calcium("08:00"), profile=Profile()) == [ANTIBIOTIC]


def test_a_remark_is_as_before_where_the_medicines_are() -> None:
    """The gist has no figures, and tells advice from a conflict."""
    quiet = found(calcium(), profile=takes("levothyroxine"))[LEVOTHYROXINE]
    clash = found(calcium("07:00"), profile=takes("levothyroxine@07:00"))[LEVOTHYROXINE]

    assert quiet.gist == "no times: levothyroxine"
    assert clash.gist == "levothyroxine"


def _mine(findings: Iterable[Finding]) -> list[Finding]:
    ids = {rule.id for rule in RULES}
    return [finding for finding in findings if finding.id in ids]


def test_no_message_alarms_or_prescribes() -> None:
    """Nothing is stopped, lowered or raised on k2log's word, and nobody shouts."""
    diary = [*daily(range(4), "Natto", at="07:10", vitamin_k2=100, calcium=120), calcium("08:00")]
    everything = takes(*(f"{name}@07:00" for name in KINDS))
    kidney = everything._replace(conditions=(Condition("dialysis", "kidney-disease"),))
    findings = _mine(found(*diary, profile=kidney).values())

    assert {finding.id for finding in findings} == {rule.id for rule in RULES}
    for finding in findings:
        assert not re.search(r"!|\bstop taking|danger|\bmust\b|\byou should", finding.message)


@pytest.mark.parametrize(
    ("medicine", "works"),
    [
        ("indapamide", ["smpc"]),
        ("digoxin", ["smpc"]),
        ("lithium", ["medsafe2014", "albert2015"]),
    ],
)
def test_a_remark_on_one_medicine_cites_nothing_on_another(medicine: str, works: list[str]) -> None:
    """What it rests on, and in the order of the rule where several are named."""
    finding = found(calcium(), profile=takes(medicine))["calcium-other-medicines"]
    both = found(calcium(), profile=takes("dolutegravir", medicine))["calcium-other-medicines"]
    integrase = ["dolutegravir-label", "vocabria-label", "nih-integrase"]

    assert finding.citations == cited(*works)
    assert {*both.citations} == {*cited(*works, *integrase)}


@pytest.mark.parametrize(
    ("medicines", "works"),
    [
        (["tetracycline"], ["smpc"]),
        (["ciprofloxacin"], ["smpc", "neuvonen1991"]),
        (["ciprofloxacin", "tetracycline"], ["smpc", "neuvonen1991"]),
    ],
)
@pytest.mark.parametrize("at", ["", "@08:00"])
def test_a_remark_on_an_antibiotic_cites_what_is_known_of_its_kind(
    medicines: list[str], works: list[str], at: str
) -> None:
    """With clock times and without."""
    profile = takes(*(f"{name}{at}" for name in medicines))

    assert found(milk("08:30"), profile=profile)[ANTIBIOTIC].citations == cited(*works)


def test_every_remark_cites_works_of_the_bibliography() -> None:
    """With every medicine at once."""
    everything = takes(*(f"{name}@07:00" for name in KINDS))
    findings = found(VITAMIN_K, calcium("07:10"), milk("07:20"), profile=everything).values()

    assert findings
    assert {work for it in findings for work in it.citations} <= set(CITED.values())


def test_every_row_is_of_a_medicine_or_kind_of_the_list() -> None:
    """A misspelt one would never speak."""
    listed = name_lists._medicines().by_key.values()
    known = {item.name for item in listed} | {item.kind for item in listed}

    assert {*SPACED, *MINDING_SUPPLEMENTS, *SUPPLY, *CHANGING_INR, *ANTIBIOTICS} <= known


def test_every_kind_of_the_list_is_looked_at_by_a_rule() -> None:
    """Or it is said that there is none; what was filed elsewhere once is known today."""
    kinds = {item.kind for item in name_lists._medicines().by_key.values()}
    by_themselves = {
        "vitamin-k-antagonist", "iron", "proton-pump-inhibitor", "bone-injection", "orlistat",
        "bile-acid-sequestrant",
    }  # fmt: skip

    ruled = {*SPACED, *MINDING_SUPPLEMENTS, *SUPPLY, *CHANGING_INR, *by_themselves}
    assert kinds - ruled == {"no-rule", "to-log"}
    for name in ONCE_ELSEWHERE:
        assert name_lists._medicines().called(name).kind not in {"", "no-rule"}
