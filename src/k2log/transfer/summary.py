"""What an import did, in one line, and the remarks that go before it."""

from collections.abc import Iterator

from k2log.diary.incoming import Listing, Outcome
from k2log.errors import K2logError
from k2log.science.wording import count


class BadRowsError(K2logError):
    """A file with rows that cannot be read."""

    def __init__(self, number: int) -> None:
        """Take how many rows are bad."""
        rows = "1 row is" if number == 1 else f"{number} rows are"
        super().__init__(
            f"{rows} wrong, so nothing was imported. Correct the file, or leave out what is wrong:"
            " --skip-bad"
        )


def remarks(listing: Listing) -> Iterator[str]:
    """Yield the first remarks, and how many more there are."""
    for remark in listing.shown:
        yield f"line {remark.line}: {remark.text}"
    if listing.total > len(listing.shown):
        yield f"and {listing.total - len(listing.shown)} more"


def summary(outcome: Outcome, bad: int, *, update: bool, dry_run: bool) -> str:
    """Return what was imported; or with ``dry_run``, what would be."""
    done = "would import" if dry_run else "imported"
    more = "" if update else " (use --update)"
    changed = f" {'replaced' if update else 'different'}{more}"
    parts = [
        f"{done} {count(outcome.entries, 'entry', 'entries')}",
        _some(outcome.removals, "removal", "removals"),
        _some(outcome.marked, "day mark", "day marks"),
        f"{outcome.same} already there" if outcome.same else "",
        f"{outcome.different}{changed}" if outcome.different else "",
        _removed_here(outcome.removed_here, update=update),
        _some(outcome.marked_otherwise, "day mark", "day marks", changed),
        _some(bad, "bad row left out", "bad rows left out"),
    ]
    return ", ".join(filter(None, parts)) + "\n"


def _removed_here(number: int, *, update: bool) -> str:
    said = "brought back" if update else "removed here (use --update)"
    return f"{number} {said}" if number else ""


def _some(number: int, one: str, many: str, after: str = "") -> str:
    return count(number, one, many) + after if number else ""
