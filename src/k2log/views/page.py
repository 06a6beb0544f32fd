"""Where text goes, and so how it is laid out."""

from typing import NamedTuple


class Page(NamedTuple):
    """A terminal so many columns wide, or (None) a pipe, where nothing is cut.

    ``plain_words`` gives words for signs, for listening; ``colour`` only ever adds to the words.
    """

    columns: int | None = None
    plain_words: bool = False
    colour: bool = False
