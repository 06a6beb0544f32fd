"""The installed k2log that is measured, what its processes see, and the machine."""

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

CHECKOUT: Final = Path(__file__).parents[1]
_VERSIONS: Final = """
import platform, sqlite3
from importlib.metadata import version
print(platform.python_version(), sqlite3.sqlite_version, *map(version, ("typer", "rich", "k2log")))
"""


class Installed(NamedTuple):
    """A virtual environment with k2log in it."""

    python: Path
    k2log: Path


def found_in(folder: Path) -> Installed:
    """Return the k2log of a virtual environment."""
    return Installed(folder / "bin" / "python", folder / "bin" / "k2log")


def install(folder: Path) -> Installed:
    """Make a virtual environment and install the checkout; pip compiles to bytecode."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    installed = found_in(folder)
    pip = subprocess.run(
        [installed.python, "-m", "pip", "install", "--quiet", CHECKOUT],
        env=_without_python_settings(),
        capture_output=True,
        text=True,
        check=False,
    )
    if pip.returncode:
        sys.exit(pip.stderr)
    return installed


def install_into(folder: Path, python: Path, package: str, program: str) -> Path | None:
    """Return a program of the package index, in an environment of its own; None if it is not."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", package]
    done = subprocess.run(pip, env=_without_python_settings(), capture_output=True, check=False)
    found = folder / "bin" / program
    return found if done.returncode == 0 and found.exists() else None


def child(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a measured process: a home of its own, a usual terminal."""
    shown = {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    folders = {"HOME": str(home), "XDG_DATA_HOME": str(home)}
    kept = _without_python_settings()
    for name in ("K2LOG_DB", "K2LOG_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        kept.pop(name, None)
    return kept | shown | folders | more


def _without_python_settings() -> dict[str, str]:
    """Return this environment without what would, for instance, forbid to keep bytecode."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def machine(installed: Installed) -> dict[str, object]:
    """Describe what the numbers were measured on."""
    told = subprocess.run(
        [installed.python, "-c", _VERSIONS], capture_output=True, text=True, check=True
    )
    names = ("python", "sqlite", "typer", "rich", "k2log")
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        **dict(zip(names, told.stdout.split(), strict=True)),
    }


def load() -> float:
    """Return the load average of the last minute."""
    return round(os.getloadavg()[0], 2)
