"""What holds between foods: keys and names apart, and families that are whole.

A name belongs to one food, except that the foods of a family may share the everyday word: the
first region's food has it among its ``names``, the others among their ``regional_names``.
"""

from collections.abc import Iterable, Sequence

from k2log.catalogue.model import REGIONS, CatalogueError, CatalogueFood
from k2log.food.names import name_key

Placed = tuple[str, CatalogueFood]


def check_apart(placed: Iterable[Placed]) -> None:
    """Refuse a key or a name that is in the files twice, or twice in one food."""
    keys: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}
    for file, known in placed:
        key = known.food.key
        if key in keys:
            raise CatalogueError(file, key, f"the key is in {keys[key]} too")
        keys[key] = file
        for name in known.names:
            other, same = names.setdefault(name_key(name), (key, name))
            if other != key:
                raise CatalogueError(file, key, f'the name "{name}" belongs to [{other}]')
            if same is not name:
                raise CatalogueError(file, key, f'"{same}" and "{name}" are the same name')


def check_families(placed: Sequence[Placed]) -> None:
    """Refuse a family without just one food for each region, or whose foods share no name."""
    families: dict[str, dict[str, CatalogueFood]] = {}
    for file, known in placed:
        if known.family and known.region:
            foods = families.setdefault(known.family, {})
            if known.region in foods:
                wrong = f'"{known.family}" has a food for {known.region} already'
                raise CatalogueError(file, known.food.key, wrong)
            foods[known.region] = known
    for file, known in placed:
        if known.family:
            _check_member(file, known, families[known.family])


def _check_member(file: str, known: CatalogueFood, family: dict[str, CatalogueFood]) -> None:
    for region in REGIONS:
        if region not in family:
            raise CatalogueError(file, known.food.key, f'"{known.family}" has no food for {region}')
    first = family[REGIONS[0]]
    if bool(known.regional_names) == (known is first):
        wrong = f"regional_names are for every food of a family but that for {REGIONS[0]}"
        raise CatalogueError(file, known.food.key, wrong)
    shared = {name_key(name) for name in first.names}
    for name in known.regional_names:
        if name_key(name) not in shared:
            wrong = f'the regional name "{name}" is no name of [{first.food.key}] or there twice'
            raise CatalogueError(file, known.food.key, wrong)
        shared.remove(name_key(name))
