"""``k2log config``: settings, checked, kept in the diary, undoable."""

import json
import re
import subprocess

import pytest
import typer

from k2log.cli import typer_program
from k2log.commands.config import setting_value, settings_text
from k2log.config import SETTINGS, Settings, setting
from k2log.render.page import Page
from readme import GUIDE, README
from terminals import K2LOG, Terminal


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_listed_with_what_they_mean(name, k2log):
    """Name, default in brackets, meaning, values."""
    listed, setting = k2log("config list").out, SETTINGS[name]

    assert f"{name:<12}  ({setting.default})\n  {setting.meaning}\n  {setting.takes};" in listed


@pytest.mark.parametrize("name", SETTINGS)
def test_the_example_of_a_setting_works_and_stands_in_the_help(name, k2log):
    """And the value is listed then."""
    line = f"config set {name} {SETTINGS[name].example}"
    done = k2log(line)

    assert done.code == 0, done.err
    assert f"k2log config set {name} " in k2log("config --help").out
    assert k2log(f"config get {name}").out.strip() in k2log("config list").out


@pytest.mark.parametrize("name", SETTINGS)
def test_an_example_completes_and_a_diary_reads_every_value(name):
    """Choices are offered behind the name; what is stored, or nothing, becomes a value."""
    row = SETTINGS[name]
    context = typer.Context(typer.main.get_command(typer_program()))
    context.params = {"name": name}

    assert setting_value(context, "") == ([] if row.food_word else list(row.choices))
    assert row.example in row.choices or not row.choices
    values = [row.value(row.read(each)) for each in (*row.choices, row.example)]
    assert len({row.value(None), *values}) > 1


def test_the_readme_sets_what_there_is():
    """Every setting that it names exists and takes the value it gives."""
    named = re.findall(
        r'config set ([\w-]+) ("[^"]+"|\w+)', README.read_text("utf-8") + GUIDE.read_text("utf-8")
    )

    assert len(named) > 2
    assert all(setting(name).read(value.strip('"')) for name, value in named)


def test_a_document_that_does_not_exist_raises():
    """A name that is misspelt is an error, not an empty document."""
    with pytest.raises(KeyError):
        Settings({}).read("profiles", bool)


def test_the_list_fits_a_narrow_terminal():
    """Lines wrap."""
    narrow = settings_text({"default-milk": "Skim milk"}, Page(50))

    assert max(map(len, narrow.splitlines())) <= 50
    assert "default-milk  Skim milk\n" in narrow


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_without_a_value_says_what_it_takes(name, k2log):
    """With an example."""
    result = k2log(f"config set {name}")

    assert result.code == 2, result
    assert SETTINGS[name].takes in result.err


def test_a_setting_is_set_got_unset_and_undone(k2log):
    """Each step is one change."""
    assert k2log("config set day-starts 4am").out == "day-starts is 04:00\n"
    assert k2log("config get day-starts").out == "04:00\n"
    k2log("config unset day-starts")
    assert k2log("config get day-starts").out == ""
    k2log("undo")
    assert k2log("config get day-starts").out == "04:00\n"
    k2log("undo")
    assert k2log("config get day-starts").out == ""


def test_a_day_that_starts_at_four_moves_no_entry(k2log, set_now):
    """What is logged at two in the morning belongs to the day before; past entries stay."""
    k2log("add egg 1")
    k2log("config set day-starts 04:00")
    set_now("2026-11-22T02:00:00+01:00")
    k2log("add gouda 30g")

    assert "so far, 2 entries" in k2log().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("set region mars", "us, uk, eu or jp"),
        ("set colour blue", "auto, always or never"),
        ("set measures imperial", "us, metric or uk"),
        ("set taste sweet", "no setting"),
        ("set informal-k2 lots", "lots"),
        ("set day-starts 25:00", "25:00"),
        ("set day-starts 14:00", "before noon"),
        ("get nothing", "no setting"),
        ("unset nothing", "no setting"),
    ],
)
def test_bad_settings_are_refused(words, said, k2log, diary):
    """One line that names what there is; nothing written."""
    result = k2log(f"config {words}")

    assert result.code == 2, result
    assert said in result.err
    assert result.err.count("\n") == 1


def test_without_a_region_the_us_food_is_taken_and_that_is_said(k2log):
    """Fortification differs by country; nothing is assumed in silence."""
    assert "Whole milk, fortified (US, assumed) ·" in k2log("add milk 1 cup").out


@pytest.mark.parametrize("region", ["eu", "uk"])
def test_a_region_decides_whose_milk_is_meant(region, k2log):
    """European milk is not fortified with vitamin D; the UK uses European figures."""
    k2log(f"config set region {region}")
    result = k2log("add milk 1 cup")

    assert "Whole milk, unfortified (Europe) ·" in result.out
    assert "assumed" not in result.out


def test_a_region_of_ones_own_is_not_called_assumed(k2log):
    """Who said us, meant us."""
    k2log("config set region us")

    assert "Whole milk, fortified (US) ·" in k2log("add milk 1 cup").out


def test_a_food_of_the_other_region_can_still_be_picked(k2log):
    """By its key, whatever the region."""
    k2log("config set region eu")

    assert "Whole milk, fortified (US) ·" in k2log("add food:whole-milk 1 cup").out


@pytest.mark.parametrize("typed", ["tofu 100g", "sardines 1 can", "soy milk 1 cup"])
def test_a_choice_that_changes_calcium_several_fold_is_said(typed, k2log):
    """Which one was taken, and how to name the other."""
    result = k2log("add", typed)

    assert result.code == 0, result.err
    assert "taken" in result.err
    assert "calcium" in result.err


def grams(k2log, line: str) -> float:
    (entry,) = json.loads(k2log(f"{line} --json").out)
    return float(entry["grams"])


def test_measures_decide_whose_cup_is_meant(k2log):
    """A metric cup is larger than a US one, a UK pint than either."""
    cup, pint = grams(k2log, "add milk 1 cup"), grams(k2log, "add milk 1 pint")
    k2log("config set measures metric")
    assert grams(k2log, "add milk 1 cup") == pytest.approx(cup * 250 / 236.588)
    assert grams(k2log, "add milk 1 pint") == pytest.approx(pint)
    k2log("config set measures uk")
    assert grams(k2log, "add milk 1 pint") == pytest.approx(pint * 568.261 / 473.176, rel=1e-5)


def test_measures_listed_are_those_that_are_taken(k2log):
    """An error and foods show name the sizes that add would log."""
    k2log("config set measures metric")

    assert "cup (258 g)" in k2log("add milk 2 slices").err
    assert "cup 257.8" in k2log("foods show milk").out


def test_a_cup_that_was_logged_stays_the_cup_it_was(k2log):
    """Whatever the setting says later, in edit, repeat and recalculate."""
    logged = grams(k2log, "add milk 1 cup")
    k2log("config set measures metric")

    assert "Nothing to change" in k2log("recalculate 1").out
    assert grams(k2log, "repeat 1") == logged
    k2log("edit", "1", "--food", "skimmed milk")
    assert "1 cup = 245 g" in k2log("log").out


def test_a_cup_that_is_typed_anew_is_the_one_of_today(k2log):
    """In an edit, as in add."""
    k2log("add milk 1 cup")
    k2log("config set measures metric")
    k2log("edit", "1", "--amount", "2 cups")

    assert "2 cups = 516 g" in k2log("log").out


def test_default_milk_is_what_milk_means(k2log):
    """It is a name of one's own: two ways to say it, one to keep it."""
    assert k2log("config set default-milk skimmed milk").out.startswith("default-milk is Skim milk")
    assert "Skim milk" in k2log("add milk 200ml").out
    assert k2log("foods alias milk --rm").code == 0
    assert k2log("config get default-milk").out == ""


def test_an_alias_shows_as_default_milk(k2log):
    """The other way round."""
    k2log("foods", "alias", "milk", "oat milk")

    assert k2log("config get default-milk").out.startswith("Oat milk")


def test_another_default_milk_takes_the_place_of_the_first(k2log):
    """And one undo brings that back."""
    k2log("config set default-milk skimmed milk")
    k2log("config set default-milk oat milk")
    assert "Oat milk" in k2log("add milk 200ml --dry-run").out
    k2log("undo")
    assert "Skim milk" in k2log("add milk 200ml --dry-run").out
    k2log("config unset default-milk")
    assert "Whole milk" in k2log("add milk 200ml --dry-run").out


def test_a_default_milk_that_is_no_food_is_refused(k2log):
    """As add refuses it."""
    assert k2log("config set default-milk unicorn").code == 3


@pytest.mark.parametrize(
    ("setting", "environment", "coloured"),
    [
        (None, {}, True),
        (None, {"NO_COLOR": "1"}, False),
        (None, {"TERM": "dumb"}, False),
        ("never", {}, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_colour_is_as_the_setting_says(setting, environment, coloured, k2log):
    """NO_COLOR and TERM=dumb win over auto only."""
    subprocess.run([*K2LOG, "add", "2 eggs", "--on", "-2"], capture_output=True, check=True)
    if setting:
        assert k2log(f"config set colour {setting}").code == 0
    shown = Terminal([*K2LOG, "report"], {"TERM": "xterm", **environment}).end().screen

    assert "mean of 1 day" in shown
    assert "nine of ten truths lie here" in shown
    assert ("\x1b[" in shown) is coloured


def test_a_pipe_is_never_coloured(k2log):
    """Nor with always: it goes to a file or to a program."""
    k2log("config set colour always")
    k2log("add 2 eggs --on -2")

    shown = k2log("report").out
    assert "mean of 1 day" in shown
    assert "\x1b" not in shown
