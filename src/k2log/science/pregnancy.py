"""Foods that authorities advise against in pregnancy, said when one is logged and in reports.

Which foods these are stands in ``catalogue/groups.toml``; a food of one's own counts as the
catalogue's food whose name it bears. Vitamin A and mercury are not counted by k2log.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from k2log.diary.entry import Entry
from k2log.named_tuple import NamedTuple
from k2log.names import name_words
from k2log.science.caveats import Facts, Judged, Remark, rule
from k2log.science.citations import cited
from k2log.science.profile import BREASTFEEDING, PREGNANT
from k2log.science.references import listed
from k2log.science.spacing import in_order


class _Advice(NamedTuple):
    """What is said of a group of foods, in which life stages, and the works that say so."""

    words: str
    works: str
    stages: tuple[str, ...] = (PREGNANT,)


_ADVICE: Final[Mapping[str, _Advice]] = {
    "liver": _Advice(
        "liver and fish liver oil hold much vitamin A, too much of which can harm an unborn baby; "
        "the NHS advises against them in pregnancy",
        "nhs-pregnancy nhs-pregnancy-foods",
    ),
    "vitamin-a": _Advice(
        "too much vitamin A can harm an unborn baby; the NHS advises against supplements of it in "
        "pregnancy",
        "nhs-pregnancy",
    ),
    "mercury-in-pregnancy": _Advice(
        "it is among the fish that hold the most mercury; the US agencies FDA and EPA advise other "
        "fish in pregnancy and while breastfeeding",
        "fda-epa-fish",
        (PREGNANT, BREASTFEEDING),
    ),
    "ripened-cheese-in-pregnancy": _Advice(
        "soft cheese ripened with mould, blue cheese among it, may carry listeria; the NHS advises "
        "against it in pregnancy unless it was cooked until steaming hot",
        "nhs-pregnancy-foods",
    ),
    "pate-in-pregnancy": _Advice(
        "pâté of any kind may carry listeria; the NHS advises against it in pregnancy",
        "nhs-pregnancy-foods",
    ),
    "unpasteurised-in-pregnancy": _Advice(
        "milk and dairy that are not pasteurised may carry listeria; the NHS advises against them "
        "in pregnancy",
        "nhs-pregnancy-foods",
    ),
    "cold-smoked-in-pregnancy": _Advice(
        "fish that is smoked cold or cured may carry listeria; the NHS advises against it in "
        "pregnancy unless it was cooked until steaming hot",
        "nhs-pregnancy-foods",
    ),
}
"""What is said of foods, by their group."""


@rule(
    "pregnancy-food",
    "warning",
    "moderate",
    "nhs-pregnancy nhs-pregnancy-foods fda-epa-fish",
    at_logging=True,
)
def pregnancy_food(facts: Facts) -> Judged:
    """Speak where a food was logged that is advised against in pregnancy or breastfeeding."""
    stage = facts.profile.life_stage
    if stage not in {PREGNANT, BREASTFEEDING}:
        return "the profile says neither pregnant nor breastfeeding"
    of_group: dict[str, list[Entry]] = {}
    for entry in in_order(facts.new or facts.logged):
        for group in _groups_of(entry, facts):
            if stage in _ADVICE[group].stages:
                of_group.setdefault(group, []).append(entry)
    if not of_group:
        return "no food was logged that is known to be advised against"
    entries = [entry for group in of_group.values() for entry in group]
    sentences = [
        f"{listed(sorted({it.food for it in group}))}: {_ADVICE[name].words}."
        for name, group in of_group.items()
    ]
    foods = sorted({it.food for it in entries})
    return Remark(
        f"{' '.join(sentences)} One meal is rarely a reason to worry; your midwife or doctor can "
        "advise.",
        days=sorted({it.day for it in entries}),
        entries=list(dict.fromkeys(it.id for it in entries)),
        data={"foods": foods},
        gist=", ".join(foods),
        citations=cited(*(key for name in of_group for key in _ADVICE[name].works.split())),
    )


def _groups_of(entry: Entry, facts: Facts) -> Iterator[str]:
    """Yield the groups of a food with something to say: the first of pâté and liver alone."""
    from k2log.catalogue.groups import safety_groups  # noqa: PLC0415 - TOML, for few

    key = entry.food_key or ""
    namesake = facts.namesakes.get(key)
    called = [entry.food, key.replace("-", " "), *(namesake.names if namesake else ())]
    keys = {key, *(namesake.catalogue_keys if namesake else ())}
    words = [frozenset(name_words(name)) for name in called if name]
    for group in safety_groups():
        if group.name in _ADVICE and group.holds(words, keys):
            yield group.name


RULES: Final = (pregnancy_food,)
