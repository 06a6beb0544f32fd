"""The settings, their values, and what each decides."""

from collections.abc import Mapping

from k2log.config import SETTINGS
from k2log.views.numbers import clean, wrapped
from k2log.views.page import Page


def settings_text(held: Mapping[str, str], page: Page) -> str:
    """Return each setting with its value, or in brackets its default, and what it takes."""
    wide = max(map(len, SETTINGS))
    lines = [
        line
        for name, setting in SETTINGS.items()
        for line in (
            f"{name:<{wide}}  {clean(held.get(name, f'({setting.default})'))}",
            f"  {setting.meaning}",
            f"  {setting.takes}; if not set: {setting.default}",
        )
    ]
    return "".join(f"{line}\n" for line in wrapped(lines, page.columns))
