"""A report for programs. The keys are a promise: ``k2log.report/1``.

Numbers are never rounded for looks; null is unknown, or what there is none of.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from k2log.amounts import Amount
from k2log.diary.days import DayRow
from k2log.nutrients import NUTRIENTS
from k2log.render.json import amount_json, json_pieces
from k2log.report.model import FoodTotal, NutrientTotal, Report
from k2log.science.caveats import Finding
from k2log.science.compare import Standing
from k2log.science.profile import NOBODY


def report_json(report: Report, **more: object) -> Iterator[str]:
    """Yield the report, with ``more`` in it, as ASCII JSON, which any pipe carries unchanged."""
    generated = report.generated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    said = {
        "schema": "k2log.report/1",
        "generated_at": f"{generated.isoformat()}Z",
        "catalogue": report.catalogue,
        "period": _period(report),
        "profile": None if report.profile == NOBODY else report.profile.as_dict(),
        "nutrients": {
            id_: _nutrient(id_, part, report.standings) for id_, part in report.nutrients.items()
        },
        "days": map(_day, report.days),
        "foods": map(_food, report.foods),
        "caveats": map(caveat_json, report.findings),
    }
    return json_pieces(said | more)


def amounts_json(amounts: Mapping[str, Amount]) -> dict[str, Any]:
    """Return an AMOUNT per nutrient."""
    return {id_: amount_json(amount) for id_, amount in amounts.items()}


def caveat_json(finding: Finding) -> dict[str, Any]:
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


def _period(report: Report) -> dict[str, Any]:
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "days": report.period.days,
        "logged_days": report.logged_days,
        "complete_days": report.complete_days,
    }


def _nutrient(id_: str, part: NutrientTotal, standings: Sequence[Standing]) -> dict[str, Any]:
    compared = NUTRIENTS[id_].compared
    named = {id_, compared.id} if compared else {id_}
    held = [standing for standing in standings if standing.nutrient in named]
    return {
        "unit": NUTRIENTS[id_].unit,
        "total": amount_json(part.total),
        "mean_per_complete_day": None if part.mean is None else amount_json(part.mean),
        "food": amount_json(part.food),
        "supplement": amount_json(part.supplement),
        "references": [standing._asdict() for standing in held if not standing.upper],
        "upper_levels": [standing._asdict() for standing in held if standing.upper],
    }


def _day(row: DayRow) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(),
        "status": row.status,
        "entries": row.entries,
        "nutrients": amounts_json(row.nutrients),
    }


def _food(food: FoodTotal) -> dict[str, Any]:
    return {
        "food": food.food,
        "entries": food.entries,
        "nutrients": amounts_json(food.nutrients),
    }
