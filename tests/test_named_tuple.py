"""k2log's NamedTuple is that of ``typing`` in all that k2log uses of it."""

import copy
import pickle
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A tuple of k2log."""

    first: int
    second: "str | None"
    third: float = 0.5
    fourth: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        """Return what is no item."""
        return 2 * self.first


class Theirs(typing.NamedTuple):
    """The same of the standard library."""

    first: int
    second: "str | None"
    third: float = 0.5
    fourth: tuple[int, ...] = ()

    @property
    def twice(self) -> int:
        """Return what is no item."""
        return 2 * self.first


NAMES = ("first", "second", "third", "fourth", "fifth")
NAMED = st.dictionaries(st.sampled_from(NAMES), st.integers(), max_size=5)


def outcome(make, *values, **named):
    """Return the items that come of a call, or how it fails."""
    try:
        return tuple(make(*values, **named))
    except (TypeError, ValueError) as error:
        return type(error)


@given(st.lists(st.integers(), max_size=5), NAMED)
def test_it_takes_and_refuses_what_that_of_typing_does(values, named):
    assert outcome(Ours, *values, **named) == outcome(Theirs, *values, **named)
    assert outcome(Ours._make, values) == outcome(Theirs._make, values)


@given(NAMED)
def test_items_are_replaced_by_their_names(named):
    ours, theirs = Ours(1, "two"), Theirs(1, "two")
    wrong = not named.keys() <= {*Ours._fields}

    assert outcome(ours._replace, **named) == (
        outcome(theirs._replace, **named) if not wrong else ValueError
    )


def test_it_looks_and_compares_alike():
    ours, theirs = Ours(1, "two"), Theirs(1, "two")

    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.first, ours.third, ours.twice) == (1, 0.5, 2)
    assert ours == theirs == (1, "two", 0.5, ())
    assert hash(ours) == hash(theirs)
    assert ours._asdict() == theirs._asdict()
    for name in ("_fields", "_field_defaults", "__match_args__"):
        assert getattr(Ours, name) == getattr(Theirs, name)


def test_it_holds_its_fields_and_no_more():
    ours = Ours(1, None)

    with pytest.raises(AttributeError):
        ours.first = 2
    with pytest.raises(AttributeError):
        ours.other = 2
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))]
)
def test_a_copy_is_the_same(again):
    copied = again(Ours(1, "two"))

    assert type(copied) is Ours
    assert copied == Ours(1, "two")
