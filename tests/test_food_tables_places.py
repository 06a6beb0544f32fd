"""Where a food table lies: folders, zips, and zips that no publisher makes."""

import stat
import struct
import zipfile

import pytest

from k2log.archive import UnsafeArchiveError
from k2log.features.tables.files import TableError, open_place
from k2log.features.tables.formats import FORMATS, find_table, table_files
from k2log.features.tables.model import TableReader
from k2log.files import Unwatched

FILES = {
    "FOOD_DES.txt": "~01123~^~0100~^~Egg~^~EGG~^^^~Y~^~Shell~^12^^6.25^4.36^9.02^3.68\r\n",
    "NUT_DATA.txt": "~01123~^~301~^56^6^0.6^~1~^~A~^^^1^54^58^5^^^~2, 3~^08/2010^\r\n",
    "WEIGHT.txt": "~01123~^1^1^~large~^50^^\r\n",
}


@pytest.fixture
def zipped(tmp_path):
    """Make a zip of a small table and whatever else it shall hold."""

    def make(extra=(), prefix=""):
        path = tmp_path / "table.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in FILES.items():
                archive.writestr(prefix + name, text)
            for name, data in extra:
                archive.writestr(name, data)
        return path

    return make


def rows(path, wanted=None):
    with open_place(path, table_files()) as place:
        return list(find_table(place, wanted).read(Unwatched()))


@pytest.mark.parametrize("prefix", ["", "sr28asc/", "a/b/"])
def test_a_zip_is_read_wherever_its_files_lie(zipped, prefix):
    assert len(rows(zipped(prefix=prefix))) == 3


def test_a_folder_a_subfolder_and_one_of_the_files_are_read_alike(tmp_path):
    folder = tmp_path / "downloads" / "sr28"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name.lower()).write_text(text)

    for path in (folder, folder.parent, folder / "nut_data.txt"):
        assert len(rows(path)) == 3


def test_the_same_file_twice_is_refused(zipped):
    with pytest.raises(TableError, match=r"is there twice: FOOD_DES\.txt and old/FOOD_DES\.txt"):
        rows(zipped([("old/FOOD_DES.txt", "")]))


def test_two_tables_in_one_place_are_chosen_between(zipped):
    path = zipped([("food.csv", ""), ("food_nutrient.csv", "")])

    with pytest.raises(TableError, match="--format fdc or sr28"):
        rows(path)
    assert len(rows(path, "sr28")) == 3


def link():
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        (("../evil.txt", "x"), "leads outside"),
        (("a/../../evil.txt", "x"), "leads outside"),
        (("/etc/evil.txt", "x"), "leads outside"),
        (("..\\evil.txt", "x"), "leads outside"),
        (("C:/evil.txt", "x"), "leads outside"),
        ((link(), "/etc/passwd"), "a link"),
        (("bomb.txt", bytes(20_000_000)), "would unpack to 20000000 bytes"),
    ],
)
def test_a_zip_that_could_do_harm_is_refused(zipped, extra, why):
    with pytest.raises(UnsafeArchiveError, match=why):
        rows(zipped([extra]))


def test_a_zip_of_very_many_files_is_refused(zipped):
    with pytest.raises(UnsafeArchiveError, match="it holds 1504 files"):
        rows(zipped([(f"{n}.txt", "") for n in range(1501)]))


def test_an_encrypted_zip_is_refused(zipped):
    path = zipped()
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)

    with pytest.raises(UnsafeArchiveError, match="it is encrypted"):
        rows(path)


def test_a_zip_that_understates_its_size_is_refused(zipped):
    path = zipped([("long.txt", "x")])
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)

    with pytest.raises(TableError, match=r"FOOD_DES\.txt, line 1: "):
        rows(path)


def test_half_a_zip_is_refused(zipped):
    path = zipped()
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(TableError, match="only half downloaded"):
        rows(path)


def test_a_zip_with_a_broken_file_is_refused(tmp_path):
    path = tmp_path / "table.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    path.write_bytes(path.read_bytes().replace(b"~Egg~", b"~Eck~"))

    with pytest.raises(TableError, match=r"FOOD_DES\.txt, line 1: the zip is damaged"):
        rows(path)


def test_a_folder_without_a_table_names_the_tables_known(tmp_path):
    with pytest.raises(TableError, match="FoodData Central as CSV"):
        rows(tmp_path)


def test_a_workbook_in_a_zip_is_told_apart(tmp_path):
    path = tmp_path / "Table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(TableError, match="save it as CSV"):
        rows(path)


def test_every_format_has_a_reader_that_tells_it():
    """A food table more is a row and a module with a READER: half of it is refused."""
    for each in FORMATS:
        assert all((each.name, each.title, each.looks))
        assert each.reader().told_by or each.reader().holds
    assert len({each.name for each in FORMATS}) == len(FORMATS)

    for lacking in ({"files": ("a.csv",)}, {"told_by": ("a.csv",)}):
        with pytest.raises(ValueError, match="is told by"):
            TableReader(FORMATS[0].reader().source, **lacking)


def test_the_help_names_every_format(k2log):
    text = " ".join(k2log("foods import --help").out.split())

    assert all(each.name in text and each.title in text for each in FORMATS)
