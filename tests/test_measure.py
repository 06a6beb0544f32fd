"""From a typed amount to a quantity, its nutrients and its plausibility."""

import pytest

from k2log.amounts import UNKNOWN, Amount
from k2log.errors import UnreadableError
from k2log.food.food import Figure, Food, Salt
from k2log.food.measure import (
    AmbiguousSaltError,
    UnconvertibleError,
    fits,
    food_amount,
    known_measures,
    nutrients,
)
from k2log.food.plausible import implausible
from k2log.grammar.items import readings
from k2log.grammar.quantity import Reading
from k2log.grammar.units import unit


def food(name, portions=None, *, kind="food", unit="g", per=100.0, **more):
    """Return a food whose figures are given as numbers."""
    numbers = more.pop("figures", {})
    figures = {k: Figure(Amount.of(v), "label", "test") for k, v in numbers.items()}
    return Food(name, name, kind, unit, per, figures, portions or {}, **more)


def pill(name, unit, figures, **more):
    """Return a supplement counted or weighed in ``unit``."""
    return food(name, kind="supplement", unit=unit, per=1.0, figures=figures, **more)


EGG = food("egg", {"large": 50, "medium": 44}, piece="large", figures={"calcium": 56})
MILK = food(
    "whole milk",
    {"cup": 244, "glass": 240, "tbsp": 15},
    liquid=True,
    density=1.03,
    serving=(1, "glass"),
    figures={"calcium": 113},
)
NATTO = food("natto", {"cup": 175, "pack": 50}, serving=(1, "pack"), figures={"mk7": 939})
GOUDA = food("Gouda", {"slice": 28, "cup chopped": 132}, serving=(1, "slice"))
OIL = food("cod liver oil", density=0.92, liquid=True, serving=(1, "tsp"))
EEL = food("eel")
D3 = pill("d3", "µg", {"vitamin_d3": 1, "vitamin_d": 1}, active="vitamin_d3")
MK7 = pill("mk7", "µg", {"mk7": 1, "vitamin_k2": 1}, active="mk7")
CALCIUM = pill("calcium", "mg", {"calcium": 1}, active="calcium")
CITRATE = pill(
    "calcium citrate",
    "mg",
    {"calcium": 1},
    active="calcium",
    salt=Salt("calcium citrate", 0.211, "test"),
)
CALCIUM_D3 = pill("calcium + D3", "tablet", {"calcium": 600, "vitamin_d3": 10, "vitamin_d": 10})
D3_CAPSULE = pill("D3 25", "capsule", {"vitamin_d3": 25, "vitamin_d": 25, "calcium": 0})


@pytest.mark.parametrize(
    ("one", "amount", "measure", "grams"),
    [
        (EGG, 2, None, 100),
        (EGG, 0.5, None, 25),
        (EGG, 2, "medium", 88),
        (EGG, 2, "piece", 100),
        (EEL, 100, "g", 100),
        (EEL, 1, "lb", 453.592),
        (EEL, 2, "oz", 56.699),
        (MILK, 1, "cup", 244),
        (MILK, 200, "ml", 200 * 244 / 236.588),
        (MILK, 1, "tbsp", 15),
        (MILK, 3, "tsp", 244 / 16),
        (MILK, 2, "serving", 480),
        (NATTO, 1, "tbsp", 175 / 16),
        (GOUDA, 2, "cup chopped", 264),
        (GOUDA, 2, "chopped cups", 264),
        (GOUDA, 16, "tbsp chopped", 132),
        (OIL, 1, "tsp", 236.588 / 48 * 0.92),
        (OIL, 10, "ml", 9.2),
    ],
)
def test_a_measure_becomes_grams(one, amount, measure, grams):
    """Its own portion, another volume of the same state, or its density."""
    found = food_amount(one, amount, measure)

    assert found.grams == found.quantity == pytest.approx(grams)
    assert (found.amount, found.measure, found.assumed) == (amount, measure, False)
    assert found.how


@pytest.mark.parametrize(
    ("system", "grams"), [("us", 244), ("metric", 244 * 250 / 236.588), ("uk", 244 * 250 / 236.588)]
)
def test_a_cup_follows_the_system_of_measures(system, grams):
    """Portions of foods we ship are US cups; someone's own food was measured in their own."""
    assert food_amount(MILK, 1, "cup", system=system).grams == pytest.approx(grams)
    assert food_amount(MILK._replace(origin="user"), 1, "cup", system=system).grams == 244


def test_ounces_of_a_liquid_are_fluid_and_announced():
    """8 oz of milk is a cup."""
    found = food_amount(MILK, 8, "oz")

    assert found.grams == pytest.approx(244)
    assert (found.measure, found.notes) == ("fl oz", ("oz of a liquid is read as fl oz",))


@pytest.mark.parametrize(
    ("one", "amount", "measure", "quantity"),
    [
        (GOUDA, 1, "slice", 28),
        (NATTO, 1, "pack", 50),
        (CALCIUM_D3, 1, "tablet", 1),
        (EGG, 1, None, 50),
    ],
)
def test_without_an_amount_the_usual_serving_is_assumed(one, amount, measure, quantity):
    """A product counts one, a food its serving or one piece."""
    found = food_amount(one)

    assert (found.amount, found.measure, found.quantity) == (amount, measure, quantity)
    assert found.assumed


@pytest.mark.parametrize(
    ("one", "amount", "measure", "reason"),
    [
        (MILK, 2, "slice", 'whole milk has no "slice". It knows: cup (244 g), glass (240 g), '),
        (MILK, 2, None, "not counted in pieces"),
        (GOUDA, 1, "cup", 'Gouda has no "cup". It knows: slice (28 g), cup chopped (132 g), g, oz'),
        (EEL, None, None, "no usual serving"),
        (EEL, 1, "cup", 'eel has no "cup". It knows: g, oz'),
        (EEL, 400, "IU", "not measured in IU"),
        (OIL, 400, "IU", "not measured in IU"),
        (EEL, 100, "µg", "not measured in µg"),
        (CALCIUM_D3, 600, "mg", "taken by the tablet, not in mg. It knows: tablet, IU"),
        (CALCIUM_D3, 2, "g", "taken by the tablet"),
        (CALCIUM_D3, 1, "capsule", 'has no "capsule"'),
        (CALCIUM_D3, 1, "cup", 'has no "cup"'),
        (MK7, 100, "IU", "not measured in IU. It knows: µg"),
        (CALCIUM, 500, "IU", "not measured in IU"),
        (D3, 1, "oz", "not measured in oz. It knows: µg, IU"),
        (D3, 1, "tablet", "not measured in tablet"),
    ],
)
def test_a_measure_the_food_lacks_is_refused(one, amount, measure, reason):
    """The message lists the measures there are."""
    with pytest.raises(UnconvertibleError) as refused:
        food_amount(one, amount, measure)

    assert reason in str(refused.value)
    assert refused.value.exit_code == 1


def test_only_a_salt_has_a_mass_of_its_own():
    """Garlic salt is not garlic."""
    with pytest.raises(UnconvertibleError, match="eel is not a salt"):
        food_amount(EEL, 2, "g", form="salt")


def test_a_word_nobody_knows_is_unreadable():
    """Neither the vocabulary nor the food has it."""
    for one, word in ((MILK, "splosh"), (GOUDA, "cup unicorn"), (D3, "splosh")):
        with pytest.raises(UnreadableError, match=f'"{word}" is no measure of {one.name}. It kno'):
            food_amount(one, 2, word)


@pytest.mark.parametrize(
    ("one", "amount", "measure", "quantity"),
    [
        (D3, 2000, "IU", 50),
        (D3, 50, "µg", 50),
        (D3, 0.05, "mg", 50),
        (MK7, 100, "µg", 100),
        (CALCIUM, 500, "mg", 500),
        (CALCIUM, 0.5, "g", 500),
        (CALCIUM_D3, 2, None, 2),
        (CALCIUM_D3, 2, "tablet", 2),
        (CALCIUM_D3, 2, "pill", 2),
        (CALCIUM_D3, 800, "IU", 2),
        (D3_CAPSULE, 1000, "IU", 1),
        (D3_CAPSULE, 50, "µg", 2),
    ],
)
def test_a_supplement_is_measured_by_its_label(one, amount, measure, quantity):
    """By the nutrient's own mass, in IU of vitamin D, or counted."""
    found = food_amount(one, amount, measure)

    assert (found.quantity, found.grams) == (quantity, None)


@pytest.mark.parametrize(
    ("one", "amount", "message"),
    [
        (D3, 2000, '"d3 2000" needs a unit: 2000 IU (50 µg) or 2000 µg'),
        (MK7, 100, '"mk7 100" needs a unit: 100 µg or 100 mg'),
        (CALCIUM, 500, '"calcium 500" needs a unit: 500 mg or 500 g'),
        (D3, None, "d3 needs an amount with its unit, like 1000 IU (25 µg) or 1000 µg"),
        (CALCIUM, None, "calcium needs an amount with its unit, like 100 mg or 100 g"),
    ],
)
def test_a_dose_without_a_unit_is_refused(one, amount, message):
    """The unit decides by forty- or a thousand-fold; there is no usual dose."""
    with pytest.raises(UnreadableError) as refused:
        food_amount(one, amount)

    assert str(refused.value) == message


def test_the_mass_of_a_salt_is_ambiguous():
    """Both spellings are shown, five-fold apart."""
    with pytest.raises(AmbiguousSaltError) as refused:
        food_amount(CITRATE, 500, "mg")

    assert '"calcium 500mg as citrate"' in str(refused.value)
    assert '"calcium citrate salt 2370mg"' in str(refused.value)
    assert '"calcium citrate salt 500mg"' in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("typed", "quantity", "stored"),
    [
        ("calcium 500mg as citrate", 500, "mg as citrate"),
        ("calcium citrate salt 2370mg", 500.07, "mg salt"),
        ("calcium citrate salt 1 g", 211, "g salt"),
    ],
)
def test_an_explicit_salt_is_stored_explicitly(typed, quantity, stored):
    """What is stored can be measured, and read, again."""
    reading = next(r for r in readings(typed) if r.form and sorted(r.food) == sorted(CITRATE.name))
    found = food_amount(CITRATE, reading.amount, reading.measure, form=reading.form)

    assert found.quantity == pytest.approx(quantity)
    assert found.measure == stored
    assert food_amount(CITRATE, found.amount, stored) == found
    assert reading in readings(f"calcium citrate {reading.amount:g} {stored}")


@pytest.mark.parametrize(
    ("one", "reading", "expected"),
    [
        (GOUDA, Reading("gouda", 1, "cup chopped", tentative=True), True),
        (GOUDA, Reading("gouda", 1, "tbsp chopped", tentative=True), True),
        (GOUDA, Reading("gouda", 1, "unicorn", tentative=True), False),
        (GOUDA, Reading("gouda", 1, "unicorn"), True),
        (GOUDA, Reading("gouda", 1, "g", form="salt"), False),
        (CITRATE, Reading("calcium citrate", 1, "g", form="salt"), True),
    ],
)
def test_a_guess_must_fit_the_food(one, reading, expected):
    """A tentative measure is one of the food's own, or no measure at all."""
    assert fits(one, reading) is expected


@pytest.mark.parametrize("one", [EGG, MILK, NATTO, GOUDA, OIL, EEL, D3, MK7, CALCIUM, CALCIUM_D3])
def test_every_measure_listed_is_taken(one):
    """A message never lists what would be refused next."""
    for listed in known_measures(one):
        measure = listed.partition(" (")[0]
        assert food_amount(one, 2, measure).quantity > 0


def test_nutrients_without_a_figure_are_unknown():
    """Unknown is never zero."""
    found = nutrients(EGG, 100)

    assert found["calcium"] == Amount.of(56)
    assert found["vitamin_k2"] == UNKNOWN
    assert nutrients(D3, 50)["vitamin_d3"] == Amount.of(50)
    assert nutrients(CALCIUM_D3, 0.5)["calcium"] == Amount.of(300)


def doubt(one, amount, measure=None, every_days=1):
    found = food_amount(one, amount, measure)
    said = implausible(one, found, nutrients(one, found.quantity), every_days)
    return said and (said.level, said.reason)


@pytest.mark.parametrize(
    ("one", "amount", "measure", "level", "reason"),
    [
        (EEL, 2001, "g", "ask", "eel 2001 g is more than 2 kg at once"),
        (GOUDA, 21, "slice", "ask", "Gouda 21 slice is 21 usual servings"),
        (EGG._replace(portions={"large": 5}), 51, None, "ask", "egg 51 is a count of 51"),
        (CALCIUM_D3, 51, None, "refuse", "calcium"),
        (D3, 251, "µg", "ask", "d3 251 µg is 251 µg, 10040 IU, of vitamin D at once"),
        (D3, 2000, "µg", "ask", "1 µg is 40 IU"),
        (D3, 50, "IU", "ask", "only 1.25 µg, 50 IU"),
        (MK7, 1000, "µg", "ask", "1 mg is 1000 µg"),
        (CALCIUM, 2501, "mg", "ask", "2501 mg of calcium at once"),
        (EEL, 21, "kg", "refuse", "more than 20 kg"),
        (D3, 26, "mg", "refuse", "25 mg"),
        (MK7, 101, "mg", "refuse", "100 mg"),
        (CALCIUM, 21, "g", "refuse", "20 g"),
    ],
)
def test_an_implausible_amount_is_doubted(one, amount, measure, level, reason):
    """With the reason in the user's terms."""
    found = doubt(one, amount, measure)

    assert found[0] == level
    assert reason in found[1]


@pytest.mark.parametrize(
    ("one", "amount", "measure", "every_days"),
    [
        (EEL, 2000, "g", 1),
        (GOUDA, 20, "slice", 1),
        (EGG, 12, None, 1),
        (D3, 250, "µg", 1),
        (D3, 50000, "IU", 7),
        (D3, 100, "IU", 1),
        (MK7, 999, "µg", 1),
        (CALCIUM, 2500, "mg", 1),
        (MILK, 60, "ml", 1),
        (CALCIUM_D3, 0.25, None, 1),
    ],
)
def test_a_usual_amount_is_not_doubted(one, amount, measure, every_days):
    """The limits themselves, and a large dose spread over its days, are let through."""
    assert doubt(one, amount, measure, every_days) is None


def test_special_measures_are_units():
    """What is stored as a measure is in the vocabulary."""
    assert all(unit(name) for name in ("g", "µg", "IU", "tbsp", "fl oz"))
