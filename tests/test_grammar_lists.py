"""Command-line arguments to items."""

import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.errors import UnreadableError
from k2log.grammar.items import candidate_names, list_parts, lookup_key, parts
from k2log.names import name_key

NAMES = "egg;gouda;natto;d3;mk7;macaroni and cheese;half and half;bread;butter;kale;milk, whole"
KNOWN = {name_key(name) for name in NAMES.split(";")}


def texts(lists):
    """Return the texts of the items of lists."""
    return [part.text for parts_of_list in lists for part in parts_of_list]


@pytest.mark.parametrize(
    ("arguments", "items"),
    [
        (["natto", "1tbsp"], ["natto 1tbsp"]),
        (["natto", "1", "tbsp"], ["natto 1 tbsp"]),
        (["d3 2000IU", "mk7 100mcg"], ["d3 2000IU", "mk7 100mcg"]),
        (["natto", "1tbsp", "2 eggs"], ["natto 1tbsp", "2 eggs"]),
        (["gouda, 2 eggs, d3 2000IU"], ["gouda", "2 eggs", "d3 2000IU"]),
        (["gouda,", "2", "eggs"], ["gouda", "2 eggs"]),
        (["gouda + egg"], ["gouda", "egg"]),
        (["gouda+egg"], ["gouda", "egg"]),
        (["2 eggs and gouda"], ["2 eggs", "gouda"]),
        (["gouda 30g and 2 eggs"], ["gouda 30g", "2 eggs"]),
        (["gouda, egg, and natto"], ["gouda", "egg", "natto"]),
        (["macaroni", "and", "cheese", "1", "cup"], ["macaroni and cheese 1 cup"]),
        (["macaroni and cheese 1 cup and egg"], ["macaroni and cheese 1 cup", "egg"]),
        (["1 cup macaroni and cheese, egg"], ["1 cup macaroni and cheese", "egg"]),
        (["half and half 1 tbsp"], ["half and half 1 tbsp"]),
        (["bread and butter 10g"], ["bread", "butter 10g"]),
        (["milk, whole 1 cup, egg"], ["milk, whole 1 cup", "egg"]),
        (["kale 1,5 cups,egg"], ["kale 1,5 cups", "egg"]),
        (["unicorn and dragon"], ["unicorn", "dragon"]),
        (["sandwich"], ["sandwich"]),
        (["-2", "eggs"], ["-2 eggs"]),
        ([], []),
    ],
)
def test_arguments_become_items(arguments, items):
    """Words are joined, lists are split, and names that hold a separator stay whole."""
    assert texts(list_parts(arguments, lambda it: lookup_key(it.food) in KNOWN)) == items


@pytest.mark.parametrize("typed", ["gouda,,egg", "gouda, ", "+ egg", ","])
def test_an_empty_item_is_refused(typed):
    """Nothing is logged for a stray separator."""
    with pytest.raises(UnreadableError, match="empty"):
        parts([typed])


def test_names_are_collected_for_one_look_up():
    """Every name any run of items might have, as the keys they are stored under."""
    names = candidate_names(["macaroni and cheese 1 cup"])

    assert {"cheese macaroni", "macaroni", "cheese"} <= names
    assert "" not in names


def test_fifty_items_are_the_most():
    """An endless list is one clear line."""
    with pytest.raises(UnreadableError, match="51 items at once; 50 are the most"):
        parts([",".join(["egg"] * 51)])


_TEXT = st.text(st.sampled_from("eg2 ,+and½x1"), max_size=60) | st.text(max_size=60)


@given(st.lists(_TEXT, max_size=5))
def test_any_arguments_are_items_or_refused(arguments):
    """No word is in an item that was not typed."""
    try:
        items = texts(list_parts(arguments, lambda it: True))
    except UnreadableError:
        return
    single = texts(list_parts(arguments, lambda it: False))

    assert len(items) <= len(single)
    typed = " ".join(arguments)
    assert all(word in typed for item in single for word in item.split())


def test_hostile_lists_take_no_time():
    """Fifty items of one letter are read in milliseconds."""
    start = clock.perf_counter()
    candidate_names([" and ".join(["1 a 1 x 1"] * 50)])
    assert clock.perf_counter() - start < 0.5


def test_an_article_with_spaces_behind_it_is_no_crash():
    """An argument of an article and spaces only counts as one of whatever it is joined to."""
    assert parts(["cottage cheese", "a  "]) == [["cottage cheese a"]]
