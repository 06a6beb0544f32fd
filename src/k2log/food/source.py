"""Where figures come from."""

from typing import NamedTuple


class Source(NamedTuple):
    """A source: whom to cite, where to find it, and in ``note`` what it measured."""

    key: str
    citation: str
    year: str
    where: str
    note: str


def source_keys(named: str) -> list[str]:
    """Return the keys that a figure names: ``usda_sr28:01009, dunlop2022`` names two."""
    return [part.strip().partition(":")[0] for part in named.split(",") if part.strip()]
