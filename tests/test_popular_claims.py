"""What people have read in articles, and the answer that ``k2log explain`` has for it.

Every claim, dose, interaction and piece of advice of five popular articles, in other words than
theirs: right, wrong and in between. Each leads to a topic that takes it up, with a telling phrase.
"""

import csv
from pathlib import Path

import pytest

from k2log.features.explain.results import results_text
from k2log.features.explain.search import indexed, roots, search
from k2log.features.explain.topics import topic_text
from k2log.render.page import PIPE
from k2log.science.topics import find_topic, load_topics

TOPICS = load_topics()
INDEX = [indexed(topic) for topic in TOPICS]
TABLE = Path(__file__).parent / "fixtures" / "popular-claims.csv"
with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = [(row["claim"], row["topic"], row["phrase"]) for row in csv.DictReader(lines)]

every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def shown_first(out: str) -> str:
    """Return the topic that is shown, or stands first in a short list."""
    for line in out.splitlines():
        if line.startswith("Topic "):
            return line.split()[1].rstrip(":")
    _, _, topics = out.partition("Topics: k2log explain NAME\n")
    return topics.split()[0] if topics else ""


def test_the_table_has_every_claim():
    """118 of them, none twice."""
    assert len({claim for claim, _, _ in ROWS}) == len(ROWS) == 118


@pytest.mark.parametrize(("claim", "topic", "phrase"), ROWS)
def test_a_claim_leads_to_its_answer(claim, topic, phrase):
    """Typed as one sentence; the topic is shown, or stands first in a short list."""
    named = find_topic(claim, TOPICS)
    out = topic_text(named, PIPE) if named else results_text(search(claim, INDEX), {}, PIPE)

    assert shown_first(out) == topic, out
    assert phrase in topic_text(find_topic(topic, TOPICS), PIPE)


def test_words_of_a_sentence_need_no_quotes(k2log):
    """As the shell hands them over, one by one."""
    sentence = "Vitamin K2 helps your body absorb calcium"

    assert k2log("explain", *sentence.split()).out == k2log("explain", sentence).out


def test_a_claim_is_called_one_and_a_topic_too(k2log):
    """Which kind of thing it is stands in front of it."""
    lines = k2log("explain", "Vitamin K2 helps your body absorb calcium").out.splitlines()

    assert lines[0] == "Claim, as pages put it: Vitamin K2 helps your body absorb calcium."
    assert lines[2] == "Topic k2-absorption: K2 and the absorption of calcium"


def test_a_caveat_is_called_one(k2log):
    """With how serious it is, when it speaks, and its topic below."""
    lines = k2log("explain calcium-over-ul").out.splitlines()

    assert lines[0].startswith("Caveat calcium-over-ul (warning, evidence moderate). It speaks ")
    assert lines[2].startswith("Topic calcium-upper-level: ")


def test_a_food_is_called_one_and_names_the_topics_that_speak_of_it(k2log):
    """The food first: its name was typed."""
    out = k2log("explain butter").out

    assert out.startswith("Food: Butter, salted  (food:butter)\n")
    assert out.endswith("See also, k2log explain: k2-foods\n")


def test_a_topic_by_another_name_names_the_others_that_speak_of_it(k2log):
    """By its own name it stands alone."""
    assert k2log("explain arteries").out.endswith("See also, k2log explain: calcium-paradox\n")
    assert "See also" not in k2log("explain k2-arteries").out


@pytest.mark.parametrize("word", ["fractures", "bones", "osteoporosis"])
def test_bones_are_a_matter_of_k2_and_of_calcium_with_vitamin_d(word, k2log):
    """Neither topic hides the other."""
    out = k2log("explain", word).out

    assert "  k2-bones " in out
    assert "  fracture-prevention " in out


def test_what_several_speak_of_is_a_short_list_by_kind(k2log):
    """With how to open each."""
    out = k2log("explain liver").out

    assert "Topics: k2log explain NAME\n  k2-foods " in out
    assert "Foods: k2log explain food:KEY\n  food:" in out
    assert k2log("explain k2-foods").code == 0
    assert k2log("explain food:beef-liver").out.startswith("Food: Beef liver, braised")


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("osteocalcin", "osteocalcin"), ("teeth", "other-promises"), ("dementia", "other-promises"),
        ("cramps", "leg-cramps"), ("cramp", "leg-cramps"), ("grass-fed", "k2-foods"),
        ("grassfed", "k2-foods"), ("bleeding", "bleeding"), ("50 %", "calcium-heart"),
        ("50%", "calcium-heart"), ("50 percent", "calcium-heart"), ("plaque", "k2-arteries"),
        ("arteries", "k2-arteries"), ("kidney stones", "calcium-stones"),
        ("constipation", "calcium-side-effects"), ("best time to take", "when-to-take"),
        ("is k2 safe", "k2-safety"), ("do i need k2", "k2-amount"), ("Do I need K-2?", "k2-amount"),
        ("blood pressure", "other-promises"), ("vitak-cac", "misquoted-trials"),
        ("do calcium and vitamin D prevent fractures?", "fracture-prevention"),
        ("calcium bones", "fracture-prevention"), ("irregular heartbeat", "signs-and-tests"),
        ("mk 7", "mk4-mk7"), ("menopause", "age-and-menopause"), ("folic acid", "pregnancy"),
    ],
)  # fmt: skip
def test_an_ordinary_word_finds_its_topic(word, topic, k2log):
    """In one word or a few, with or without a question mark."""
    assert shown_first(k2log("explain", word).out) == topic


@pytest.mark.parametrize("typed", ["absorbs", "absorbed", "ABSORB", "absorbing"])
def test_endings_and_case_are_no_matter(typed):
    """One word in all its forms."""
    assert roots(typed) == roots("absorb")


def test_a_slip_is_mended_and_said(k2log):
    """And a food that it may be as well is offered beside."""
    assert '"osteocalsin" was taken for "osteocalcin".' in k2log("explain osteocalsin").out
    assert "food:gouda  Gouda" in k2log("explain goudda").out


@pytest.mark.parametrize("typed", ["homoeopathy", "ashwagandha", "xyzzy", "vitakacc trial xq"])
def test_what_nobody_knows_is_never_answered_with_a_food(typed, k2log):
    """One line, the way to the topics, no output."""
    result = k2log("explain", typed)

    assert "food:" not in result.out + result.err
    assert "k2log explain" in result.out + result.err
    assert (result.code, result.out) == (3, "") or "Topics: " in result.out


def test_a_food_spelled_alike_is_offered_not_shown(k2log):
    """Where no topic knows the word."""
    result = k2log("explain broccolli")

    assert (result.code, result.out) == (3, "")
    assert "Foods spelled alike: Broccoli" in result.err


@every_topic
def test_a_topic_is_found_by_its_own_claims_and_words(topic):
    """First, or at least among the few that are listed: no phrase of the file is lost."""
    for phrase in (*topic.claims, *topic.words):
        names = [hit.topic.name for hit in search(phrase, INDEX).hits]
        assert topic.name in names, (phrase, names)


@every_topic
def test_a_claim_finds_its_own_topic_first(topic):
    """Typed word for word."""
    lost = [
        claim for claim in topic.claims if search(claim, INDEX).hits[0].topic.name != topic.name
    ]

    assert lost == []
