from itertools import pairwise

import pytest
import typer

from k2log.catalogue.read import load
from k2log.cli import typer_program
from k2log.commands.completing import EXPLAINED, explainable
from k2log.features.explain.topics import topic_text, topics_text
from k2log.render.page import Page
from k2log.science.pattern import PARADOX_LINE
from k2log.science.rules import RULES
from k2log.science.topics import Topic, find_topic, handle_key, load_topics

TOPICS = load_topics()
SECTIONS = ("What is known", "How sure", "What is not known", "Sources:")

every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def test_alone_it_lists_the_topics_as_questions(k2log):
    """One a line, and then what else it takes."""
    result = k2log("explain")

    assert result.code == 0, result
    for topic in TOPICS:
        assert f"  {topic.name} " in result.out
        assert f"  {topic.question}\n" in result.out
    assert all(f"  {also} " in result.out for also in ("FOOD", "sources", "targets"))


@every_topic
def test_a_topic_says_what_is_known_how_sure_and_what_is_not(topic, k2log):
    """In this order, below its question, and names its sources."""
    lines = k2log("explain", topic.name).out.splitlines()

    assert lines[:2] == [f"Topic {topic.name}: {topic.title}", topic.question]
    assert [line for line in lines if line in SECTIONS] == list(SECTIONS)
    assert lines[-1].startswith("  ")


@pytest.mark.parametrize(
    "said",
    [
        "hypothesis",
        "contested",
        "mixed",
        "lets calcium settle in artery walls rather than in bone",
        "no authority has set a reference intake for K2",
        "the 90 and 120 µg often quoted are US adequate intakes for vitamin K as a whole",
    ],
)
def test_the_topic_on_the_paradox_says_what_stands_under_reports(said, k2log):
    """In the same words where they matter."""
    assert said in PARADOX_LINE
    assert said in k2log("explain calcium-paradox").out.replace("Contested", "contested")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Calcium Paradox", "The calcium paradox"),
        ("calcium_paradox", "The calcium paradox"),
        ("calciumparadox", "The calcium paradox"),
        ("K2 artery", "Vitamin K2 and the arteries"),
        ("MK-4 MK-7", "MK-4 and MK-7"),
        ("k2 fractures", "Vitamin K2, bone density and fractures"),
        ("apixaban", "Direct oral anticoagulants"),
        ("2:1", "Magnesium, and two parts calcium to one of magnesium"),
    ],
)
def test_a_topic_answers_to_how_people_write_it(typed, title, k2log):
    """Case, spaces, hyphens and plural are no matter; other names lead to it too."""
    assert f": {title}\n" in k2log("explain", *typed.split()).out.splitlines(keepends=True)[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_caveat_leads_to_its_topic(rule):
    """The id that stands under ``k2log caveats`` can be asked about."""
    assert find_topic(rule.id, TOPICS)


def test_a_topic_comes_before_a_food_of_the_same_name(k2log):
    """The food is had by its key."""
    k2log("foods add sun --per 100g --calcium 1mg")

    assert k2log("explain sun").out.startswith("Topic sun: Vitamin D from the sun\n")
    assert k2log("explain food:own:sun").out.startswith("Food: sun  (food:own:sun)\n")


def test_no_topic_hides_a_food_of_the_catalogue():
    """No handle of a topic is the name of a food, but where who asks means the organ or both."""
    foods = {handle_key(name) for food in load().foods for name in food.names}
    assert handle_key("gouda") in foods

    assert [h for topic in TOPICS for h in topic.handles if handle_key(h) in foods] == [
        "calcium and vitamin d", "kidney",
    ]  # fmt: skip


def test_no_two_topics_answer_to_the_same():
    """Nor to a word that explain keeps for itself."""
    handles = [handle_key(handle) for topic in TOPICS for handle in topic.handles]

    assert sorted(handles) == sorted(set(handles))
    assert not {"source", "target", "food"} & set(handles)


def test_what_is_neither_topic_nor_food_is_told_in_one_line(k2log):
    """With the way to the topics, and no food that has nothing to do with it."""
    result = k2log("explain homoeopathy")

    assert (result.code, result.out) == (3, "")
    assert result.err == ('k2log: nothing here is about "homoeopathy". All topics: k2log explain\n')


def test_a_topic_needs_no_diary(k2log, diary):
    """And makes none."""
    k2log("explain sun")

    assert not diary.exists()


def test_targets_are_explained(k2log):
    """Reference intakes and upper levels, before anything was told."""
    result = k2log("explain targets")

    assert result.code == 0, result
    assert "K2" in result.out


@pytest.mark.parametrize("columns", [50, 80])
@every_topic
def test_a_narrow_terminal_cuts_nothing(topic, columns):
    """Lines wrap, and every word of the wide text is there."""
    narrow = topic_text(topic, Page(columns))

    assert max(map(len, narrow.splitlines())) <= columns
    assert narrow.split() == topic_text(topic, Page(None)).split()


def test_the_list_fits_a_narrow_terminal():
    """Questions go below the names there."""
    narrow = topics_text(TOPICS, Page(50))

    assert max(map(len, narrow.splitlines())) <= 50
    assert "  calcium-paradox\n    Does calcium settle" in narrow


@every_topic
def test_a_number_stays_with_its_unit(topic):
    """No line ends in a number whose unit begins the next."""
    lines = topic_text(topic, Page(50)).splitlines()

    assert not [
        (line, below)
        for line, below in pairwise(lines)
        if line[-1:].isdigit() and below.startswith(("mg", "µg", "IU"))
    ]


@every_topic
def test_a_pipe_gets_a_paragraph_a_line(topic: Topic):
    """Whatever its length."""
    lines = topic_text(topic, Page(None)).splitlines()

    assert set(lines) >= {*topic.known, *topic.sure, *topic.unknown}


def test_completion_knows_every_topic():
    """In the order of the file, then the two words that are no topics."""
    assert [*(topic.name for topic in TOPICS), "sources", "targets"] == list(EXPLAINED)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nat", ["natto-egg-yolk", "natto"]),
        ("Calcium-H", ["calcium-heart"]),
        ("", list(EXPLAINED)),
    ],
)
def test_what_can_be_explained_completes(typed, offered, k2log):
    """Topics, then foods of the diary."""
    k2log("add natto 1tbsp")
    context = typer.Context(typer.main.get_command(typer_program()))

    assert explainable(context, typed)[: len(offered)] == offered


def test_a_rule_says_whether_it_speaks_at_logging(k2log):
    """Or only in reports, and why."""
    said = k2log("explain", "pregnancy-food").out.replace("\n", " ")
    later = k2log("explain", "calcium-over-ul").out.replace("\n", " ")

    assert "It is said when something is logged, too." in said
    assert "It is said in reports only: it needs a mean over days" in later
