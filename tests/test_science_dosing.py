"""Rules on single doses, food with supplements, and iron and zinc near calcium."""

from collections.abc import Iterable, Sequence

import pytest

from diaries import ago, daily, entry, found, report
from k2log.amounts import UNKNOWN
from k2log.diary.entry import Entry
from k2log.science.profile import Medicine, Profile

SINGLE = "calcium-single-dose-over-500"
FOOD = "supplement-with-food"
IRON = "calcium-iron-zinc-spacing"
WINS = "If your label or prescriber says otherwise, that wins."
NO_TIME = "k2log cannot tell how far apart they were"


def calcium(mg: float, at: str | None = None, days: int = 1, name: str = "Calcium") -> Entry:
    """Return calcium in a supplement, yesterday unless said otherwise."""
    return entry(days, name, at=at, pill=True, calcium=mg)


def doses(*entries: Entry) -> list[int] | None:
    """Return the entries of the single doses remarked on, where all products are new."""
    finding = found(*entries, fresh=[it.food_key or "" for it in entries]).get(SINGLE)
    return sorted(it or 0 for it in finding.entries) if finding else None


@pytest.mark.parametrize(("mg", "entries"), [(500, None), (500.1, [1]), (1000, [1])])
@pytest.mark.parametrize("at", ["08:00", None])
def test_more_than_500_mg_at_once_is_remarked_on(
    mg: float, entries: list[int] | None, at: str | None
) -> None:
    """500 mg is not more; one entry without a time is one dose too."""
    assert doses(calcium(mg, at)) == entries


def test_what_is_taken_at_the_same_time_is_one_dose() -> None:
    """Of any product; to the minute, and of one day."""
    one, other = calcium(300, "08:00"), calcium(300, "08:00", name="Calcium citrate")

    assert doses(one, other) == [1, 2]
    assert doses(one, calcium(300, "08:01")) is None
    assert doses(one, calcium(300, "08:00", days=2)) is None
    assert doses(calcium(300), calcium(300, name="Calcium citrate")) is None


@pytest.mark.parametrize(
    ("amount", "measure", "at", "entries"),
    [
        (2, "tablet", None, None),
        (2, "tablet", "08:00", [1]),
        (1, "tablet", None, [1]),
        (600, "mg", None, [1]),
        (600, "mg as citrate", None, [1]),
        (10, "ml", None, [1]),
    ],
)
def test_two_tablets_without_a_time_may_be_taken_apart(
    amount: float, measure: str, at: str | None, entries: list[int] | None
) -> None:
    """600 mg are not 600 pieces."""
    assert doses(calcium(600, at)._replace(amount=amount, measure=measure)) == entries


def test_a_tablet_of_several_that_is_too_much_alone_is_remarked_on() -> None:
    """Two tablets of 600 mg, whenever they were taken."""
    assert doses(calcium(1200)._replace(amount=2, measure="tablet")) == [1]


def test_a_meal_is_no_dose() -> None:
    """Nor is a supplement whose calcium has no figure."""
    cheese = entry(1, "Cheese", at="08:00", calcium=900)
    unknown = entry(1, "Own tablet", at="08:00", pill=True, calcium=UNKNOWN)

    assert doses(cheese) is None
    assert doses(cheese, calcium(300, "08:00"), unknown) is None


def test_a_single_dose_is_spoken_of_when_its_product_is_new() -> None:
    """Later reports keep quiet, and k2log caveats says so."""
    assert SINGLE in found(calcium(600), fresh=["calcium"])
    assert SINGLE not in found(calcium(600), fresh=["vitamin-d3"])
    assert "said in reports when a product is new" in report([calcium(600)]).silent[SINGLE]


def test_the_largest_single_dose_is_told() -> None:
    """With its time, and who has the last word."""
    finding = found(
        calcium(600, "08:00"), calcium(1000, "21:30", days=3), calcium(400), fresh=["calcium"]
    )[SINGLE]

    assert finding.severity == "info"
    assert finding.message == (
        "1000 mg of calcium from supplements at once (21:30 on 18 Nov): of single doses above "
        f"about 500 mg a smaller share is absorbed, and splitting them is the usual advice. {WINS}"
    )
    assert finding.days == [ago(3), ago(1)]
    assert finding.data == {"largest_dose_mg": 1000, "doses": 2}


D3 = entry(1, "Vitamin D3", at="08:00", pill=True, vitamin_d3=25)


def alone(*entries: Entry, fresh: Iterable[str] = ("vitamin-d3", "calcium")) -> bool:
    """Whether a supplement is said to have had no food near it."""
    return FOOD in found(*entries, fresh=fresh)


@pytest.mark.parametrize(
    ("meal", "spoken"),
    [("06:59", True), ("07:00", False), ("08:00", False), ("09:00", False), ("09:01", True)],
)
def test_food_within_an_hour_is_with_food(meal: str, spoken: bool) -> None:
    """Before or after, to the minute."""
    assert alone(D3, entry(1, "Bread", at=meal)) is spoken


def test_without_times_nobody_can_tell_what_came_with_food() -> None:
    """Of the supplement, or of any food that day; water is no food, and yesterday is over."""
    assert not alone(D3._replace(time=None), entry(1, "Bread", at="12:00"))
    assert not alone(D3, entry(1, "Bread"))
    assert not alone(D3, entry(2, "Bread", at="12:00"))
    assert not alone(D3, entry(1, "Water, tap", at="12:00"))
    assert alone(D3, entry(1, "Water, tap", at="08:00"), entry(1, "Bread", at="12:00"))


@pytest.mark.parametrize(
    ("name", "measure", "amounts", "spoken"),
    [
        ("Calcium carbonate", "mg as carbonate", {"calcium": 500}, True),
        ("Calcium", "mg as carbonate", {"calcium": 500}, True),
        ("Calcium citrate", "mg as citrate", {"calcium": 500}, False),
        ("Calcium (elemental)", "mg", {"calcium": 500}, False),
        ("Vitamin K2", "µg", {"mk7": 90}, True),
        ("Own drops", "drop", {"vitamin_d": UNKNOWN}, False),
    ],
)
def test_carbonate_and_the_fat_soluble_vitamins_go_with_food(
    name: str, measure: str, amounts: dict[str, float], spoken: bool
) -> None:
    """Citrate does not need it, and of calcium of unstated kind nobody knows."""
    pill = entry(1, name, at="08:00", pill=True, key="pill", measure=measure, **amounts)

    assert alone(pill, entry(1, "Bread", at="12:00"), fresh=["pill"]) is spoken


def test_food_with_supplements_is_spoken_of_when_the_product_is_new() -> None:
    """Once is enough."""
    bread = entry(1, "Bread", at="12:00")
    finding = found(D3, bread, fresh=["vitamin-d3"])[FOOD]

    assert finding.message == (
        "Vitamin D3 (08:00 on 20 Nov) has no food within an hour of it in the log. Calcium "
        "carbonate is absorbed better with food, and vitamins D and K with a meal that has some "
        f"fat; calcium citrate needs neither. {WINS}"
    )
    assert (finding.severity, finding.days, finding.entries) == ("info", [ago(1)], [1])
    assert not alone(D3, bread, fresh=[])


def iron(at: str | None = None, days: int = 1, name: str = "Iron tablet") -> Entry:
    """Return an iron tablet, yesterday unless said otherwise."""
    return entry(days, name, at=at, pill=True)


def spacing(*entries: Entry, profile: Profile | None = None) -> str | None:
    """Return what is said about iron and zinc near calcium: close, no times, or nothing."""
    finding = found(*entries, profile=profile or Profile()).get(IRON)
    return finding and ("no times" if NO_TIME in finding.message else "close")


@pytest.mark.parametrize(
    ("at", "said"), [("06:00", None), ("06:01", "close"), ("09:59", "close"), ("10:00", None)]
)
@pytest.mark.parametrize("name", ["Iron tablet", "Ferrous sulfate", "Zinc citrate 15 mg"])
def test_calcium_stays_two_hours_from_iron_and_zinc(name: str, at: str, said: str | None) -> None:
    """Either way, to the minute."""
    assert spacing(calcium(500, "08:00"), iron(at, name=name)) == said


def test_two_hours_run_across_midnight() -> None:
    """What is near is near, whatever day it is."""
    assert spacing(calcium(500, "23:00", days=2), iron("00:30")) == "close"
    assert spacing(calcium(500, "23:00", days=2), iron("01:00")) is None


def test_one_tablet_with_both_is_nothing_to_separate() -> None:
    """A multivitamin holds calcium and iron; another iron tablet is another matter."""
    multi = entry(1, "Multi with iron", at="08:00", pill=True, calcium=120)

    assert spacing(multi) is None
    assert spacing(multi, calcium(500, "08:00")) is None
    assert spacing(multi, iron("08:00")) == "close"


def test_food_is_no_supplement_here() -> None:
    """Neither cheese nor what happens to be called after a metal."""
    assert spacing(entry(1, "Cheese", at="08:00", calcium=300), iron("08:00")) is None
    assert spacing(calcium(500, "08:00"), entry(1, "Iron-rich cereal", at="08:00")) is None
    unknown = entry(1, "Own tablet", at="08:00", pill=True, calcium=UNKNOWN)
    assert spacing(unknown, iron("08:00")) is None


def test_iron_in_the_profile_counts_at_its_times() -> None:
    """And without times the advice is general."""
    timed, untimed = (
        Profile(medicines=(Medicine("ferrous sulfate", "iron", times),))
        for times in (("09:30",), ())
    )

    assert spacing(calcium(500, "08:00"), profile=timed) == "close"
    assert spacing(calcium(500, "07:30"), profile=timed) is None
    assert spacing(calcium(500, "07:30"), profile=untimed) == "no times"
    assert spacing(profile=untimed) is None


@pytest.mark.parametrize(
    ("eaten", "said"),
    [
        ([calcium(500), iron("08:00")], "no times"),
        ([calcium(500, "08:00"), iron()], "no times"),
        ([calcium(500), iron(days=2)], None),
        ([calcium(500), iron(), calcium(500, "08:00", days=3), iron("08:00", days=3)], "close"),
    ],
)
def test_without_times_the_advice_on_iron_is_general(
    eaten: Sequence[Entry], said: str | None
) -> None:
    """Where both were taken on one day, and nothing is known to have been close."""
    assert spacing(*eaten) == said


def test_what_came_close_is_told_and_all_entries_named() -> None:
    """The latest, and how many more."""
    finding = found(
        *daily([2, 3], "Calcium", at="08:00", pill=True, calcium=500),
        *daily([2, 3], "Iron tablet", at="09:00", pill=True),
    )[IRON]

    assert finding.severity == "info"
    assert finding.message == (
        "Calcium at 08:00 and Iron tablet at 09:00 on 19 Nov, and 1 more time: less than 2 hours "
        "apart. Calcium can lower how much iron or zinc is absorbed at the same time; labels "
        "advise at least 2 hours between them, although long-term iron status seems little "
        f"affected. {WINS}"
    )
    assert finding.days == [ago(3), ago(2)]
    assert sorted(it or 0 for it in finding.entries) == [1, 2, 3, 4]
