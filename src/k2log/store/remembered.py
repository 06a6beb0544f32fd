"""Foods that are looked up by name once, however many lines name them."""

from collections.abc import Iterable

from k2log.food.food import Food
from k2log.store.diary import Diary
from k2log.store.foods import StoredFoods


class RememberedFoods(StoredFoods):
    """The foods of one diary; what was asked for by name is not asked for again."""

    def __init__(self, diary: Diary) -> None:
        """Look foods up in this diary."""
        super().__init__(diary)
        self.held: dict[str, list[Food]] = {}

    def named(self, lookup_keys: Iterable[str]) -> dict[str, list[Food]]:
        """Return the foods that bear each name key, or are meant by ``food:KEY``."""
        wanted = set(lookup_keys)
        if missing := wanted - self.held.keys():
            found = super().named(missing)
            self.held |= {key: found.get(key, []) for key in missing}
        return {key: foods for key in wanted if (foods := self.held[key])}
