"""What the tables of what k2log says have in common."""


def check_words(words: str, says: str, never: str) -> None:
    """Hold that every text of ``says`` is among the words, and none of ``never``.

    Both are texts with ``|`` between them.
    """
    for expected in filter(None, says.split("|")):
        assert expected in words
    for unwanted in filter(None, never.split("|")):
        assert unwanted not in words
