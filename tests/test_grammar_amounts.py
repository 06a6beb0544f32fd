"""Amounts in every form that people type them, and which meaning is left."""

import json

import pytest

from k2log.grammar.items import explain_unreadable, lookup_key, readings
from k2log.grammar.quantity import typed_amount
from k2log.names import name_key

KNOWN = {
    name_key(it)
    for it in ["egg", "milk", "gouda", "honey", "d3", "mk7", "calcium", "sardine", "cod"]
}


def understood(text):
    """Return the first reading that names a known food."""
    return next((r for r in readings(text) if lookup_key(r.food) in KNOWN), None)


@pytest.mark.parametrize(
    ("typed", "amount", "measure"),
    [
        ("10k IU", 10000, "IU"),
        ("5K iu", 5000, "IU"),
        ("2.5k IU", 2500, "IU"),
        ("1k mcg", 1000, "µg"),
        ("1 c", 1, "cup"),
        ("2 c.", 2, "cup"),
        ("2 T", 2, "tbsp"),
        ("2 t", 2, "tsp"),
        ("3 Tbsp", 3, "tbsp"),
        ("a dozen", 12, None),
        ("dozen", 12, None),
        ("half a dozen", 6, None),
        ("half dozen", 6, None),
        ("a half dozen", 6, None),
        ("two dozen", 24, None),
        ("1 1/2 dozen", 18, None),
        ("cup and a half", 1.5, "cup"),
        ("a cup and a half", 1.5, "cup"),
        ("2 cups and a quarter", 2.25, "cup"),
        ("one and a half cups", 1.5, "cup"),
        ("2 and 1/2 cups", 2.5, "cup"),
        ("three quarters of a cup", 0.75, "cup"),
        ("2 thirds cup", 2 / 3, "cup"),
        ("1/2 of a cup", 0.5, "cup"),
        ("a third of a cup", 1 / 3, "cup"),
        ("~40g", 40, "g"),
        ("≈ 40 g", 40, "g"),
        ("about 40 g", 40, "g"),
        ("approx. 40g", 40, "g"),
        ("ca. 2 tbsp", 2, "tbsp"),
        ("1 heaped tbsp", 1.5, "tbsp"),
        ("2 level teaspoons", 2, "tsp"),
        ("2 heaping tsp", 3, "tsp"),
        ("a pinch", 1, "pinch"),
        ("2 knobs", 2, "knob"),
        ("3 large", 3, "large"),
        ("2 big handfuls", 2, "large handful"),
        ("3 thin slices", 3, "thin slice"),
        ("400g tin", 400, "g"),
        ("330 ml can", 330, "ml"),
        ("2 x 330ml cans", 660, "ml"),
        ("1 (15 oz) can", 15, "oz"),
        ("2 (15-oz) cans", 30, "oz"),
        ("2 400g tins", 800, "g"),
        ("15-ounce", 15, "oz"),
        ("1 lb 2 oz", 1.125, "lb"),
        ("1 cup plus 2 tbsp", 1.125, "cup"),
        ("1 cup + 1 tbsp", 1.0625, "cup"),
    ],
)
def test_one_meaning_is_left(typed, amount, measure):
    """The whole text is one amount."""
    read = typed_amount(typed)

    assert read is not None
    assert read.amount == pytest.approx(amount)
    assert read.measure == measure


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("200g/7oz", (200, "g"), (7, "oz")),
        ("30g (1oz)", (30, "g"), (1, "oz")),
        ("1 slice (30 g)", (1, "slice"), (30, "g")),
        ("1 cup/240ml", (1, "cup"), (240, "ml")),
        ("675g/1lb 8oz", (675, "g"), (1.5, "lb")),
        ("4 x 175g/6oz", (700, "g"), (24, "oz")),
        ("2 x 400g/14oz cans", (800, "g"), (28, "oz")),
        ("1/2 cup (about 120 ml)", (0.5, "cup"), (120, "ml")),
        ("1/2 cup (120 ml)", (0.5, "cup"), (120, "ml")),
    ],
)
def test_one_amount_may_be_typed_in_two_units(typed, first, second):
    """Whoever knows the food compares them."""
    read = typed_amount(typed)

    assert (read.amount, read.measure) == first
    assert read.also == second


@pytest.mark.parametrize(
    "typed",
    ["1 cup 200 ml", "2 tbsp 1 cup", "2k", "2k g", "10k", "0 dozen", "2 dozen x 3 g x 2", "a of",
     "2 cups or 3", "1 slice (gouda)", "200g/", "/7oz", "(30 g)", "and a half"],
)  # fmt: skip
def test_what_reads_two_ways_is_no_amount(typed):
    """Nothing is guessed."""
    read = typed_amount(typed)

    assert read is None or read.spoken


@pytest.mark.parametrize(
    ("typed", "food", "amount", "measure", "note"),
    [
        ("2 x mk7 45mcg", "mk7", 90, "µg", "2 × 45 µg was counted"),
        ("2x mk7 45mcg", "mk7", 90, "µg", "2 × 45 µg was counted"),
        ("3 x calcium 200mg", "calcium", 600, "mg", "3 × 200 mg was counted"),
        ("3 x 200mg calcium", "calcium", 600, "mg", ""),
        ("mk7 100mcg 1 tablet", "mk7", 100, "µg", "1 tablet of 100 µg"),
        ("mk7 100mcg tablet x2", "mk7", 200, "µg", "2 tablets of 100 µg"),
        ("mk7 100mcg tablets x 2", "mk7", 200, "µg", "2 tablets of 100 µg"),
        ("calcium 500mg tablet", "calcium", 500, "mg", "1 tablet of 500 mg"),
        ("calcium 500mg 2 tablets", "calcium", 1000, "mg", "2 tablets of 500 mg"),
        ("2 tablets calcium 500mg", "calcium", 1000, "mg", "2 tablets of 500 mg"),
        ("2 tablets of calcium 500mg", "calcium", 1000, "mg", "2 tablets of 500 mg"),
        ("2 calcium 500mg tablets", "calcium", 1000, "mg", "2 tablets of 500 mg"),
        ("half a calcium 500mg tablet", "calcium", 250, "mg", "0.5 tablet of 500 mg"),
        ("d3 2000IU softgel", "d3", 2000, "IU", "1 capsule of 2000 IU"),
        ("d3 gummies 2000 IU", "d3", 2000, "IU", "1 gummy of 2000 IU"),
        ("d3 400 IU tablets 2", "d3", 800, "IU", "2 tablets of 400 IU"),
        ("d3 10k IU capsule", "d3", 10000, "IU", "1 capsule of 10000 IU"),
        ("d3 2000IU x2", "d3", 4000, "IU", ""),
    ],
)
def test_a_dose_is_multiplied_by_its_count(typed, food, amount, measure, note):
    """The count may stand before or behind, and it is said."""
    read = understood(typed)

    assert (read and (read.food, read.amount, read.measure, read.note)) == (
        (food, amount, measure, note) if food else None
    )


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("can", "only a measure"),
        ("piece", "only a measure"),
        ("bowl", "only a measure"),
        ("2 cans", "2 cans of what"),
        ("d3 5k", "write the number in full"),
        ("2k rice", "write the number in full"),
        ("milk 2 200ml", "reads two ways"),
        ("gouda 30g 2 slices", "two amounts"),
    ],
)
def test_a_refusal_says_what_to_write(typed, reason):
    """One line with the way on."""
    assert understood(typed) is None
    assert reason in str(explain_unreadable(typed))


@pytest.mark.parametrize(
    ("typed", "grams", "note"),
    [
        ("gouda 1 slice (28 g)", 28, ""),
        ("gouda 1 slice (30 g)", 30, ""),
        ("30g/1oz gouda", 30, ""),
        ("gouda 1 slice (40 g)", 40, "1 slice of Gouda was counted as 40 g, as typed"),
        ("gouda 1 sploosh", None, "no measure of Gouda"),
        ("1 slice (60 g) gouda", None, "disagree: 60 g and 1 slice (28 g)"),
        ("3 large egg yolks", 51, ""),
        ("3 large mangoes", 1008, "its usual size was counted"),
        ("2 thick slices gouda", 56, "a usual slice was counted"),
        ("splash of milk", 30.9, "a splash of"),
        ("pinch of salt", 0.37, "a pinch of"),
        ("knob of butter", 10, ""),
        ("mug of milk", 310, "300 ml was counted"),
        ("half a pizza", 427, ""),
        ("half a pineapple", 452, ""),
        ("half a slice of gouda", 14, ""),
        ("half a gouda", None, "of the whole or of a slice"),
        ("1 tbsp fennel seed", 5.8, "a tbsp whole was counted"),
        ("750ml/1¼ pints milk", 774, ""),
        ("400ml/7fl oz milk", None, "disagree"),
        ("2 (16 ounce) cans salmon", 907, "canned salmon"),
        ("900g/2lb fillet of unicorn", None, "no food called"),
        ("4 (8 ounce) potatoes", 907, "4 × 8 oz was counted"),
    ],
)
def test_what_an_amount_weighs(typed, grams, note, k2log):
    """Two units are compared, and what we count for a size or a splash is said."""
    result = k2log("add", "--dry-run", "--json", typed)

    assert note in result.err
    if grams is None:
        assert result.code != 0
    else:
        assert json.loads(result.out)[0]["grams"] == pytest.approx(grams, rel=0.02)
