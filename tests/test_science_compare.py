from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.amounts import UNKNOWN, ZERO, Amount, total
from k2log.science.compare import (
    Standing,
    label,
    reference_verdict,
    standings,
    upper_verdict,
)
from k2log.science.profile import Condition, Medicine, Profile

TODAY = date(2026, 11, 21)
WOMAN = Profile("1964-05-17", "female", authority="NASEM")
EU_WOMAN = WOMAN._replace(authority="EFSA")
WARFARIN = (Medicine("warfarin", "vitamin-k-antagonist", until=date(2020, 1, 1)),)
KIDNEYS = (Condition("dialysis", "kidney-disease"),)

FIGURES = st.floats(0, 5000).map(lambda value: round(value, 3))
KNOWN = st.tuples(FIGURES, FIGURES, FIGURES).map(
    lambda three: Amount(sorted(three)[1], min(three), max(three))
)
VALUES = st.floats(1, 3000).map(lambda value: round(value, 1))


def stands(
    profile: Profile,
    means: Mapping[str, Amount],
    days: int = 5,
    supplements: Mapping[str, Amount] | None = None,
    coverage: float = 1.0,
) -> list[Standing]:
    """Return where these means stand; of what is not named nothing was eaten."""

    def mean(nutrient: str, *, supplement: bool | None) -> Amount | None:
        held = (supplements or {}) if supplement else means
        return held.get(nutrient, ZERO) if days else None

    return standings(profile, TODAY, mean, days, lambda _: coverage)


def one(found: list[Standing], nutrient: str, *, upper: bool = False) -> Standing:
    (standing,) = [it for it in found if (it.nutrient, it.upper) == (nutrient, upper)]
    return standing


def calcium(amount: Amount, days: int = 5, coverage: float = 1.0) -> Standing:
    return one(stands(WOMAN, {"calcium": amount}, days, coverage=coverage), "calcium")


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        (Amount.of(1200), "met"),
        (Amount.of(1500, 1200, 2000), "met"),
        (Amount.partial(1300, 1200), "met"),
        (Amount.of(1199.9), "close"),
        (Amount.of(1080), "close"),
        (Amount.of(1079.9), "below"),
        (Amount.of(1090, 300, 1199), "close"),
        (Amount.of(500, 300, 1199), "below"),
        (Amount.of(1150, 1080, 1300), "close"),
        (Amount.of(1150, 1079, 1300), "cannot-tell"),
        (Amount.of(500, 300, 1200), "cannot-tell"),
        (Amount.partial(1300, 1199), "cannot-tell"),
        (Amount.partial(10), "cannot-tell"),
        (UNKNOWN, "cannot-tell"),
        (ZERO, "below"),
    ],
)
def test_a_reference_is_judged_by_the_whole_range(amount, verdict):
    """Of 1200 mg; 90 % of it is 1080."""
    assert reference_verdict(amount, 1200) == verdict


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        (Amount.of(2000), "not-above"),
        (Amount.of(2000.1), "above"),
        (Amount.of(2500, 2001, 3000), "above"),
        (Amount.of(2500, 2000, 3000), "cannot-tell"),
        (Amount.of(1500, 1000, 2001), "cannot-tell"),
        (Amount.of(1500, 1000, 2000), "not-above"),
        (Amount.partial(2500, 2001), "above"),
        (Amount.partial(2500, 1999), "cannot-tell"),
        (Amount.partial(10), "cannot-tell"),
        (UNKNOWN, "cannot-tell"),
    ],
)
def test_an_upper_level_is_judged_by_the_whole_range(amount, verdict):
    """Of 2000 mg; with an unknown part nobody is safely under it."""
    assert upper_verdict(amount, 2000) == verdict


@given(KNOWN, VALUES)
def test_what_is_unknown_is_never_below(amount, value):
    """Nor is it ever safely under an upper level."""
    with_unknown = total([amount, UNKNOWN])

    assert reference_verdict(with_unknown, value) in {"met", "cannot-tell"}
    assert upper_verdict(with_unknown, value) in {"above", "cannot-tell"}


@given(KNOWN, KNOWN, VALUES)
def test_eating_more_never_worsens_a_verdict(amount, more, value):
    """What is met stays met, what is not below does not become so, and above stays above."""
    before, after = (reference_verdict(it, value) for it in (amount, total([amount, more])))

    assert after == "met" or before != "met"
    assert after != "below" or before == "below"
    if upper_verdict(amount, value) == "above":
        assert upper_verdict(total([amount, more]), value) == "above"


@given(KNOWN, VALUES)
def test_a_verdict_agrees_with_every_figure_it_may_be(amount, value):
    """Met means that even the lowest reaches it, below that not even the highest does."""
    verdict = reference_verdict(amount, value)

    assert (verdict == "met") == (amount.low >= value)
    assert verdict != "below" or amount.high < value
    assert (upper_verdict(amount, value) == "not-above") == (amount.high <= value)


@pytest.mark.parametrize(
    ("days", "verdict", "share"),
    [(0, None, None), (2, None, None), (3, "early", 0.5), (4, "early", 0.5), (5, "below", 0.5)],
)
def test_a_verdict_takes_five_complete_days(days, verdict, share):
    """Three or four give an early figure."""
    found = calcium(Amount.of(600), days)

    assert (found.verdict, found.share) == (verdict, share)


@pytest.mark.parametrize(("days", "verdict"), [(2, None), (3, "above"), (5, "above")])
def test_an_upper_level_takes_three_complete_days(days, verdict):
    """Below five the rule that speaks of it calls it early."""
    found = stands(WOMAN, {"calcium": Amount.of(2001)}, days)

    assert one(found, "calcium", upper=True).verdict == verdict


@pytest.mark.parametrize(
    ("amount", "coverage", "share"),
    [
        (Amount.partial(600), 0.9, 0.5),
        (Amount.partial(600), 0.89, None),
        (Amount.partial(1800), 0.1, 1.5),
        (Amount.of(600), 0.1, 0.5),
        (UNKNOWN, 1.0, None),
    ],
)
def test_the_share_of_a_counted_part_takes_nearly_all_figures(amount, coverage, share):
    """Half of the entries without a figure say nothing of 1200 mg, unless it is reached."""
    assert calcium(amount, coverage=coverage).share == share


def test_early_without_a_figure_cannot_be_told():
    """An early figure is a figure."""
    assert calcium(UNKNOWN, days=3).verdict == "cannot-tell"


def test_a_magnesium_upper_level_counts_supplements_only():
    """What food holds counts towards the reference alone."""
    found = stands(WOMAN, {"magnesium": Amount.of(700)}, supplements={"magnesium": Amount.of(300)})

    assert one(found, "magnesium").verdict == "met"
    upper = one(found, "magnesium", upper=True)
    assert (upper.scope, upper.value, upper.verdict) == ("supplement", 350, "not-above")


@pytest.mark.parametrize(("profile", "verdict"), [(WOMAN, "met"), (EU_WOMAN, "below")])
def test_k1_alone_is_held_against_the_eu_value(profile, verdict):
    """The US value, 90 µg, is for K1 and K2; the EU's, 70 µg, for K1."""
    means = {"vitamin_k1": Amount.of(40), "vitamin_k2": Amount.of(50)}

    assert one(stands(profile, means), "vitamin_k").verdict == verdict


def test_vitamin_k_with_unknown_k2_is_left_open():
    """Its known part counts; what is missing is not below."""
    found = one(stands(WOMAN, {"vitamin_k1": Amount.of(45), "vitamin_k2": UNKNOWN}), "vitamin_k")

    assert (found.verdict, found.share) == ("cannot-tell", 0.5)


def test_the_uk_guidance_level_counts_k1_from_supplements():
    """Not K2, and not vegetables."""
    uk = WOMAN._replace(authority="UK")
    plenty = {"vitamin_k1": Amount.of(1500), "vitamin_k2": Amount.of(1500)}

    of_food = one(stands(uk, plenty), "vitamin_k", upper=True)
    of_k2 = one(
        stands(uk, {}, supplements={"vitamin_k2": Amount.of(1500)}), "vitamin_k", upper=True
    )
    of_k1 = one(stands(uk, {}, supplements=plenty), "vitamin_k", upper=True)

    assert (of_food.verdict, of_k2.verdict, of_k1.verdict) == ("not-above", "not-above", "above")


def test_nothing_is_held_against_a_value_per_kg():
    """The UK's 1 µg of vitamin K is per kg of a weight that nobody asked."""
    found = stands(WOMAN._replace(authority="UK"), {"vitamin_k1": Amount.of(50)})

    assert [it.kind for it in found if it.nutrient == "vitamin_k"] == ["GL"]


def test_what_was_not_determined_has_no_verdict():
    """The upper level of vitamin K."""
    found = one(stands(WOMAN, {"vitamin_k1": Amount.of(5000)}), "vitamin_k", upper=True)

    assert (found.value, found.verdict, found.share) == (None, None, None)


def test_own_targets_come_first():
    """Judged like a reference."""
    profile = WOMAN._replace(targets={"magnesium": 300, "calcium": 1000})
    first, second, *others = stands(profile, {"calcium": Amount.of(1100)})

    assert (first.nutrient, second.nutrient) == ("magnesium", "calcium")
    assert (second.authority, second.kind, second.citation) == ("own", "target", "")
    assert (second.verdict, second.share) == ("met", 1.1)
    assert all(it.authority == "NASEM" and it.citation for it in others)


def test_own_targets_need_no_birth_year():
    """Nor anything else."""
    (found,) = stands(Profile(targets={"calcium": 1000}), {"calcium": Amount.of(100)})

    assert found.verdict == "below"


@pytest.mark.parametrize(("mg", "verdict"), [(900, "ceiling"), (2100, "above")])
def test_with_kidney_disease_upper_levels_are_left_as_ceilings(mg, verdict):
    """No reference but one's own; to be above a level is said, and never not to be."""
    found = stands(
        WOMAN._replace(conditions=KIDNEYS, targets={"calcium": 800}),
        {"calcium": Amount.of(mg), "vitamin_d": Amount.of(20)},
    )

    assert [it.authority for it in found if not it.upper] == ["own"]
    levels = [it for it in found if it.value and it.upper]
    assert {it.verdict for it in levels if it.nutrient == "calcium"} == {verdict}
    assert {(it.verdict, it.share) for it in levels if it.nutrient == "vitamin_d"} == {
        ("ceiling", None)
    }


def test_with_sarcoidosis_references_of_calcium_and_vitamin_d_alone_are_left_out():
    """Those of magnesium fit as before."""
    ill = (Condition("sarcoidosis", "high-blood-calcium"),)
    found = stands(WOMAN._replace(conditions=ill), {"calcium": Amount.of(1300)})

    assert {it.nutrient for it in found if not it.upper} == {"magnesium", "vitamin_k"}


def test_k2_never_has_a_verdict_or_a_share():
    """A figure of one's own stands bare."""
    profile = WOMAN._replace(targets={"vitamin_k2": 100})
    found = [it for it in stands(profile, {"vitamin_k2": Amount.of(50)}, 30)
             if it.nutrient == "vitamin_k2"]  # fmt: skip

    assert [(it.kind, it.value, it.verdict, it.share) for it in found] == [
        ("target", 100, None, None)
    ]


def test_a_vitamin_k_antagonist_switches_off_the_own_k2_figure():
    """Even one that has ended; other targets stay."""
    profile = WOMAN._replace(medicines=WARFARIN, targets={"vitamin_k2": 100, "calcium": 1000})
    found = stands(profile, {})

    assert [it.nutrient for it in found if it.authority == "own"] == ["calcium"]
    assert "vitamin_k2" not in {it.nutrient for it in found}


def test_a_sex_is_named_only_where_it_is_open():
    """Both are judged, none is picked."""
    open_ = stands(Profile("1964-05-17", authority="NASEM"), {"calcium": Amount.of(1000)})
    both = [it for it in open_ if it.nutrient == "calcium" and not it.upper]

    assert [(it.sex, it.verdict) for it in both] == [("female", "below"), ("male", "met")]
    assert calcium(Amount.of(1000)).sex == "any"


def test_nobody_has_no_standings():
    """No profile, no reference."""
    assert stands(Profile(), {"calcium": Amount.of(100)}) == []


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing("calcium", "NASEM", "RDA", 1200, ""), "US RDA 1200 mg"),
        (Standing("calcium", "EFSA", "UL", 2500, ""), "EU upper level 2500 mg"),
        (Standing("vitamin_d", "UK", "SI", 8.5, ""), "UK safe intake 8.5 µg"),
        (Standing("vitamin_k", "UK", "GL", 1000, ""), "UK guidance level 1000 µg"),
        (Standing("vitamin_k", "JAPAN-MHLW", "UL", None, ""), "Japan upper level not determined"),
        (Standing("calcium", "own", "target", 1000, ""), "your target 1000 mg"),
        (Standing("vitamin_d", "own", "target", 12.5, ""), "your target 12.5 µg"),
        (Standing("vitamin_k2", "own", "target", 100, ""), "your figure 100 µg"),
    ],
)
def test_labels(standing, words):
    """What a standing is called, its value as it was set."""
    assert label(standing) == words
