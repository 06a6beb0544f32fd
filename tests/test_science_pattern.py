import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaries import daily, entry, found, report
from k2log.amounts import UNKNOWN, ZERO, Amount
from k2log.diary.entry import Entry
from k2log.science.profile import Medicine, Profile

WOMAN = Profile(born="1961-03-02", sex="female", medicines=(), conditions=())
ON_WARFARIN = WOMAN._replace(medicines=(Medicine("warfarin", "vitamin-k-antagonist"),))
WEEK = range(1, 6)  # five complete days

PATTERN = "calcium-paradox-pattern"
NOT_ASSESSABLE = "calcium-paradox-not-assessable"
BENEFIT = "k2-benefit-contested"


def meals(k2: float | Amount, days: range = WEEK, **amounts: float | Amount) -> list[Entry]:
    """Return days that meet the references for calcium and vitamin D."""
    enough: dict[str, float | Amount] = {"calcium": 1250, "vitamin_d3": 18, "magnesium": 330}
    return daily(days, **{**enough, "vitamin_k2": k2, **amounts})


def test_little_k2_beside_enough_calcium_and_vitamin_d_is_contested_information() -> None:
    """With what people eat, and without a target."""
    finding = found(*meals(Amount.of(21, 10, 40)), profile=WOMAN)[PATTERN]
    high = finding.data["k2_mean_high_ug"]

    assert (finding.severity, finding.evidence) == ("info", "contested")
    assert finding.message == (
        "Calcium and vitamin D met their references; K2 was about 21 µg a day over 5 complete "
        "days (quarters of a large Dutch study averaged 16 to 46 µg). Popular articles call this "
        'the "calcium paradox". Evidence in people is contested, K2 has no official target, and '
        "nothing in this pattern calls for a change."
    )
    assert finding.data == {"k2_mean_ug": 21, "k2_mean_high_ug": high, "informal_k2_ug": 90}
    assert 21 < high < 40


@pytest.mark.parametrize(
    ("k2", "fires", "state"),
    [
        (Amount.of(21, 10, 40), PATTERN, "there"),
        (Amount.of(21, 10, 122), PATTERN, "there"),
        (Amount.of(21, 10, 123), NOT_ASSESSABLE, "cannot-tell"),
        (Amount.of(120, 90, 150), None, "not-there"),
        (Amount.partial(21), NOT_ASSESSABLE, "cannot-tell"),
        (Amount.partial(200), None, "not-there"),
        (UNKNOWN, NOT_ASSESSABLE, "cannot-tell"),
    ],
)
def test_the_likely_range_of_k2_decides(k2: Amount, fires: str | None, state: str) -> None:
    """Below the informal figure, across it, above it, or not known: at most one rule speaks."""
    made = report(meals(k2), profile=WOMAN)
    speaking = {PATTERN, NOT_ASSESSABLE} & {it.id for it in made.findings}

    assert speaking == ({fires} if fires else set())
    assert made.balance.state == state


def test_one_slice_of_ham_without_a_figure_does_not_silence_it() -> None:
    """What has no figure is named; K2 may be more than was counted."""
    rows = [entry(day, f"meal {at}", calcium=130, vitamin_d3=2, magnesium=40, vitamin_k2=1)
            for day in WEEK for at in range(10)]  # fmt: skip
    made = report([*rows, entry(2, "ham", vitamin_k2=UNKNOWN)], profile=WOMAN)

    assert made.balance.state == "there"
    assert made.balance.words == (
        "calcium and vitamin D enough, K2 counted 10 µg a day (ham has no figure, so it may be "
        'more): the contested "calcium paradox" pattern; no reason to change anything'
    )
    (message,) = [it.message for it in made.findings if it.id == PATTERN]
    assert "ham has no figure, so it may be more" in message


def test_what_would_settle_it_is_named() -> None:
    """Where too much has no figure, and where one food's range is too wide."""
    without = report([*meals(5), *daily(WEEK, "ham", vitamin_k2=UNKNOWN)], profile=WOMAN)
    wide = report(meals(Amount.of(60, 10, 200)), profile=WOMAN)

    assert without.balance.words == 'the "calcium paradox" cannot be told: ham has no figure'
    assert wide.balance.words == (
        'the "calcium paradox" cannot be told: K2 may be 26–155 µg a day, mostly for supper'
    )


def test_where_no_food_with_k2_was_logged_k1_is_named() -> None:
    """It is vitamin K too, and whether the rest matters is uncertain."""
    plants = found(*meals(0, vitamin_k1=150), profile=WOMAN)[PATTERN].message

    assert plants == (
        "No food known to hold more than a trace of K2 was logged over 5 complete days. Whether "
        "that matters is uncertain. K1 is vitamin K too; it averaged about 150 µg a day."
    )


def test_the_trace_of_k2_in_bread_makes_it_no_food_with_k2() -> None:
    """1 µg from one food in a day does."""
    bread = found(*meals(Amount.of(0.3, 0, 1)), profile=WOMAN)[PATTERN].message
    egg = found(*meals(0.3), entry(2, "egg", vitamin_k2=1), profile=WOMAN)[PATTERN].message

    assert bread.startswith("No food known to hold more than a trace")
    assert "K2 was about 0.5 µg a day" in egg


def test_k1_without_figures_is_no_zero() -> None:
    """Known in part, or not at all."""
    some = [*meals(0, vitamin_k1=150), entry(2, "herbs", vitamin_k1=UNKNOWN)]
    message = found(*some, profile=WOMAN)[PATTERN].message
    none = found(*meals(0, vitamin_k1=UNKNOWN), profile=WOMAN)[PATTERN].message

    assert message.endswith("the part of it with figures averaged about 150 µg a day.")
    assert none.endswith("uncertain. K1 is vitamin K too.")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (meals(20, calcium=1050), "calcium is below its US reference"),
        (meals(20, vitamin_d3=13), "vitamin D is below its reference"),
        (
            [*meals(20, calcium=1000), entry(2, "stew", calcium=UNKNOWN)],
            "calcium may or may not reach its US reference (stew has no figure)",
        ),
        (meals(20, range(1, 5)), "it takes 5 complete days; so far 4 days"),
        (meals(120), "K2 counted 120 µg a day is not little"),
    ],
)
def test_the_pattern_says_why_it_does_not_hold(rows: list[Entry], reason: str) -> None:
    """In the words of the missing part."""
    made = report(rows, profile=WOMAN)

    assert reason in made.silent[PATTERN]


def test_without_a_reference_nothing_is_met() -> None:
    """A target of one's own is none."""
    mine = Profile(targets={"calcium": 500.0, "vitamin_d": 5.0})
    silent = report(meals(20), profile=mine).silent

    assert silent[PATTERN].endswith("depend on age, and no year of birth is recorded")
    assert silent[NOT_ASSESSABLE] == silent[PATTERN]


def test_the_informal_figure_can_be_changed_or_switched_off() -> None:
    """It is a setting, and called informal."""
    lower = report(meals(50), profile=WOMAN, informal_k2_ug=45)
    off = report(meals(20), profile=WOMAN, informal_k2_ug=None)

    assert lower.balance.state == "not-there"
    assert "switched off" in off.silent[PATTERN]
    assert "switched off" in off.silent[NOT_ASSESSABLE]


@pytest.mark.parametrize("rule", [PATTERN, NOT_ASSESSABLE, BENEFIT])
@pytest.mark.parametrize("k2", [ZERO, UNKNOWN, Amount.of(20)])
def test_a_vitamin_k_antagonist_in_the_profile_silences_every_word_on_k2(
    rule: str, k2: Amount
) -> None:
    """Nobody is to take K2, or leave out a usual food, because of them."""
    rows = [*meals(k2), entry(1, "mk7", pill=True, mk7=100)]
    made = report(rows, profile=ON_WARFARIN, fresh=["mk7"])

    told = "vitamin K antagonist" if rule == BENEFIT else "not judged beside warfarin"
    assert told in made.silent[rule]
    assert made.balance.state == "not-looked-at"


def test_a_new_k2_product_is_said_to_be_of_uncertain_use() -> None:
    """In the window that holds its first entry."""
    finding = found(*daily(WEEK, "mk7", pill=True, mk7=100), fresh=["mk7"])[BENEFIT]

    assert finding.entries == [1, 2, 3, 4, 5]
    assert "uncertain" in finding.message
    assert finding.evidence == "contested"


def test_a_k2_product_that_was_logged_before_is_not_remarked_on_again() -> None:
    """Nor is a product without K2, or one whose K2 nobody knows."""
    known = daily(WEEK, "mk7", pill=True, mk7=100)
    others = [
        entry(1, "d3", pill=True, vitamin_d3=20),
        entry(1, "multi", pill=True, vitamin_k2=UNKNOWN),
        entry(1, "natto", mk7=100),
    ]

    assert "first time" in report(known).silent[BENEFIT]
    silent = report(others, fresh=["d3", "multi", "natto"]).silent
    assert silent[BENEFIT] == "no supplement with K2 was logged"


parts = st.sampled_from([ZERO, Amount.of(20), Amount.of(30, 10, 80), Amount.of(200, 100, 300)])


@given(st.lists(parts, min_size=5, max_size=5), st.integers(1, 5), st.floats(0, 50))
def test_what_is_unknown_never_makes_k2_low(k2: list[Amount], day: int, counted_ug: float) -> None:
    """Adding an entry without a K2 figure raises no remark that K2 is little."""
    rows = [row for at, amount in enumerate(k2, 1) for row in meals(amount, range(at, at + 1))]
    before = PATTERN in found(*rows, profile=WOMAN)
    for unknown in (UNKNOWN, Amount.partial(round(counted_ug, 6))):
        told = found(*rows, entry(day, "eel", vitamin_k2=unknown), profile=WOMAN)

        assert before or PATTERN not in told
