"""What a person told k2log about themselves. Everything is optional, nothing is inferred."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Self

from k2log.named_tuple import NamedTuple

PREGNANT: Final = "pregnant"
BREASTFEEDING: Final = "breastfeeding"
ANTAGONIST: Final = "vitamin-k-antagonist"
UNRECOGNISED: Final = ""
"""The kind of a medicine that k2log does not know, which may be of any kind."""
NO_RULE: Final = "no-rule"
"""The kind of a medicine that k2log knows and has no note on."""
ONCE_ELSEWHERE: Final = frozenset({
    "moxifloxacin", "denosumab", "zoledronate", "romosozumab", "calcitriol", "alfacalcidol",
    "calcifediol", "strontium", "etidronate", "clodronate", "liothyronine", "omeprazole",
    "esomeprazole", "pantoprazole", "lansoprazole", "rabeprazole", "verapamil", "amiodarone",
    "prednisone", "prednisolone", "dexamethasone", "amoxicillin", "azithromycin", "clarithromycin",
    "erythromycin", "nitrofurantoin", "trimethoprim", "flucloxacillin",
})  # fmt: skip
"""Medicines that an older k2log stored with another kind than they have today."""


DEFAULT_AUTHORITIES: Final = ("NASEM", "EFSA")
BOTH: Final = "both"
"""What is stored where somebody chose the references of both of these."""
AUTHORITY_OF_REGION: Final = {"us": "NASEM", "eu": "EFSA", "uk": "UK", "jp": "JAPAN-MHLW"}
"""Whose references are those of a region, by the words of the setting."""


class Medicine(NamedTuple):
    """A medicine and, as far as known, when it is taken.

    ``kind`` is its group in the list of medicines (``vitamin-k-antagonist``), "" if k2log does not
    know it. ``times`` are local, ``07:00``; ``days`` are weekdays with Monday 0, none for every
    day. ``until`` is the last day of a course and ``since`` the day it was told of: what was
    logged earlier was not taken beside it. ``said`` is what the user called it, if not by its name.
    """

    name: str
    kind: str = UNRECOGNISED
    times: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    until: date | None = None
    said: str = ""
    since: date | None = None

    @property
    def settled(self) -> bool:
        """Whether the list of medicines cannot know it better than when it was told."""
        once = self.kind in {NO_RULE, "fluoroquinolone"} and self.name in ONCE_ELSEWHERE
        return self.kind != UNRECOGNISED and not once

    def lasts(self, day: date) -> bool:
        """Whether that day lies within the course, where it is one."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)

    def on(self, day: date) -> bool:
        """Whether it is taken on that day, as far as known."""
        return self.lasts(day) and (not self.days or day.weekday() in self.days)


class Condition(NamedTuple):
    """A condition, and its group in the list of conditions (``kidney-disease``)."""

    name: str
    kind: str


class Profile(NamedTuple):
    """A person: what decides which references, upper levels and interaction notes apply.

    ``authority`` is whose references were chosen, ``BOTH`` where US and EU were. ``born`` is a year
    or an ISO date, ``sex`` female or male, ``life_stage`` pregnant or
    breastfeeding. ``medicines`` and ``conditions`` are None where nothing was said, and empty
    where none was stated. ``targets`` are daily figures of one's own, in the nutrient's unit.
    """

    born: str | None = None
    sex: str | None = None
    life_stage: str | None = None
    menopause: bool | None = None
    authority: str | None = None
    medicines: tuple[Medicine, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    targets: Mapping[str, float] = {}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the profile that ``as_dict`` gave."""
        medicines, conditions = values.get("medicines"), values.get("conditions")
        names = ("born", "sex", "life_stage", "menopause", "authority")
        plain = {name: values.get(name) for name in names}
        return cls(
            **plain,
            medicines=None if medicines is None else tuple(map(_medicine, medicines)),
            conditions=None if conditions is None else tuple(Condition(**it) for it in conditions),
            targets=values.get("targets", {}),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the profile in values that JSON has."""
        values = self._asdict() | {"targets": dict(self.targets)}
        if self.medicines is not None:
            values["medicines"] = [
                {
                    **medicine._asdict(),
                    "until": medicine.until and medicine.until.isoformat(),
                    "since": medicine.since and medicine.since.isoformat(),
                }
                for medicine in self.medicines
            ]
        if self.conditions is not None:
            values["conditions"] = [condition._asdict() for condition in self.conditions]
        return values

    def taking(self, *kinds: str, since: date) -> tuple[Medicine, ...]:
        """Return the medicines of these kinds that did not end before ``since``."""
        return tuple(
            medicine
            for medicine in self.medicines or ()
            if medicine.kind in kinds and (medicine.until is None or medicine.until >= since)
        )

    @property
    def on_antagonist(self) -> bool:
        """Whether a vitamin K antagonist is named, be it one that has ended.

        Then amounts of vitamin K are compared with nothing: nobody is to eat or take up to one.
        """
        return any(medicine.kind == ANTAGONIST for medicine in self.medicines or ())

    @property
    def may_be_on_antagonist(self) -> bool:
        """Whether a medicine is named that is, or for all that k2log knows could be, one."""
        return any(it.kind in {ANTAGONIST, UNRECOGNISED} for it in self.medicines or ())

    @property
    def authorities(self) -> Sequence[str]:
        """Whose references are shown: of the one chosen, else of the US and the EU."""
        alone = self.authority and self.authority != BOTH
        return [self.authority] if self.authority and alone else DEFAULT_AUTHORITIES

    def in_region(self, region: str | None) -> Self:
        """Return it with the authority of a region, where something is known and none chosen."""
        if self == NOBODY or self.authority or region is None:
            return self
        return self._replace(authority=AUTHORITY_OF_REGION.get(region))

    def having(self, *kinds: str) -> tuple[Condition, ...]:
        """Return the conditions of these kinds."""
        return tuple(condition for condition in self.conditions or () if condition.kind in kinds)


NOBODY: Final = Profile()


class ShownNote(NamedTuple):
    """What a person was told by a rule, and the last day of the window in which it was new."""

    until: date
    gist: str


def names(named: Iterable[Medicine | Condition]) -> list[str]:
    """Return their names, each once."""
    return sorted({each.name for each in named})


def taken_on(medicines: Iterable[Medicine], day: date) -> bool:
    """Whether any of them may have been taken that day."""
    return any(medicine.lasts(day) for medicine in medicines)


def _medicine(values: Mapping[str, Any]) -> Medicine:
    until, since = values.get("until"), values.get("since")
    return Medicine(
        name=values["name"],
        kind=values.get("kind", UNRECOGNISED),
        times=tuple(values.get("times", ())),
        days=tuple(values.get("days", ())),
        until=date.fromisoformat(until) if until else None,
        said=values.get("said", ""),
        since=date.fromisoformat(since) if since else None,
    )
