"""What a food of one's own has in common with foods of the catalogue."""

from k2log.named_tuple import NamedTuple


class Namesake(NamedTuple):
    """A food of one's own: all its names, and the keys of catalogue foods that share one of them.

    A food without such keys may be anything.
    """

    names: frozenset[str] = frozenset()
    catalogue_keys: frozenset[str] = frozenset()
