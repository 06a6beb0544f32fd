"""Text that people type and how it is quoted back."""

import shlex
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2log.errors import UnreadableError
from k2log.text import clean, pasted, shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  natto   1 tbsp ", "natto 1 tbsp"),
        ("gouda\t30g", "gouda 30g"),
        ("crème fraîche", "crème fraîche"),
        ("milk [2%]", "milk [2%]"),
        ("क्‍ष", "क्‍ष"),
        ("👩‍🍳 stew", "👩‍🍳 stew"),
    ],
)
def test_text_is_kept_with_single_spaces(typed, kept):
    """Accents, joiners and brackets stay as typed; white space is one space."""
    assert clean(typed, "item") == kept


@pytest.mark.parametrize(
    "typed",
    [
        "egg\x1b[31m",
        "egg\n2",
        "a\0b",
        "\x9b31m",
        "\ud800",
        "\u202egge",
        "\u2066egg\u2069",
        "egg\x7f",
    ],
)
def test_text_that_could_disturb_a_terminal_is_refused(typed):
    """Control characters, lone surrogates and bidi overrides never get in, nor back out."""
    with pytest.raises(UnreadableError, match="the note") as refused:
        clean(typed, "note")

    assert str(refused.value).isprintable()


@pytest.mark.parametrize("typed", ["", "   ", "\u200d", "\t"])
def test_text_without_anything_to_see_is_empty(typed):
    """A joiner alone is nothing."""
    with pytest.raises(UnreadableError, match="the food name is empty"):
        clean(typed, "food name")


def test_long_text_is_refused_without_repeating_it():
    """10,000 characters are answered with one line."""
    with pytest.raises(UnreadableError) as refused:
        clean("x" * 10_000, "item")

    assert str(refused.value) == "the item has 10000 characters; 1000 are the most"


def test_shown_text_is_short_and_escaped():
    """What is quoted in a message cannot move the cursor."""
    assert shown("\x1b[2J\u202e") == "\\x1b[2J\\u202e"
    assert shown("a" * 100, limit=5) == "aaaa…"


@given(st.text(st.characters(), max_size=200))
def test_no_control_character_passes(text):
    """Whatever is typed is refused or comes out plain."""
    try:
        cleaned = clean(text, "item")
    except UnreadableError as error:
        cleaned = str(error)

    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in cleaned)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(cleaned)


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_a_command_that_is_quoted_back_can_be_pasted(arguments):
    """A shell takes it apart into the same arguments again."""
    assert shlex.split(pasted(*arguments)) == arguments


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["add", "gouda", "30g,", "½", "avocado"], "add gouda 30g, ½ avocado"),
        (["foods", "rm", "bone health"], 'foods rm "bone health"'),
        (
            ["add", "$(reboot)", "a`b", 'say "x"', "it's"],
            """add '$(reboot)' 'a`b' 'say "x"' "it's\"""",
        ),
        (["add", ""], 'add ""'),
    ],
)
def test_plain_words_stay_without_quotes(arguments, line):
    """Double quotes, as in the README, unless a shell reads something inside them too."""
    assert pasted(*arguments) == line
