import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html import escape, unescape
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diaries import daily, entry, report
from k2log.amounts import UNKNOWN, Amount
from k2log.nutrients import HEADLINE, NUTRIENTS, READING_ORDER
from k2log.render.html import report_html
from k2log.render.html_diary import Appendix
from k2log.render.numbers import clean, show
from k2log.render.page import ReportOptions
from k2log.render.svg import svg_chart
from k2log.science.profile import Profile
from pages import parsed

USUAL = ("calcium", "vitamin_d", "vitamin_k2")
SVG = "{http://www.w3.org/2000/svg}"
WOMAN = Profile(born="1964-05-17", sex="female")
HOSTILE = "</bdi><script>alert('1')</script>\"><img src=x onerror=alert(1)> &lt; {{ 7 * 7 }} {% if"
SEVERITIES = ("warning", "caution", "info")
UNMARKED = str.maketrans("<>&\"'{}", "‹›+”’()")


@pytest.fixture
def week(k2log):
    """Log a week with empty, open and pill-only days, unknowns, ranges and an assumed portion."""
    for day in range(3, 7):
        k2log("add", "whole milk 1 cup, gouda, tofu 100g", "--on", f"-{day}")
    k2log("add", "natto 1tbsp", "--on", "-5", "--at", "8:00", "--note", "with <Yuki>")
    k2log("add", "eel 100g", "--on", "-4")
    k2log("add", "d3 2000IU", "--on", "-2")
    k2log("add", "d3 50000IU", "--on", "-9", "--every", "7d")
    k2log("add", "egg 2")


@pytest.fixture
def page(k2log):
    """Return the page that a command line writes, as elements."""

    def made(*options):
        return parsed(k2log("report", "--format", "html", "--full", *options).out)

    return made


def amount_of(said):
    return Amount(said["amount"], said["low"], said["high"], said["unknown_entries"])


def as_shown(nutrients, keys=HEADLINE):
    """Return what the amounts of report --json read as in a table."""
    return [
        show(amount_of(nutrients[key]), NUTRIENTS[key].unit) if key in nutrients else "–"
        for key in keys
    ]


# The numbers


@pytest.mark.parametrize("window", ["--week", "--month", "--year"])
def test_days_are_those_of_json(window, week, k2log, page):
    """Every day stands in the appendix with the sums that report --json gives."""
    told = json.loads(k2log("report", "--json", window).out)["days"]
    assert sum(bool(day["entries"]) for day in told) > 5

    diary = page(window).with_id("diary")

    for day in told:
        row = diary.with_id(f"day-{day['day']}")
        assert [cell.text for cell in row.all("td")] == as_shown(day["nutrients"])


def test_means_are_those_of_json(week, k2log, page):
    """In all, from food, from supplements, and what has no figure."""
    told = json.loads(k2log("report", "--json").out)
    days = told["period"]["complete_days"]

    rows = page().with_id("means").rows()[1:]

    for (name, *cells), (key, part) in zip(rows, told["nutrients"].items(), strict=True):
        kind = NUTRIENTS[key]
        parts = [amount_of(part[of]).times(1 / days) for of in ("food", "supplement")]
        means = [amount_of(part["mean_per_complete_day"]), *parts]
        assert name == f"{kind.name} {kind.unit}"
        assert cells[:3] == [show(amount, kind.unit) for amount in means]
        assert cells[3] == str(part["total"]["unknown_entries"])


def test_foods_are_those_of_json(week, k2log, page):
    """With how often each was logged."""
    told = json.loads(k2log("report", "--json").out)["foods"]

    rows = page().with_id("foods").rows()[1:]

    assert rows == [
        [food["food"], str(food["entries"]), *as_shown(food["nutrients"])] for food in told
    ]


def test_entries_are_those_of_the_log(week, k2log, page):
    """As typed and as understood, with ranges and what is unknown."""
    told = json.loads(k2log("log", "--week", "--json").out)
    assert len(told) > 12

    diary = page().with_id("diary")

    for each in told:
        row = diary.with_id(f"entry-{each['id']}")
        assert [cell.text for cell in row.all("td")][1:] == as_shown(each["nutrients"])
        assert each["food"].removesuffix(" (US)") in row.text
    assert "typed “gouda”; usual serving; amount assumed" in diary.text
    assert "08:00 Natto · 1 tbsp = 11 g" in diary.text


def test_all_nutrients_have_columns(week, page):
    """With --all."""
    head = page("--all").with_id("days").rows()[0]
    kinds = [NUTRIENTS[id_] for id_ in READING_ORDER]

    assert head[1:] == [f"{kind.name} {kind.unit}" for kind in kinds]


def test_the_share_of_assumed_portions_is_said(k2log, page):
    """Half of this calcium is from a slice that nobody weighed."""
    k2log("add", "gouda 28g, gouda", "--on", "-1")

    assert "50% of the calcium in these entries rests on portions that were assumed" in page().text


def test_a_dose_from_before_is_listed(week, page):
    """The sums of the first days hold a part of it."""
    before = page().with_id("day-before").parent

    assert before.text.startswith("Before 15–21 November 2026 doses that last into these days")
    assert "Thu 12 Nov Vitamin D3 · 50000 IU, every 7 days" in before.text


# What is said of them


def test_every_caveat_is_whole(week, k2log, page):
    """Message, severity, evidence, and a numbered line for each citation."""
    k2log("profile set --born 1964 --sex female --medicine warfarin")
    told = json.loads(k2log("caveats", "--json").out)["caveats"]

    whole = page()
    works = [item.text for item in next(
        each for each in whole.all("ol") if each.attributes["class"] == "literature"
    ).all("li")]  # fmt: skip
    remarks = next(each for each in whole.all("ul") if each.attributes.get("class") == "remarks")

    assert len(told) == len([*remarks.all("li")]) > 3
    assert item_kinds(remarks) == sorted(item_kinds(remarks), key=SEVERITIES.index)
    for caveat in told:
        message = " ".join(caveat["message"].split())
        [item] = [each for each in remarks.all("li") if message in each.text]
        assert f" {caveat['severity']}, " in item.text.partition(message)[0]
        cited = [int(number) for number in re.findall(r"\[(\d+)\]", item.text)]
        assert [works[number - 1] for number in cited] == [
            " ".join(line.split()) for line in caveat["citations"]
        ]


def test_sources_of_figures_are_named(week, page):
    """Those that the entries use, and no other."""
    [sources] = (it for it in page().all("dl") if it.attributes["class"] == "sources")
    keys = [it.text for it in sources.all("dt")]

    assert "usda_sr28" in keys
    assert keys == sorted(set(keys))
    assert "own-label" not in keys


def test_k2_has_no_bar_and_no_percentage(week, k2log, page):
    """Calcium and vitamin D have."""
    k2log("profile set --born 1964 --sex female --target k2=100mcg")

    rows = [*page().with_id("references").all("tr")]
    barred = {next(row.all("th")).text for row in rows if any(row.all("svg"))}
    [k2] = (row.text for row in rows if "K2" in row.text)

    assert barred == {"Calcium", "Vitamin D"}
    assert "%" not in k2


def test_nothing_logged_is_a_page_too(page):
    """It says so."""
    assert "Nothing was logged in these days." in page().text


def test_a_single_day_lists_its_foods(week, page):
    """Without a picture: one bar says no more than its number."""
    day = page("--day")

    assert "Egg" in day.with_id("days").text
    assert not list(day.all("figure"))


def item_kinds(remarks):
    """Return the severity of each remark, in the order of the page."""
    return [str(item.attributes["class"]) for item in remarks.all("li")]


# The profile


@pytest.mark.parametrize("form", ["html", "json", "markdown"])
def test_without_the_profile_nothing_of_it_shows(form, week, k2log):
    """The report is the one that somebody without a profile would get."""
    full = ["--full"] * (form == "html")
    before = k2log("report", "--no-profile", "--format", form, *full).out
    k2log(
        *("profile", "set", "--born", "1964", "--sex", "female", "--condition", "osteoporosis"),
        *("--medicine", "warfarin", "--target", "calcium=1000mg"),
    )

    assert "Whole milk" in before
    assert k2log("report", "--no-profile", "--format", form, *full).out == before
    assert "warfarin" not in before
    assert "warfarin" in k2log("report", "--format", form).out


def test_notes_may_name_a_medicine(week, k2log):
    """So they go with the profile."""
    assert "Yuki" in k2log("report", "--format", "html", "--full").out
    anonymous = k2log("report", "--format", "html", "--full", "--no-profile").out
    assert "Natto" in anonymous
    assert "Yuki" not in anonymous


def test_what_is_left_out_is_said(week, page):
    """References too, as they tell age and sex."""
    said = page("--no-profile").text

    assert "Made without the profile" in said
    assert "References depend on age and sex, and are left out" in said
    assert "k2log profile set" not in said


def test_the_profile_is_shown(week, k2log, page):
    """Who, medicines and conditions; not what was never said."""
    k2log("profile set --born 1964 --sex female --medicine levothyroxine@07:00")

    [who] = (it for it in page().all("dl") if it.attributes["class"] == "who")

    assert who.text == "Person woman, born 1964 (61 or 62) Medicines levothyroxine, 07:00"


def test_beside_an_antagonist_nothing_is_said_of_little_k2(week, k2log, page):
    """The line on the hypothesis stays away, and vitamin K1 is shown."""
    assert "contested hypothesis" in next(page().all("footer")).text
    k2log("profile set --medicine warfarin")

    assert "contested hypothesis" not in page().text
    assert "Vitamin K1 µg" in page().with_id("days").rows()[0]


# The page


def test_nothing_is_fetched_and_nothing_runs(week, page):
    """No script, no image, no link but within the page, and a policy that says so."""
    whole = page()

    assert not [*whole.all("script", "img", "link", "iframe", "object", "form")]
    links = [link.attributes["href"] for link in whole.all("a")]
    assert len(links) > 5
    assert all(link.startswith("#") for link in links)
    assert not [it for it in whole.every() if any(name.startswith("on") for name in it.attributes)]
    style = "".join(each.text for each in whole.all("style"))
    assert "{" in style
    assert "@import" not in style
    assert "url(" not in style
    [policy] = (it for it in whole.all("meta") if "http-equiv" in it.attributes)
    assert policy.attributes["content"].startswith("default-src 'none'")


def test_links_lead_somewhere(week, k2log, page):
    """Every target is on the page, once."""
    k2log("profile set --born 1964 --sex female --medicine levothyroxine@07:00")
    whole = page()
    ids = [it.attributes["id"] for it in whole.every() if "id" in it.attributes]

    assert len(ids) == len(set(ids))
    assert set() < {link.attributes["href"][1:] for link in whole.all("a")} <= set(ids)


def test_headings_and_tables_tell_the_structure(week, page):
    """One h1, no level skipped, a caption for each table, a scope for each heading cell."""
    whole = page()
    levels = [int(it.tag[1]) for it in whole.all("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(second - first <= 1 for first, second in pairwise(levels))
    assert len(levels) > 5
    assert len([*whole.all("table")]) > 3
    assert len([*whole.all("th")]) > 30
    assert all([*table.all("caption")] for table in whole.all("table"))
    assert all(cell.attributes.get("scope") for cell in whole.all("th"))
    assert next(whole.all("html")).attributes["lang"] == "en-GB"


def test_signs_have_names(week, page):
    """Who listens hears words."""
    named = {
        it.text: it.attributes["aria-label"]
        for it in page().all("span")
        if it.attributes.get("role") == "img"
    }

    assert named == {"+?": "plus an unknown part", "?": "unknown", "–": "no figure"}


def test_a_page_is_ascii(week, k2log):
    """Any pipe carries it, whatever its encoding; the file is the same."""
    made = k2log("report", "--format", "html", "--full").out

    assert made.isascii()
    assert "Vitamin K2 µg" in parsed(made).text
    assert "103 (9–127)" in parsed(made).text


def test_a_terminal_is_no_place_for_a_page(diary):
    """It needs a file, and says so."""
    script = (
        "import pty, sys; sys.exit(pty.spawn([sys.executable, '-m', 'k2log', *sys.argv[1:]]) >> 8)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "report", "--format", "html"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "-o report.html" in done.stdout


@pytest.mark.parametrize("split", [("--by", "food"), ("--trend",)])
def test_a_page_is_not_split(split, week, k2log):
    """It holds the days."""
    result = k2log("report", "--format", "html", *split)

    assert (result.code, result.out) == (2, "")


def test_caveats_can_be_left_out(week, page):
    """The page says that this was asked for."""
    assert "On request, no remark is shown." in page("--caveats", "none").text


@settings(max_examples=25)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
        str.strip
    ),
    calcium=st.sampled_from([Amount.of(12), Amount.of(300, 100, 400), Amount.partial(9), UNKNOWN]),
    typed=st.text(max_size=20),
    kind=st.sampled_from(["day", "week", "year"]),
)
@example(HOSTILE, Amount.of(12), HOSTILE, "day")
@example("Ciprofloxacin, natto & iron <b>500</b>", UNKNOWN, "", "week")
def test_any_text_is_only_text(name, calcium, typed, kind):
    """Whatever a food is called, the page has the same elements, and the name is read in it.

    What is said of a food may depend on the words of its name, so it stands against the same words
    without markup, and with its words spoilt against a plain name.
    """
    spoilt = re.sub(r"([^\W_])", r"\1z", name)
    pages = [
        parsed(_page(each, calcium, typed, kind))
        for each in (name, name.translate(UNMARKED), spoilt, "x")
    ]
    named, unmarked, unknown, plain = ([it.tag for it in page.every()] for page in pages)

    assert named == unmarked
    assert unknown == plain
    assert _as_read(name) in pages[0].text
    assert _as_read(spoilt) in pages[2].text
    assert typed.isspace() or _as_read(typed) in pages[0].text


def _as_read(text):
    """Return a text as the parser reads it: it takes some code points for none."""
    sent = escape(clean(text)).encode("ascii", "xmlcharrefreplace").decode()
    return " ".join(unescape(sent).split())


def _page(name, calcium, typed, kind):
    logged = entry(0, name, calcium=calcium)._replace(
        id=1,
        note=name,
        meal=name,
        working={"typed": typed, "how": name, "from": [["a", name.replace(",", "."), "b"]]},
    )
    return "".join(
        report_html(report([logged], kind), Appendix(lambda: [logged]), ReportOptions(full=True))
    )


def test_an_imported_entry_may_not_say_where_it_is_from():
    """Or say it in a form that nobody knows."""
    entries = [
        entry(1, "soup", calcium=1)._replace(id=at, working={"from": held})
        for at, held in enumerate([None, 7, "usda", [1], [["measured", 3, "calcium"]]], 1)
    ]

    page = parsed(
        "".join(report_html(report(entries), Appendix(lambda: entries), ReportOptions(full=True)))
    )

    assert "5 entries do not say where the figures are from." in page.text


# Pictures


def drawn(made, nutrients=USUAL):
    return ET.fromstring(svg_chart(made, nutrients))


def paths(picture, kind):
    return [it.get("d") for it in picture.iter(f"{SVG}path") if it.get("class") == kind]


def words(picture):
    return " ".join("".join(picture.itertext()).split())


def test_a_picture_says_what_it_shows():
    """Title, description, and the references in words."""
    made = report(daily(range(1, 6), calcium=Amount.of(1000, 800, 1300)), profile=WOMAN)

    picture = drawn(made, ["calcium"])

    assert picture.get("role") == "img"
    named = [it.text for it in picture if it.get("id") in picture.get("aria-labelledby").split()]
    title, described = named
    assert title == "Calcium, mg a day, 15–21 November 2026"
    assert described == (
        "Calcium: 7 days, 2 without a bar; best estimates from 1000 to 1000 mg. Lines: US upper"
        " level 2000 mg; US RDA 1200 mg; EU PRI 950 mg. Above the top of the scale: EU upper level"
        " 2500 mg."
    )


def test_bars_are_as_high_as_amounts():
    """On one scale with the whisker: the likely range or, without one, 800 to 1300 around 1000."""
    made = report([entry(1, calcium=Amount.of(1000, 800, 1300))])
    [day] = made.likely.values()

    for shown, amount, meaning in (
        (made, day["calcium"], "nine of ten truths"),
        (made._replace(likely={}), Amount.of(1000, 800, 1300), "lowest to highest published"),
    ):
        picture = drawn(shown, ["calcium"])
        [bar] = re.findall(r"v([\d.]+)", paths(picture, "food")[-1])
        whisker = re.findall(r"M\S+ ([\d.]+)V([\d.]+)", paths(picture, "range")[-1])[0]
        top, bottom = map(float, whisker)
        span = (amount.high or 0) - (amount.low or 0)
        assert (bottom - top) / float(bar) == pytest.approx(span / 1000, abs=0.01)
        assert meaning in words(picture)


def test_food_and_supplements_are_told_apart():
    """The one is filled, the other hatched, on top of it."""
    made = report([entry(1, calcium=600), entry(1, "tablet", pill=True, calcium=300)])

    picture = drawn(made, ["calcium"])
    hatched = [it for it in picture.iter(f"{SVG}path") if (it.get("fill") or "").startswith("url")]

    assert {it.get("class") for it in hatched} == {"pills"}
    heights = [
        float(re.findall(r"v([\d.]+)", paths(picture, kind)[-1])[0]) for kind in ("food", "pills")
    ]
    assert heights[0] / heights[1] == pytest.approx(2, abs=0.02)


def test_empty_days_are_bands():
    """A run of them is one."""
    made = report([*daily([6, 3, 2, 1, 0], calcium=500)])

    bands = paths(drawn(made, ["calcium"]), "none")[-1]

    assert bands.count("z") == 1
    assert "nothing logged" in words(drawn(made, ["calcium"]))


def test_what_is_not_all_has_a_sign():
    """``+?`` over the bar, a ring where there is no room."""
    entries = [entry(1, vitamin_k2=Amount.partial(20))]

    assert words(drawn(report(entries), ["vitamin_k2"])).count("+?") == 2
    assert paths(drawn(report(entries, "month"), ["vitamin_k2"]), "more")


def test_k2_has_no_line_but_for_a_figure_of_ones_own():
    """And no reference exists, whatever somebody aims at."""
    mine = WOMAN._replace(targets={"vitamin_k2": 100.0})
    made = report(daily(range(7), vitamin_k2=50.0), profile=mine)

    picture = drawn(made, ["vitamin_k2"])

    assert len(paths(picture, "level")) == 1
    assert "your figure 100 µg" in words(picture)
    assert "no reference exists" in words(picture)
    assert not paths(drawn(made._replace(standings=()), ["vitamin_k2"]), "level")


def test_far_upper_levels_do_not_flatten_the_bars():
    """They are named instead."""
    made = report(daily(range(7), calcium=500), profile=WOMAN)

    said = words(drawn(made, ["calcium"]))

    assert "Above the top of the scale: EU upper level 2500 mg; US upper level 2000 mg." in said
    assert not paths(drawn(made, ["calcium"]), "level upper")


@pytest.mark.parametrize(
    ("kind", "bars"), [("day", "1 day"), ("month", "30 days"), ("year", "53 weeks")]
)
def test_long_windows_have_fewer_bars(kind, bars):
    """A year has its weeks."""
    assert f"Calcium: {bars}, " in words(drawn(report(daily(range(40), calcium=500), kind)))


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 400),
            st.floats(0, 1e6, allow_subnormal=False),
            st.booleans(),
            st.sampled_from(["known", "partial", "unknown"]),
        ),
        max_size=12,
    ),
    st.sampled_from(["day", "week", "month", "year"]),
    st.sampled_from([Profile(), WOMAN, Profile(born="1990")]),
)
def test_any_diary_can_be_drawn(logged, kind, profile):
    """Well formed, and nothing outside the picture."""
    kinds = {"known": Amount.of, "partial": Amount.partial, "unknown": lambda _: UNKNOWN}
    entries = [
        entry(day, pill=pill, calcium=kinds[state](value), vitamin_k2=kinds[state](value / 7))
        for day, value, pill, state in logged
    ]

    picture = drawn(report(entries, kind, profile=profile))

    assert "Calcium" in words(picture)
    wide, tall = float(picture.get("width")), float(picture.get("height"))
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= wide
        assert 0 <= float(text.get("y")) <= tall


# chart -o


def test_a_chart_can_be_saved_as_svg(week, k2log, tmp_path):
    """What is asked for, as text that any browser draws."""
    result = k2log("chart", "k2", "--month", "-o", str(tmp_path / "k2.svg"))

    assert result == (0, "", f"the picture is in {tmp_path / 'k2.svg'}\n")
    assert "Vitamin K2, µg a day" in (tmp_path / "k2.svg").read_text(encoding="utf-8")


def test_a_chart_can_be_saved_as_png(week, k2log, tmp_path):
    """With its words: they are painted, not left out."""
    pytest.importorskip("resvg_py")

    result = k2log("chart", "-o", str(tmp_path / "week.png"))

    assert result.code == 0, result.err
    made = (tmp_path / "week.png").read_bytes()
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20], "big") == 1440


@pytest.mark.parametrize(
    ("prefix", "way"),
    [
        ("/home/ann/.local/pipx/venvs/k2log", ": pipx inject k2log resvg-py."),
        ("/home/ann/.local/share/uv/tools/k2log", "uv tool install that you used, with --with"),
        ("/home/ann/venv", "-m pip install resvg-py."),
    ],
)
def test_png_without_its_package_says_how_to_get_it(
    prefix, way, week, k2log, tmp_path, monkeypatch
):
    """In the way in which k2log itself was installed; and what needs none."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.setattr(sys, "prefix", prefix)

    result = k2log("chart", "-o", str(tmp_path / "week.png"))

    assert result.code == 1
    assert way in result.err
    assert "-o NAME.svg" in result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "week.png").exists()


@pytest.mark.parametrize(("name", "code"), [("week.gif", 2), ("week", 2), ("no/week.svg", 1)])
def test_what_cannot_be_drawn_is_refused(name, code, week, k2log, tmp_path):
    """In one line, with nothing written."""
    before = set(tmp_path.rglob("*.svg"))

    result = k2log("chart", "-o", str(tmp_path / name))

    assert result.code == code
    assert result.err.count("\n") == 1
    assert set(tmp_path.rglob("*.svg")) == before


@pytest.mark.parametrize("command", ["chart -o {}.svg", "report --format html -o {}.html"])
def test_a_file_is_replaced_only_on_request(command, week, k2log, tmp_path):
    """With --force."""
    asked = command.format(tmp_path / "mine")

    codes = [k2log(line).code for line in (asked, asked, f"{asked} --force")]

    assert codes == [0, 1, 0]


def test_jinja_is_loaded_for_pages_only(week):
    """Other reports start without it."""
    script = (
        "import sys; from k2log.cli import run; run(['report']); print('jinja2' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert "Vitamin K2 µg" in done.stdout
    assert done.stdout.endswith("False\n")


def test_the_day_of_the_report_is_said(week, page):
    """With the edition of the catalogue and the version."""
    footer = next(page().all("footer")).text

    assert re.match(r"Made by k2log \S+ on Saturday 21 November 2026, 12:00, with edition", footer)
