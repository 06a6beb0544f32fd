"""``k2log profile``: what references and notes depend on, told by the user, kept in the diary."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from k2log import clock
from k2log.commands.asking import choice
from k2log.commands.declaration import App, Argument, Context, Option
from k2log.commands.output import emit, page
from k2log.features.profile.changes import (
    PARTS,
    ContradictionError,
    ProfileChange,
    change_profile,
    clear_parts,
)
from k2log.grammar.nutrients import target, target_examples
from k2log.grammar.person import authority, birth, life_stage, regimen, sex
from k2log.paths import diary_path
from k2log.render.profile import cleared_text, effects_text, profile_json, profile_text
from k2log.science.name_lists import effect_of, find_condition, find_medicine
from k2log.science.profile import BREASTFEEDING, NOBODY, PREGNANT, Condition, Medicine, Profile
from k2log.store.diary import open_diary
from k2log.store.settings import stated_profile, update_profile
from k2log.text import shown

app = App(no_args_is_help=True,
    help="Age, sex, medicines: for references and notes. All optional.",
)  # fmt: skip

Texts = list[str] | None
_COMMAND_LENGTH = 200


@app.command(
    "set",
    no_args_is_help=True,
    examples=(
        "profile set --born 1964 --sex female",
        "profile set --medicine levothyroxine@07:00 --medicine warfarin",
        "profile set --condition osteoporosis --target calcium=1000mg",
    ),
)
def set_(
    ctx: Context,
    born: Annotated[str | None, Option(metavar="YEAR", help="1964, or a date: 1964-05-17.")] = None,
    sex: Annotated[str | None, Option(metavar="SEX", help="female or male.")] = None,
    life_stage: Annotated[
        str | None, Option(metavar="STAGE", help="pregnant, breastfeeding or none.")
    ] = None,
    pregnant: Annotated[
        bool, Option("--pregnant", help="Short for --life-stage pregnant.")
    ] = False,
    breastfeeding: Annotated[
        bool, Option("--breastfeeding", help="Short for --life-stage breastfeeding.")
    ] = False,
    menopause: Annotated[
        bool | None, Option("--menopause/--no-menopause", help="Past the menopause or not.")
    ] = None,
    authority: Annotated[
        str | None,
        Option(
            metavar="AUTHORITY",
            help="Whose references: NASEM, EFSA, UK, JAPAN-MHLW or both. Else your region's.",
        ),
    ] = None,
    medicine: Annotated[
        Texts,
        Option(
            metavar="MEDICINE",
            help='Add one, with times if you like: "alendronate@mon 07:00". Repeatable.'
            " A leading = keeps a name as typed.",
        ),
    ] = None,
    no_medicines: Annotated[bool, Option("--no-medicines", help="You take none.")] = False,
    remove_medicine: Annotated[
        Texts, Option(metavar="MEDICINE", help="Take one off the list. Repeatable.")
    ] = None,
    condition: Annotated[
        Texts, Option(metavar="CONDITION", help="Add one that rules know. Repeatable.")
    ] = None,
    no_conditions: Annotated[bool, Option("--no-conditions", help="You have none.")] = False,
    remove_condition: Annotated[
        Texts, Option(metavar="CONDITION", help="Take one off the list. Repeatable.")
    ] = None,
    target: Annotated[
        Texts,
        Option(
            metavar="NUTRIENT=AMOUNT",
            help=f"A daily figure of your own: {target_examples()};"
            " calcium=none takes it away. Repeatable.",
        ),
    ] = None,
) -> None:
    """Tell k2log about yourself. Everything given is saved, or nothing."""
    given = {name: value for name, value in ctx.params.items() if value or value == ""}
    given |= {"menopause": menopause} if menopause is not None else {}
    now = clock.now()
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        today = diary.day_of(now)
        change = _change(given, stated_profile(diary), today)
        before, after = update_profile(
            diary, lambda it: change_profile(it, change, today), _command(given), clock.utc(now)
        )
        region = diary.settings.region
    emit(_saved(before, after, today, ctx.obj.plain, region), "the profile was saved")


def _change(given: Mapping[str, Any], profile: Profile, today: date) -> ProfileChange:
    """Return what options say; medicines come last, as they may have to be asked about."""
    return ProfileChange(
        plain=_plain(given, today),
        no_medicines=given.get("no_medicines", False),
        without_medicines=given.get("remove_medicine", ()),
        conditions=[find_condition(text, choice) for text in given.get("condition", ())],
        no_conditions=given.get("no_conditions", False),
        without_conditions=given.get("remove_condition", ()),
        targets=[target(text) for text in given.get("target", ())],
        medicines=[_medicine(text, profile, today) for text in given.get("medicine", ())],
    )


def _plain(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the fields that options set. Raises ContradictionError for two life stages."""
    stages = [given.get("life_stage"), *(it for it in (PREGNANT, BREASTFEEDING) if it in given)]
    stages = [stage for stage in dict.fromkeys(stages) if stage is not None]
    if len(stages) > 1:
        raise ContradictionError("the profile holds one life stage: name one")
    readers: dict[str, Callable[[str], Any]] = {
        "born": lambda text: birth(text, today),
        "sex": sex,
        "life_stage": life_stage,
        "authority": authority,
        "menopause": lambda flag: flag,
    }
    values = {**given, **({"life_stage": stages[0]} if stages else {})}
    return {name: read(values[name]) for name, read in readers.items() if name in values}


def _medicine(text: str, profile: Profile, today: date) -> Medicine:

    name, times, days, until = regimen(text, today)
    medicine = find_medicine(name, profile.medicines or (), choice)
    since = today if until else None
    return medicine._replace(times=times, days=days, until=until, since=since)


def _command(given: Mapping[str, Any]) -> str:
    """Return the options as ``k2log undo`` names them."""
    options = [
        option if each is True else f"--no-{name}" if each is False else f"{option} {each}"
        for name, value in given.items()
        for option in (f"--{name.replace('_', '-')}",)
        for each in (value if isinstance(value, list | tuple) else [value])
    ]
    return shown(f"profile set {' '.join(options)}", _COMMAND_LENGTH)


def _saved(before: Profile, after: Profile, today: date, plain: bool, region: str | None) -> str:
    """Return the profile, and what is done with the medicines and conditions that are new."""
    columns = page(plain).columns
    new = [it for it in _current(after, today) if it not in _current(before, today)]
    effects = effects_text([(it, effect_of(it)) for it in new], columns)
    return profile_text(after, today, columns, region) + (f"\n{effects}" if effects else "")


def _current(profile: Profile, today: date) -> list[Medicine | Condition]:
    taken = [it for it in profile.medicines or () if it.until is None or it.until >= today]
    return [*taken, *(profile.conditions or ())]


@app.command()
def show(
    ctx: Context,
    as_json: Annotated[bool, Option("--json", help="As JSON.")] = False,
) -> None:
    """Show what the profile holds, and what was not said."""
    with open_diary(diary_path(ctx.obj.db)) as diary:
        profile, today = stated_profile(diary), diary.day_of(clock.now())
        region = diary.settings.region
    emit(
        profile_json(profile) if as_json else _saved(NOBODY, profile, today, ctx.obj.plain, region)
    )


def part(incomplete: str) -> list[str]:
    """Return the parts of a profile that begin so."""
    return [name for name in PARTS if name.startswith(incomplete)]


@app.command()
def clear(
    ctx: Context,
    parts: Annotated[
        list[str] | None,
        Argument(
            metavar="[WHAT]...",
            help="born, sex, life-stage, menopause, authority, medicines, conditions, targets."
            " Else everything.",
            autocompletion=part,
        ),
    ] = None,
) -> None:
    """Take the profile, or parts of it, away."""
    wanted = parts or []
    with open_diary(diary_path(ctx.obj.db), create=True) as diary:
        command, at = " ".join(["profile clear", *wanted]), clock.utc(clock.now())
        before, after = update_profile(diary, lambda it: clear_parts(it, wanted), command, at)
    gone = cleared_text(before, after)
    emit(gone or "nothing to clear: it was not said\n", "it was cleared" if gone else "")
