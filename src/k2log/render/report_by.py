"""A report by food, meal, source or weekday: a table instead of that of days, JSON or CSV.

JSON adds the key ``by`` to the report: ``{"kind", "groups": [{"name", "supplement", "entries",
"complete_days", "total", "mean_per_complete_day", "share"}]}``. ``name`` is null where no meal was
named, ``supplement`` where a meal or weekday may hold both; ``share`` is from 0 to 1 of what was
counted, for calcium and vitamin D alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from k2log.amounts import Amounts
from k2log.nutrients import NUTRIENTS, TOLD_FORMS, Nutrient
from k2log.render.json import amounts_json
from k2log.render.numbers import NO_DATA, Cell, clean, without_signs
from k2log.render.report_csv import NUTRIENT_COLUMNS, Field, nutrient_rows
from k2log.render.report_table import (
    ReportTable,
    Style,
    TableLine,
    beside,
    complete_days,
    legend,
    report_table,
    shown_amounts,
    title,
)
from k2log.report.grouping import SHARED, Group, Grouping, summed_up
from k2log.report.model import Report
from k2log.text import count

MOST_LINES: Final = 30
COLUMNS: Final = (
    *("by", "name", "supplement", "complete_days", "entries"),
    *NUTRIENT_COLUMNS,
    "share_percent",
)
_NO_MEAL: Final = "no meal named"


@dataclass(frozen=True, slots=True)
class ByGroup:
    """The report split into groups: means per complete day; of a single day, that day's sums."""

    grouping: Grouping

    def table(self, report: Report, style: Style) -> ReportTable:
        """Return a line per group, above the sums of the report's own table."""
        table = report_table(report, style, split=True)
        if table.empty:
            return table
        style = style._replace(beside=beside(report, shown_amounts(report)))
        one = report.period.days == 1
        of_all = f"{complete_days(report.complete_days)} of {report.period.days}"
        per_day = "" if one else ", mean per complete day"
        lines = [self._line(group, report, style) for group in self._groups(style)]
        lines += self._sums(table.lines, report, style)
        return table._replace(
            title=title(
                report,
                "" if one else of_all,
                f"by {self.grouping.kind}{per_day}",
                plain_words=style.plain_words,
            ),
            headers=list(self._headers(style)),
            lines=lines,
            day_by_day=(),
            most_from=(),
            legend=[*legend(lines, style), *self._what_shares_are_of(style)],
        )

    def _groups(self, style: Style) -> Sequence[Group]:
        """Return the groups; where the style is shortened, those beyond the most lines as one."""
        groups = self.grouping.groups
        rest = groups[MOST_LINES:] if style.shortened else ()
        if not rest:
            return groups
        return [*groups[:MOST_LINES], summed_up(rest, f"{len(rest)} more")]

    def _has_share(self, nutrient: Nutrient) -> bool:
        return nutrient.id in SHARED and self.grouping.kind != "weekday"

    def _shows_share(self, nutrient: Nutrient, style: Style) -> bool:
        """Whether a share stands in the table: of a form beside its whole only with all others."""
        beside_whole = nutrient.id in TOLD_FORMS.values() and not style.all_nutrients
        return self._has_share(nutrient) and not beside_whole

    def _headers(self, style: Style) -> Iterator[str]:
        for nutrient in style.nutrients:
            yield f"{style.name(nutrient)} {nutrient.unit}"
            if self._shows_share(nutrient, style):
                yield f"{nutrient.short[:1].upper()}{nutrient.short[1:]} share"

    def _what_shares_are_of(self, style: Style) -> list[str]:
        """Return a line for the legend where not everything has a figure."""
        whole = self.grouping.whole
        shared = [it.id for it in style.nutrients if self._shows_share(it, style)]
        shared = [id_ for id_ in shared if id_ in whole]
        complete = all(whole[id_].known for id_ in shared)
        return [] if complete else ["shares are of what was counted"]

    def _line(self, group: Group, report: Report, style: Style) -> TableLine:
        amounts = group.total if report.period.days == 1 else group.mean
        has_days = self.grouping.kind == "weekday" and report.period.days > 1
        days = count(group.days, "day") if group.days else "no complete day"
        return TableLine(
            clean(group.name) or _NO_MEAL,
            list(self._with_shares(style.cells(amounts), group.total, style)),
            days if has_days else "",
            "counted" if group.total else "apart",
        )

    def _with_shares(self, cells: Iterable[Cell], amounts: Amounts, style: Style) -> Iterator[Cell]:
        """Yield the cells, each with a share after it where its nutrient has one."""
        for cell, nutrient in zip(cells, style.nutrients, strict=True):
            yield cell
            if self._shows_share(nutrient, style):
                share = self.grouping.share(amounts, nutrient.id)
                if share is None:
                    text = NO_DATA
                else:
                    text = f"{100 * share:.0f}%" if share >= 0.01 or not share else "<1%"
                yield (without_signs(text) if style.plain_words else text, "")

    def _sums(
        self, lines: Iterable[TableLine], report: Report, style: Style
    ) -> Iterator[TableLine]:
        """Yield the lines of the report's own table that sum up, by source without its parts."""
        whole = self.grouping.whole
        if not report.complete_days and report.period.days == 1:
            sums: list[Amounts] = [whole, report.days[0].food, report.days[0].supplement]
        else:
            totals = report.nutrients.items()
            food = {id_: part.food for id_, part in totals}
            sums = [whole, food, {id_: part.supplement for id_, part in totals}]
        summing = (line for line in lines if line.kind in {"sum", "part"})
        for line, amounts in zip(summing, sums, strict=False):
            if line.kind == "sum" or self.grouping.kind != "source":
                yield line._replace(cells=list(self._with_shares(line.cells, amounts, style)))

    def members(self) -> dict[str, object]:
        """Return the groups for the report's JSON."""
        groups = [self._json(group) for group in self.grouping.groups]
        return {"by": {"kind": self.grouping.kind, "groups": groups}}

    def _json(self, group: Group) -> dict[str, Any]:
        shared = () if self.grouping.kind == "weekday" else SHARED
        return {
            "name": group.name or None,
            "supplement": group.supplement,
            "entries": group.entries,
            "complete_days": group.days,
            "total": amounts_json(group.total),
            "mean_per_complete_day": amounts_json(group.mean) if group.days else None,
            "share": {id_: self.grouping.share(group.total, id_) for id_ in shared},
        }

    def rows(self, report: Report) -> tuple[Sequence[str], Iterator[list[Field]]]:
        """Return the header and a row per group and nutrient."""
        return COLUMNS, self._csv_rows(report)

    def _csv_rows(self, report: Report) -> Iterator[list[Field]]:
        for group in self.grouping.groups:
            amounts = group.total if report.period.days == 1 else group.mean
            pill = None if group.supplement is None else "yes" if group.supplement else "no"
            head: list[Field] = [self.grouping.kind, group.name, pill, group.days, group.entries]
            rows = nutrient_rows(head, amounts)
            for (id_, nutrient), fields in zip(NUTRIENTS.items(), rows, strict=True):
                share = self.grouping.share(group.total, id_) if self._has_share(nutrient) else None
                yield [*fields, None if share is None else 100 * share]
