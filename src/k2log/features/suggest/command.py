"""``k2log suggest``: usual servings that would close a gap to a reference."""

from typing import Annotated

from k2log import clock
from k2log.commands.declaration import App, Context, Option
from k2log.commands.output import emit, page
from k2log.commands.report import built_report
from k2log.commands.window import When, WindowOptions, with_window
from k2log.features.suggest.suggestions import MOST_GRAMS, Wanted, gaps, least_amounts, suggested
from k2log.features.suggest.view import suggestions_json, suggestions_text
from k2log.paths import diary_path
from k2log.store.diary import open_diary
from k2log.store.foods import foods_giving, times_logged
from k2log.store.namesakes import namesakes

app = App()


@app.command(examples=("suggest", "suggest --supplements", "suggest --month -n 10"))
@with_window
def suggest(
    ctx: Context,
    *,
    when: When = None,
    window: WindowOptions,
    supplements: Annotated[
        bool, Option("--supplements", help="Products in usual doses too.")
    ] = False,
    most: Annotated[
        int, Option("-n", "--number", min=1, max=50, help="How many foods for each nutrient.")
    ] = 5,
    as_json: Annotated[bool, Option("--json", help="Answer with JSON.")] = False,
) -> None:
    """Show servings that would close a gap.

    To a reference, or to a target of your own.

    What you have logged before comes first. Over 7 days, unless you say otherwise; it takes 3
    complete ones, and a profile.
    """
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary, diary.snapshot():
        wanted = Wanted(most, supplements, diary.settings.region, diary.settings.system)
        period = window.period(diary.day_of(now), "week", when)
        report = built_report(diary, period, now)
        least = least_amounts(gaps(report))
        foods = foods_giving(diary, least, MOST_GRAMS, supplements=supplements) if least else []
        logged = times_logged(diary) if least else {}
        answer = suggested(report, foods, logged, wanted, namesakes(diary) if least else {})
    emit(suggestions_json(answer) if as_json else suggestions_text(answer, page(ctx.obj.plain)))
