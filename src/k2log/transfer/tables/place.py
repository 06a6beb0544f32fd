"""Where a food table is: a folder, a zip or a file, as files found by their own names.

A table's files may lie in a subfolder. Names are compared in lower case.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from os import walk
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from k2log.grammar.text import shown
from k2log.transfer.tables.archive import open_member, opened_zip
from k2log.transfer.tables.model import TableError

_MOST_LOOKED_AT: Final = 5_000


class File(NamedTuple):
    """One file of a table: its path to be shown, its size, and how to open it."""

    path: str
    size: int
    open: Callable[[], BinaryIO]

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]

    def head(self, size: int = 8) -> bytes:
        """Return the first bytes."""
        with self.open() as file:
            return file.read(size)


class Place(NamedTuple):
    """Files by name; a name that is there twice has both."""

    name: str
    files: Mapping[str, tuple[File, ...]]

    def has(self, *names: str) -> bool:
        """Whether all these files are here."""
        return all(name.lower() in self.files for name in names)

    def file(self, name: str) -> File:
        """Return a file that must be here, once. Raises TableError."""
        found = self.files.get(name.lower(), ())
        if not found:
            raise TableError(f"{name} is missing from {shown(self.name, 100)}.")
        if len(found) > 1:
            raise TableError(
                f"{name} is there twice: {shown(found[0].path, 100)} and"
                f" {shown(found[1].path, 100)}. Name the folder you mean."
            )
        return found[0]


@contextmanager
def opened_place(path: Path, table_files: frozenset[str]) -> Iterator[Place]:
    """Open a folder, zip or file; one of ``table_files`` stands for its whole folder."""
    try:
        if path.is_file() and path.name.lower() in table_files:
            yield _folder(path.parent, deep=False)
        elif path.is_dir():
            yield _folder(path)
        elif path.exists() and not path.is_file():
            raise TableError(
                f"{shown(str(path), 200)} is neither a file nor a folder: save the table first."
            )
        elif _begins_like_a_zip(path) or zipfile.is_zipfile(path):
            with opened_zip(path) as archive:
                yield _zip(path.name, archive)
        else:
            yield _place(path.name, [_on_disk(path, path.name)])
    except OSError as error:
        named = error.filename or path
        raise TableError(f"cannot read {shown(str(named), 200)}: {error.strerror}.") from None


def _begins_like_a_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _zip(name: str, archive: zipfile.ZipFile) -> Place:
    files = [
        File(info.filename, info.file_size, partial(open_member, archive, info))
        for info in archive.infolist()
        if not info.is_dir()
    ]
    return _place(name, files)


def _folder(folder: Path, *, deep: bool = True) -> Place:
    files: list[File] = []
    looked_at = 0
    for root, folders, names in walk(folder):
        folders[:] = sorted(name for name in folders if deep and not name.startswith("."))
        looked_at += len(folders) + len(names)
        if looked_at > _MOST_LOOKED_AT:
            raise TableError(f"{shown(str(folder), 100)} holds too many files: name the table's.")
        paths = (Path(root, name) for name in sorted(names))
        files += [
            _on_disk(path, path.relative_to(folder).as_posix()) for path in paths if path.is_file()
        ]
    return _place(str(folder), files)


def _on_disk(path: Path, shown_as: str) -> File:
    return File(shown_as, path.stat().st_size, lambda: path.open("rb"))


def _place(name: str, files: list[File]) -> Place:
    found: dict[str, tuple[File, ...]] = {}
    for file in files:
        key = file.name.lower()
        found[key] = (*found.get(key, ()), file)
    return Place(name, found)
