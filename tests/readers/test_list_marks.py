"""Lists print numbers, letters, Roman numerals and bullets, and a printed mark says of which list it is."""

import pytest

from reports.readers.list_marks import counted, told_by_mark


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [
        *[("1", 12, "12"), ("a", 1, "a"), ("A", 26, "Z"), ("a", 27, "aa"), ("A", 53, "AAA")],
        *[("i", 4, "iv"), ("I", 1994, "MCMXCIV"), ("i", 0, "0"), ("I", 5_000, "5000"), ("other", 3, "3")],
        ("a", 100_000, "d" * 10),
    ],
)
def test_numbers_are_printed_in_their_form(form, number, printed):
    assert counted(form, number) == printed


@pytest.mark.parametrize(
    ("mark", "kind", "number"),
    [
        *[("1.", "ol", 1), ("2.1)", "ol", 1), ("(12)", "ol", 12), ("3", "ol", 3), ("A)", "ol", 0), ("iv.", "ol", 0)],
        *[("•", "ul", 0), ("o", "ul", 0), ("\uf0b7", "ul", 0), ("-", "ul", 0), ("§", "ul", 0), ("", "", 0)],
        *[("9" * 20, "ol", 100_000), ("1" * 30, "ol", 0), ("Article 1", "ol", 0), ("->", "ul", 0)],
    ],
)
def test_marks_tell_their_list(mark, kind, number):
    assert told_by_mark(mark) == (kind, number)
