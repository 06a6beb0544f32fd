"""Which names a word is most like: the one measure behind every "did you mean"."""

import pytest

from k2log.names import corrections, nearest, slips_allowed


def test_the_likest_name_comes_first_whatever_its_case():
    """Each name comes with how like it is, in percent."""
    scores = nearest("EXPROT", ["import", "Export", "explain"])

    assert next(iter(scores)) == "Export"
    assert nearest("export", ["Export"]) == {"Export": 100}


def test_names_that_are_less_like_are_left_out():
    """And equally like ones stay in their order."""
    assert nearest("zzz", ["day", "log"], least=1) == {}
    assert [*nearest("zzz", ["log", "day"])] == ["log", "day"]


def test_a_part_of_a_name_is_like_it_if_asked_for():
    """A word of a long name is not like the whole of it otherwise."""
    names = ["lymphoma", "chronic kidney disease"]

    assert next(iter(nearest("kidney", names, partly=True))) == "chronic kidney disease"
    assert nearest("kidney", names, least=50) == {}


@pytest.mark.parametrize("food", ["brie", "rice", "natto", "gouda", "raclette", "ristretto"])
def test_a_food_is_no_slip_of_a_command(k2log, food):
    """Whoever forgets add is told of add: brie is not recipe."""
    result = k2log(food)

    assert result.code == 2
    assert result.err.endswith(f"Perhaps: k2log add {food}\n")


@pytest.mark.parametrize(
    ("slip", "command"),
    [("repotr", "report"), ("undoo", "undo"), ("exprt", "export"), ("PROFILR", "profile")],
)
def test_a_slip_in_a_command_is_recognised(k2log, slip, command):
    """A letter missing, wrong, too many or in the wrong place."""
    assert k2log(slip).err.endswith(f"Perhaps: k2log {command}\n")


def test_corrections_are_so_many_slips_away_the_nearest_first():
    """Letters that changed places are one slip; short words and numbers are never corrected."""
    assert corrections("gouad", ["gouda", "goad", "bread"], 1) == ["goad", "gouda"]
    assert corrections("gouad", ["gouda"], 0) == []
    assert [slips_allowed(word) for word in ("egg", "mk7x", "gouda", "blueberry")] == [0, 0, 1, 2]
