"""``k2log foods``: search, show, one's own foods and names."""

import json
import sqlite3
from contextlib import closing

import pytest

from terminals import talk

TWO_TABLETS = ["--per", "2 tablets", "--calcium", "500mg", "--d3", "1000IU", "--mk7", "90mcg"]


@pytest.fixture
def bone_health(k2log):
    assert k2log("foods", "add", "bone health", *TWO_TABLETS).code == 0


def keys(result) -> list[str]:
    assert result.code == 0, result.err
    return [found["key"] for found in json.loads(result.out)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("gouda", "gouda"),
        ("EGGS", "egg"),
        ("nattō", "natto"),
        ("milk whole", "whole-milk"),
        ("chedd", "cheddar"),
        ("brocolli", "broccoli"),
    ],
)
def test_search_finds_the_best_first(words, first, k2log):
    """Exact, plural, accents, order of words, beginnings, slips."""
    assert keys(k2log("foods", "search", *words.split(), "--json"))[0] == first


def test_search_shows_the_key_that_picks_a_food_exactly(k2log):
    """And how many more there are."""
    result = k2log("foods search cheese --limit 3")

    assert len(result.out.splitlines()) == 3
    assert "food:blue-cheese" in result.out
    assert "more" in result.err


def test_search_of_nothing_known_says_so(k2log):
    """An empty list, exit 0."""
    assert json.loads(k2log("foods search xyzzy --json").out) == []
    assert "xyzzy" in k2log("foods search xyzzy").err


def test_show_says_basis_source_and_range(k2log):
    """Per 100 g and per usual serving."""
    result = k2log("foods show gouda")

    assert "per 100 g" in result.out
    assert "per 1 slice = 28 g" in result.out
    assert "48 µg (0.3–131)" in result.out
    assert "usda_sr28:01022" in result.out
    assert "Measures: slice 28 g" in result.out


def test_show_of_an_unknown_figure_is_a_question_mark(k2log):
    """Eel has no figure for K2, which is not zero."""
    line = next(row for row in k2log("foods show eel").out.splitlines() if "Vitamin K2" in row)

    assert line.split() == ["Vitamin", "K2", "?", "?", "no", "figure"]


def test_a_supplement_from_its_label_is_logged_by_its_unit(k2log, bone_health):
    """What the label does not list is zero; one tablet is half of two."""
    (one,) = json.loads(k2log("add", "bone health 1 tablet", "--json").out)

    assert one["supplement"] is True
    assert one["nutrients"]["calcium"]["amount"] == 250
    assert one["nutrients"]["vitamin_d3"]["amount"] == 12.5
    assert one["nutrients"]["vitamin_k2"]["amount"] == 45
    assert one["nutrients"]["magnesium"] == {
        "amount": 0, "low": 0, "high": 0, "all_known": True, "unknown_entries": 0,
    }  # fmt: skip


def test_a_food_from_its_label_has_unknown_parts(k2log):
    """What a food's label does not give is unknown, never zero."""
    k2log("foods", "add", "thingummy", "--per", "100 g", "--calcium", "300mg",
          "--portion", "bar=60g")  # fmt: skip
    (bar,) = json.loads(k2log("add", "thingummy 1 bar", "--json").out)

    assert bar["grams"] == 60
    assert bar["nutrients"]["calcium"]["amount"] == 180
    assert bar["nutrients"]["vitamin_k2"]["amount"] is None


def test_a_food_of_ones_own_has_the_figures_of_its_kind(k2log):
    """By its name, by --kind, or by the food it is --like; what the label says stays."""
    label = ["--per", "100 g", "--calcium", "120mg"]
    assert "by kind of food" in k2log("foods", "add", "mum's lasagne", *label).out
    assert "by kind of food" in k2log("foods", "add", "friday", *label, "--kind", "pizza").out
    k2log("foods", "add", "my cheese", *label, "--like", "gouda")
    (own,) = json.loads(k2log("add", "my cheese", "100g", "--json").out)
    (gouda,) = json.loads(k2log("add", "gouda", "100g", "--json").out)
    assert own["nutrients"]["vitamin_k2"] == gouda["nutrients"]["vitamin_k2"]
    assert own["nutrients"]["calcium"]["amount"] == 120
    refused = k2log("foods", "add", "saturday", *label, "--kind", "zorg")
    assert refused.code == 3
    assert '"zorg" is no kind of food' in refused.err


def test_a_food_like_another_comes_in_its_pieces(k2log):
    """Unless the label says its own; what a package of the other holds says nothing."""
    label = ["--per", "100 g", "--calcium", "750mg", "--like", "gouda"]
    k2log("foods", "add", "young cheese", *label)
    k2log("foods", "add", "old cheese", *label, "--portion", "slice=20g")

    logged = json.loads(k2log("add", "young cheese 2 slices, old cheese 1 slice", "--json").out)

    assert [each["grams"] for each in logged] == [56, 20]
    assert "package" not in k2log("foods", "show", "young cheese").out


def test_a_measure_that_the_label_says_the_size_of_does_not_become_the_usual_one(k2log):
    """Neither when the food is added nor when it is edited."""
    k2log("foods", "add", "sun vial", "--per", "1 vial (25 mL)", "--d3", "800IU")
    k2log("foods", "add", "crunch", "--per", "2/3 cup (55g)", "--calcium", "20mg")
    k2log("foods", "edit", "sun vial", "--d3", "400IU")
    k2log("foods", "edit", "crunch", "--calcium", "30mg")

    vial, part, bowl, cup = json.loads(
        k2log("add", "sun vial, sun vial 12.5 ml, crunch, crunch 1 cup", "--json").out
    )

    assert [vial["nutrients"]["vitamin_d3"]["amount"], vial["measure"]] == [10, "vial"]
    assert part["nutrients"]["vitamin_d3"]["amount"] == 5
    assert (bowl["grams"], cup["grams"]) == (55, 82.5)


def test_editing_keeps_what_is_not_given_and_past_entries(k2log, bone_health):
    """A label that changed: the next entry follows it, the last one does not."""
    k2log("add", "bone health 2 tablets")
    edited = k2log("foods", "edit", "bone health", "--calcium", "600mg")
    k2log("add", "bone health 2 tablets")
    first, second = sorted(json.loads(k2log("log --json").out), key=lambda entry: entry["id"])

    assert edited.code == 0, edited.err
    assert first["nutrients"]["calcium"]["amount"] == 500
    assert second["nutrients"]["calcium"]["amount"] == 600
    assert second["nutrients"]["vitamin_d3"]["amount"] == 25


def test_every_change_of_a_food_can_be_undone(k2log, bone_health):
    """Edit, rm, alias and add, one after the other."""
    k2log("foods", "edit", "bone health", "--calcium", "600mg")
    k2log("foods", "alias", "pillen", "bone health")
    k2log("foods", "rm", "bone health")
    assert k2log("add", "pillen 2 tablets").code == 3

    k2log("undo")
    assert "calcium 600 mg" in k2log("add", "pillen 2 tablets", "--dry-run").out
    k2log("undo")
    assert k2log("add", "pillen 2 tablets").code == 3
    k2log("undo")
    assert "calcium 500 mg" in k2log("add", "bone health 2 tablets", "--dry-run").out
    k2log("undo")
    assert k2log("add", "bone health 2 tablets").code == 3


def test_an_alias_means_the_food_and_can_be_taken_away(k2log):
    """Names of one's own, for catalogue foods too."""
    k2log("foods alias knabbel gouda")
    assert "Gouda · 30 g" in k2log("add knabbel 30g").out
    assert k2log("foods alias knabbel brie").code == 3

    assert k2log("foods alias knabbel --rm").code == 0
    assert k2log("add knabbel 30g").code == 3


def test_a_name_of_ones_own_comes_before_the_catalogues(k2log):
    """Whose milk is skimmed milk, says so once."""
    k2log("foods", "alias", "milk", "skimmed milk")

    assert "Skim milk, fortified (US) ·" in k2log("add milk 1 cup").out
    k2log("undo")
    k2log("undo")
    assert "Whole milk, fortified (US, assumed) ·" in k2log("add milk 1 cup").out


def test_an_alias_outlives_a_new_catalogue(k2log, diary):
    """Loading the catalogue again touches neither own names nor own foods."""
    import sqlite3
    from contextlib import closing

    k2log("foods alias knabbel gouda")
    k2log("foods", "add", "bone health", *TWO_TABLETS)
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE settings SET value = '2000.1' WHERE key = 'catalogue'")

    assert "Gouda · 30 g" in k2log("add knabbel 30g").out
    assert k2log("add", "bone health 2 tablets").code == 0
    assert keys(k2log("foods search chedd --json"))[0] == "cheddar"
    with closing(sqlite3.connect(diary)) as db:
        db.execute("INSERT INTO food_names_fts (food_names_fts) VALUES ('integrity-check')")


def test_ones_own_food_comes_before_the_catalogue(k2log):
    """A name the catalogue has is offered; --yes takes it for one's own."""
    refused = k2log("foods", "add", "gouda", "--calcium", "800mg")
    taken = k2log("foods", "add", "gouda", "--calcium", "800mg", "--yes")

    assert refused.code == 3
    assert "food:gouda" in refused.err
    assert taken.code == 0, taken.err
    assert "calcium 240 mg" in k2log("add gouda 30g").out
    assert "calcium 210 mg" in k2log("add food:gouda 30g").out


@pytest.mark.parametrize(
    ("label", "code", "said"),
    [
        (["pill", "--per", "1 tablet", "--calcium", "50g"], 1, "too much"),
        (["pill", "--per", "1 tablet", "--mk7", "150mg"], 1, "too much"),
        (["pill", "--per", "1 tablet", "--d3", "30mg"], 1, "too much"),
        (["food", "--per", "100 g", "--calcium", "101g"], 1, "weighs"),
        (["pill", "--per", "1 tablet", "--calcium", "500IU"], 2, "500IU"),
        (["pill", "--per", "1 tablet", "--d3", "1000"], 2, "1000IU"),
        (["pill", "--per", "nonsense", "--d3", "1000IU"], 2, "nonsense"),
        (["pill", "--per", "-2 tablets", "--d3", "1000IU"], 2, "-2 tablets"),
        (["pill"], 2, "label"),
        (["bar", "--calcium", "1mg", "--portion", "slice"], 2, "slice=28g"),
        (["bell\x07", "--calcium", "1mg"], 2, "control character"),
    ],
)
def test_impossible_labels_are_refused(label, code, said, k2log):
    """One line, nothing saved."""
    result = k2log("foods", "add", *label)

    assert result.code == code, result
    assert said in result.err
    assert result.err.count("\n") == 1
    assert not {"own:pill", "own:food", "own:bar"} & set(keys(k2log("foods search pill --json")))


@pytest.mark.parametrize("command", ["edit gouda --calcium 1mg", "rm gouda", "rm nosuchfood",
                                     "alias x nosuchfood", "alias --rm nosuchname"])  # fmt: skip
def test_only_ones_own_foods_are_changed(command, k2log):
    """The catalogue's figures stay as they are."""
    result = k2log(f"foods {command}")

    assert result.code == 3, result
    assert result.err.count("\n") == 1


def test_explain_names_basis_source_and_why_there_is_a_range(k2log):
    """In a few readable lines, with the sources in full."""
    result = k2log("explain natto")

    assert "Vitamin K2: 937 µg (80–1150) in 100 g. measured" in result.out
    assert "lowest to the highest published" in result.out
    assert "[kamao2007] Kamao M" in result.out


def test_explain_says_what_is_unknown(k2log):
    """Unknown, not zero."""
    assert "Unknown, not zero." in k2log("explain eel").out


def test_explain_sources_lists_the_bibliography(k2log):
    """Every source with where to find it."""
    result = k2log("explain sources")

    assert "[usda_sr28]" in result.out
    assert "doi:" in result.out


def test_names_complete_from_the_diary(k2log, diary, monkeypatch):
    """Typer's completion asks the diary."""
    from k2log.store.diary import open_diary
    from k2log.store.food_names import names_beginning

    k2log("foods alias goudknabbel gouda")
    with open_diary(diary) as opened:
        assert "gouda" in names_beginning(opened, "gou")
        assert "goudknabbel" in names_beginning(opened, "goud")
        assert names_beginning(opened, "") == []
        assert names_beginning(opened, '"; DROP') == []


@pytest.mark.parametrize(
    "per",
    ["1 caplet", "2 caplets", "1 chew", "1 dose", "1 vial", "2 ampoules", "1 softgel",
     "1 effervescent tablet"],
)  # fmt: skip
def test_every_form_that_calcium_is_sold_in_is_a_unit(per, k2log):
    result = k2log("foods", "add", "bone pills", "--per", per, "--calcium", "600mg")

    assert result.code == 0, result.err
    assert k2log("add", "bone pills 2").code == 0


@pytest.mark.parametrize("zero", ["0", "0ug", "0 µg", "0.0 mcg", "0IU"])
def test_zero_of_any_unit_is_zero(zero, k2log):
    result = k2log("foods", "add", "x bar", "--per", "100g", "--calcium", "20mg", "--d3", zero)

    assert result.code == 0, result.err


@pytest.mark.parametrize(
    ("per", "figures", "measure"),
    [
        ("2/3 cup (55g)", "per 55 g", "cup 82.5 g"),
        ("55 g (2/3 cup)", "per 55 g", "cup 82.5 g"),
        ("3 pieces (30g)", "per 30 g", "piece 10 g"),
        ("1 bottle (330ml)", "per 330 ml", "bottle 330 ml"),
        ("1 cup (240 mL)", "per 240 ml", ""),
        ("1 caplet", "per 1 tablet", ""),
        ("1 bar (1.4 oz/40g)", "per 40 g", "bar 40 g"),
        ("1 oz (28g/about 1/4 cup)", "per 28 g", ""),
        ("1 cup (8 fl oz/240 mL)", "per 240 ml", ""),
        ("2 stick packs (6.8 g)", "per 6.8 g", "stick pack 3.4 g"),
        ("1 capful (15ml)", "per 15 ml", "capful 15 ml"),
        ("per serving (30g)", "per 30 g", "serving 30 g"),
        ("per 100g", "per 100 g", ""),
        ("2 vegetarian capsules daily", "per 2 capsules", ""),
        ("3 mini softgels", "per 3 capsules", ""),
        ("1 soft chew", "per 1 chew", ""),
        ("2 fast melts per day", "per 2 tablets", ""),
        ("2 softgels", "per 2 capsules", ""),
        ("1 effervescent tablet", "per 1 tablet", ""),
        ("1 chew", "per 1 chew", ""),
        ("1 vial", "per 1 vial", ""),
        ("1 ampoule", "per 1 ampoule", ""),
        ("1 dose", "per 1 dose", ""),
        ("1 tablet (1.2 g)", "per 1 tablet", ""),
    ],
)
def test_the_serving_line_of_a_label_is_read(per, figures, measure, k2log):
    """As it is printed, with the weight of the measure beside it."""
    result = k2log("foods", "add", "testlabel", "--calcium", "20mg", "--per", per)

    assert result.code == 0, result.err
    assert figures in result.out
    assert measure in result.out


def test_a_chew_is_a_supplement(k2log):
    """What its label does not list is not in it."""
    k2log("foods", "add", "testchew", "--per", "1 chew", "--calcium", "500mg")

    assert "assumed zero" in k2log("foods show testchew").out


@pytest.mark.parametrize(
    "item", ["calcium 500mg effervescent tablet", "2 caplets calcium 250mg", "d3 1000 IU 1 vial"]
)
def test_forms_of_doses_are_counted(item, k2log):
    """Whatever a pharmacy sells them as."""
    assert k2log("add", "--dry-run", item).code == 0


def test_each_answer_of_a_label_is_checked_when_it_is_typed(diary):
    """It is asked for again, and what was answered before is kept."""
    replies = [
        ("figures are for", "a heap\r"),
        ("figures are for", "1 caplet\r"),
        ("Calcium", "600mg\r"),
        ("Vitamin D3", "800\r"),
        ("Vitamin D3", "800IU\r"),
        ("K2 as MK-7", "\r"),
        ("K1", "\r"),
        ("Magnesium", "\r"),
        ("Vitamin K2, form not stated", "45ug\r"),
    ]
    seen = talk("foods", "add", "testpill", replies=replies)

    assert seen.code == 0, seen.screen
    assert "cannot be read" in seen.screen
    assert '"800" is no amount of Vitamin D3' in seen.screen
    assert "Calcium" in seen.screen
    assert "600 mg" in seen.screen
    assert "45 µg" in seen.screen


def test_editing_by_questions_keeps_what_is_left_empty(diary, k2log):
    """Enter at every question changes nothing but what was answered."""
    k2log("foods add testpill --per=2tablets --calcium 600mg --d3 800IU")
    empty = [(name, "\r") for name in ("figures are for", "Calcium", "Vitamin D3", "K2 as MK-7")]
    replies = [*empty, ("K1", "\r"), ("Magnesium", "80mg\r"), ("D, form", "\r"), ("K2, form", "\r")]
    talk("foods", "edit", "testpill", replies=replies)

    shown = k2log("foods show testpill").out
    assert "per 2 tablets" in shown
    assert "600 mg" in shown
    assert "20 µg" in shown
    assert "80 mg" in shown


def test_the_key_of_a_new_food_is_its_name_as_typed(k2log):
    result = k2log(
        "foods", "add", "Bone & joint caplets", "--per", "1 caplet", "--calcium", "600mg"
    )

    assert "food:own:bone-joint-caplets" in result.out
    assert k2log("add", "bone & joint caplet", "--dry-run").code == 0


def test_a_food_keeps_the_key_it_has_had(k2log, diary):
    """Keys were made of singular words before; entries and recipes refer to them."""
    k2log("foods", "add", "bone caplets", "--per", "1 caplet", "--calcium", "600mg")
    with closing(sqlite3.connect(diary)) as db, db:
        db.execute("UPDATE foods SET key = 'own:bone-caplet' WHERE key = 'own:bone-caplets'")

    result = k2log("foods", "edit", "bone caplets", "--calcium", "500mg")

    assert "(food:own:bone-caplet)" in result.out
    assert k2log("foods", "add", "bone caplet", "--per", "1 caplet", "--calcium", "1mg").code == 3


def grams(k2log, item):
    (entry,) = json.loads(k2log("add", item, "--dry-run", "--json").out)
    return entry["grams"]


def test_any_food_takes_a_measure_of_ones_own(k2log):
    """It is logged by, shown as one's own, goes before the food's, and comes and goes by undo."""
    result = k2log("foods", "edit", "gouda", "--portion", "My slice=22g", "--portion", "slice=40g")

    assert "my slice 22 g (yours)" in result.out
    assert grams(k2log, "gouda 2 my slice") == 44
    assert grams(k2log, "gouda 1 slice") == 40
    assert "my slice 22 g, slice 40 g" in k2log("foods list").out
    assert "your measures of foods" in k2log("undo").out
    assert grams(k2log, "gouda 1 slice") == 28
    k2log("redo")
    k2log("foods", "edit", "gouda", "--portion", "slice=")
    assert grams(k2log, "gouda 1 slice") == 28
    assert grams(k2log, "gouda 2 my slice") == 44
    assert k2log("doctor").code == 0


@pytest.mark.parametrize("system", ["us", "metric", "uk"])
def test_a_cup_of_ones_own_is_the_same_in_every_system(system, k2log):
    k2log("config set measures", system)

    k2log("foods", "edit", "food:whole-milk", "--portion", "cup=200g")

    assert grams(k2log, "food:whole-milk 1 cup") == 200


def test_a_measure_of_an_imported_food_outlives_the_next_edition(k2log, tmp_path):
    table = tmp_path / "table.csv"
    maps = ("--map", "Naam=name", "--map", "Ca=calcium_mg")
    table.write_text("Naam;Ca\nTestkaas;700\n")
    k2log("foods", "import", str(table), *maps)
    k2log("foods", "edit", "testkaas", "--portion", "plak=25g")
    assert "1 unchanged" in k2log("foods", "import", str(table), *maps).out
    table.write_text("Naam;Ca\nTestkaas;710\n")

    assert "1 changed" in k2log("foods", "import", str(table), *maps).out

    assert grams(k2log, "testkaas 2 plak") == 50


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("--portion", "glass=2dl"), 'Gouda has no "ml"'),
        (("--portion", "g=3g"), "is no portion"),
        (("--portion", "slice=2 tablets"), "is no portion"),
        (("--portion", "plak="), 'no measure "plak" of your own'),
        (("--portion", "plak=20g", "--calcium", "700mg"), "is not a food of your own"),
        ((), "is not a food of your own"),
    ],
)
def test_what_another_food_cannot_take_is_said_and_nothing_is_written(typed, why, k2log):
    result = k2log("foods", "edit", "gouda", *typed)

    assert result.code in (1, 2, 3)
    assert why in result.err
    assert "plak" not in k2log("foods list").out


def test_a_measure_of_ones_own_food_is_taken_away(k2log):
    k2log("foods", "add", "x", "--per", "100g", "--calcium", "3mg", "--portion", "slice=30g")

    assert "slice" not in k2log("foods", "edit", "x", "--portion", "slice=").out


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("25 mcg (1,000 IU) 125%", "25 µg"),
        ("20mcg 100% DV", "20 µg"),
        ("0ug", "0 µg"),
        ("30%", "a share of a daily value"),
        ("1,200 mcg", "could be 1200 or 1.2"),
        ("<1 mcg", "is no amount of Vitamin D3"),
    ],
)
def test_an_amount_is_read_as_labels_print_it_or_the_way_on_is_said(typed, what, k2log):
    result = k2log("foods", "add", "zz", "--per", "1 tablet", "--d3", typed)

    assert what in result.out + result.err
    assert (result.code == 0) == what.endswith("µg")
