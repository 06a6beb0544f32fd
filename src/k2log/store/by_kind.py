"""How many entries have a figure that is only known of their kind of food, summed by SQLite."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from k2log.food.food import BY_KIND
from k2log.store.diary import Diary
from k2log.store.totals import EATEN, LONGEST_INTERVAL_DAYS

_COUNTS: Final = f"""
{EATEN}
SELECT json_extract(origin.value, '$[2]'), count(*)
FROM eaten CROSS JOIN entries ON entries.id = entry_id
JOIN json_each(working, '$.from') AS origin
WHERE on_day NOT IN (SELECT value FROM json_each(:left_out))
  AND working LIKE '%"{BY_KIND}"%'
  AND origin.type = 'array' AND json_extract(origin.value, '$[0]') = '{BY_KIND}'
GROUP BY 1
"""


def by_kind_entries(
    diary: Diary, first: date, last: date, left_out: Iterable[date]
) -> Mapping[str, int]:
    """Return the counts by nutrient, as entries keep where their figures are from.

    The days ``left_out`` do not count; a dose of several days counts on each.
    """
    choice = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "earliest": (first - timedelta(days=LONGEST_INTERVAL_DAYS - 1)).isoformat(),
        "left_out": json.dumps([day.isoformat() for day in left_out]),
    }
    counts: Counter[str] = Counter()
    for nutrients, entries in diary.db.execute(_COUNTS, choice):
        counts.update(dict.fromkeys(str(nutrients).split(), entries))
    return counts
