"""What an import of a food table did, in one line, and the rows it left out."""

from collections.abc import Iterable, Iterator

from k2log.transfer.tables.model import Counts, Leftovers


def remarks(leftovers: Leftovers) -> Iterator[str]:
    """Yield a line on each of the first rows skipped, and how many there are more."""
    for skipped in leftovers.shown:
        yield f"skipped {skipped.file}, line {skipped.line}: {skipped.why}"
    if leftovers.total > len(leftovers.shown):
        yield f"and {leftovers.total - len(leftovers.shown)} more skipped rows"


def summary(titles: Iterable[str], counts: Counts, skipped: int, *, dry_run: bool) -> str:
    """Return what was imported; or with ``dry_run``, what would be."""
    done = "would import" if dry_run else "imported"
    foods = "1 food" if counts.total == 1 else f"{counts.total} foods"
    back = f", {counts.back} brought back" if counts.back else ""
    rows = "1 row" if skipped == 1 else f"{skipped} rows"
    left_out = f"; {rows} skipped" if skipped else ""
    return (
        f"{done} {foods} from {' and '.join(titles)}: {counts.new} new, {counts.changed} changed"
        f"{back}, {counts.unchanged} unchanged{left_out}\n"
    )
