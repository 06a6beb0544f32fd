"""Where text goes, and so how it is laid out; and what of a report is shown there."""

from collections.abc import Iterator
from typing import Final

from k2log.named_tuple import NamedTuple

Text = str | Iterator[str]
"""What is written: a whole text or, where it may be long, its pieces as they come."""


class Page(NamedTuple):
    """A terminal so many columns wide, or (None) a pipe, where nothing is cut.

    ``plain_words`` gives words for signs, for listening; ``colour`` only ever adds to the words.
    ``vitamin_k1`` shows it with every entry and sum of a day, for whom it is to stay steady.
    """

    columns: int | None = None
    plain_words: bool = False
    colour: bool = False
    vitamin_k1: bool = False


PIPE: Final = Page()


class ReportOptions(NamedTuple):
    """What a report for people shows: ``caveats`` is all, warnings or none.

    ``cited`` names the works that its notes rest on. A page that is ``full`` has all tables and
    remarks, literature, sources and the diary.
    """

    all_nutrients: bool = False
    caveats: str = "all"
    cited: bool = True
    full: bool = False


EVERYDAY: Final = ReportOptions()
