"""Entries and reports for programs. The keys are a promise: ``k2log.report/1``.

Numbers are never rounded for looks; null is unknown, or what there is none of. All is ASCII, which
any pipe carries unchanged. What a long diary says is written as it comes, never held as one text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

from k2log.amounts import Amount
from k2log.diary.entry import Entry
from k2log.nutrients import NUTRIENTS

if TYPE_CHECKING:
    from k2log.diary.days import DayRow
    from k2log.report.model import Report
    from k2log.science.caveats import Finding


def json_pieces(value: object) -> Iterator[str]:
    """Yield what ``json.dumps(value, indent=2)`` returns, and a newline.

    An iterator is a list that is written as it comes; it may be the value, a member of it, or of
    what such a list holds. ``json.JSONEncoder.iterencode`` knows no such lists: it takes only what
    pretends to be a list and not to be empty, and yields every bracket and comma apart.
    """
    yield from _pieces(value, "\n")
    yield "\n"


def _pieces(value: object, line: str) -> Iterator[str]:
    """Yield the text of a value; ``line`` begins a line at its depth."""
    members: Iterable[tuple[str, object]]
    if isinstance(value, Iterator):
        brackets, members = "[]", (("", item) for item in value)
    elif isinstance(value, Mapping) and any(isinstance(it, Iterator) for it in value.values()):
        brackets, members = "{}", ((f"{json.dumps(key)}: ", it) for key, it in value.items())
    else:
        yield json.dumps(value, indent=2, allow_nan=False).replace("\n", line)
        return
    before = brackets[0]
    for name, member in members:
        yield f"{before}{line}  {name}"
        yield from _pieces(member, f"{line}  ")
        before = ","
    yield brackets if before == brackets[0] else line + brackets[1]


def amount_json(amount: Amount) -> dict[str, Any]:
    """Return an amount with what is known of it; null is unknown."""
    return {
        "amount": amount.best,
        "low": amount.low,
        "high": amount.high,
        "all_known": amount.known,
        "unknown_entries": amount.unknown,
    }


def amounts_json(amounts: Mapping[str, Amount]) -> dict[str, Any]:
    """Return an AMOUNT per nutrient."""
    return {id_: amount_json(amount) for id_, amount in amounts.items()}


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return one entry, for ``add --json`` and ``log --json``; ``id`` is null for a dry run.

    ``typed`` and ``corrected`` are there where a slip in the name was mended.
    """
    corrected = entry.working.get("corrected")
    mended = {"typed": entry.working.get("typed"), "corrected": corrected} if corrected else {}
    return {
        "id": entry.id,
        "uid": entry.uid,
        "day": entry.day.isoformat(),
        "time": entry.time,
        "meal": entry.meal,
        "food": entry.food,
        "food_key": entry.food_key,
        "amount": entry.amount,
        "measure": entry.measure,
        "grams": entry.grams,
        "supplement": entry.supplement,
        "every_days": entry.every_days,
        "note": entry.note,
        "assumed": bool(entry.working.get("assumed")),
        **mended,
        "nutrients": amounts_json(entry.nutrients),
    }


def entries_json(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the text of a JSON list of entries."""
    return json_pieces(map(entry_json, entries))


def report_json(report: "Report", more: Mapping[str, object]) -> Iterator[str]:
    """Yield the text of a report, with ``more`` members at its end."""
    from k2log.science.profile import NOBODY  # entries need no science

    generated = report.generated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return json_pieces({
        "schema": "k2log.report/1",
        "generated_at": f"{generated.isoformat()}Z",
        "catalogue": report.catalogue,
        "period": {
            "from": report.period.first.isoformat(),
            "to": report.period.last.isoformat(),
            "days": report.period.days,
            "logged_days": report.logged_days,
            "complete_days": report.complete_days,
        },
        "profile": None if report.profile == NOBODY else report.profile.as_dict(),
        "nutrients": {id_: _nutrient(id_, report) for id_ in report.nutrients},
        "days": (
            {
                "day": row.day.isoformat(),
                "status": row.status,
                "entries": row.entries,
                "nutrients": _of_day(row, report),
            }
            for row in report.days
        ),
        "foods": (
            {
                "food": food.food,
                "entries": food.entries,
                "nutrients": amounts_json(food.nutrients),
            }
            for food in report.foods
        ),
        "balance": report.balance._asdict(),
        "caveats": map(caveat_json, report.findings),
        **more,
    })  # fmt: skip


def likely_json(amount: Amount | None) -> dict[str, float | None] | None:
    """Return the ends between which nine of ten truths would lie; null where nothing is known."""
    return None if amount is None else {"low": amount.low, "high": amount.high}


def _of_day(row: "DayRow", report: "Report") -> dict[str, Any]:
    """Return an AMOUNT per nutrient of a day, with its likely range where days are listed."""
    likely = report.likely.get(row.day)
    amounts = amounts_json(row.nutrients)
    if likely is None:
        return amounts
    return {id_: amount | {"likely": likely_json(likely[id_])} for id_, amount in amounts.items()}


def _nutrient(id_: str, report: "Report") -> dict[str, Any]:
    part = report.nutrients[id_]
    group = NUTRIENTS[id_].reference_group
    named = {id_, group.id} if group else {id_}
    standings = [standing for standing in report.standings if standing.nutrient in named]
    return {
        "unit": NUTRIENTS[id_].unit,
        "total": amount_json(part.total),
        "by_kind_entries": report.by_kind.get(id_, 0),
        "mean_per_complete_day": None if part.mean is None else amount_json(part.mean),
        "likely": likely_json(part.likely),
        "food": amount_json(part.food),
        "supplement": amount_json(part.supplement),
        "references": [standing._asdict() for standing in standings if not standing.upper],
        "upper_levels": [standing._asdict() for standing in standings if standing.upper],
    }


def caveat_json(finding: "Finding") -> dict[str, Any]:
    """Return a finding whole; its days, which may be many, come one by one."""
    return {
        "id": finding.id,
        "severity": finding.severity,
        "evidence": finding.evidence,
        "message": finding.message,
        "citations": list(finding.citations),
        "days": (day.isoformat() for day in finding.days),
        "entries": list(finding.entries),
        "data": dict(finding.data),
    }
