"""``k2log chart``: the days as bars, with ranges and references."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from k2log import clock
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, note, page
from k2log.commands.report import built_report
from k2log.commands.window import WHEN_HELP, WindowOptions, with_window
from k2log.errors import UnreadableError
from k2log.files import whole_file
from k2log.grammar.nutrients import nutrient_words, nutrients
from k2log.nutrients import HEADLINE, NUTRIENTS
from k2log.paths import diary_path
from k2log.report.model import Report
from k2log.store.diary import open_diary

app = App()

_USUAL: Final = [NUTRIENTS[id_].words[0] for id_ in HEADLINE]


def nutrient_word(incomplete: str) -> list[str]:
    """Return the nutrients whose words begin so."""
    return [word for word in nutrient_words() if word.startswith(incomplete.lower())]


@app.command(examples=("chart", "chart calcium last month", "chart -o week.svg"))
@with_window
def chart(
    ctx: Context,
    *,
    names: Annotated[
        list[str] | None,
        Argument(
            metavar="NUTRIENT... WHEN...",
            help=f"{', '.join(nutrient_words())}; else {', '.join(_USUAL)}. {WHEN_HELP}",
            autocompletion=nutrient_word,
        ),
    ] = None,
    window: WindowOptions,
    output: Annotated[
        Path | None,
        Option("-o", "--output", metavar="FILE", help="A picture: NAME.svg or NAME.png."),
    ] = None,
    force: Annotated[bool, Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Draw each day's calcium, vitamin D and K2.

    With ranges and references. Over 7 days, unless you say otherwise. In a pipe, or with
    --plain, the same in words.
    """
    from k2log.render.chart_text import chart_text

    now = clock.now()
    with open_diary(diary_path(ctx.obj.db)) as diary, diary.snapshot():
        wanted, when = _what_and_when(names or [], diary.day_of(now))
        period = window.period(diary.day_of(now), "week", when)
        built = built_report(diary, period, now)
    if output:
        _save(built, wanted, output, force=force, keep=diary_path(ctx.obj.db))
    else:
        emit(chart_text(built, wanted, page(ctx.obj.plain, diary.settings.colour)))


def _what_and_when(words: Sequence[str], today: date) -> tuple[Sequence[str], Sequence[str]]:
    """Return the nutrients among words, and the words of a window: ``calcium last month``.

    Raises UnreadableError for words that are neither.
    """
    try:
        return nutrients(words) if words else [], []
    except UnreadableError as error:
        no_nutrient = error
    from k2log.grammar.windows import NotAWindowError, window  # few charts need it

    for size in range(len(words), 0, -1):
        for when, names in (
            (words[-size:], words[:-size]),
            (words[:size], words[size:]),
        ):
            with suppress(NotAWindowError):
                window(" ".join(when), today)
                return nutrients(names) if names else [], when
    raise no_nutrient


def _save(built: Report, wanted: Sequence[str], output: Path, *, force: bool, keep: str) -> None:
    from k2log.render.chart import usual
    from k2log.render.svg import picture

    drawn = picture(built, wanted or usual(built), output)
    with whole_file(output, force=force, keep=keep) as file:
        file.write(drawn)
    note(f"the picture is in {output}")
