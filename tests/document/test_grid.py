"""Tables: one form for any program's, a row as the unit, and nothing lost."""

import pytest

from reports.document import grid
from reports.document.block import Block, blocks, from_blocks
from reports.document.combine import combine
from reports.document.compare import compare, summary
from reports.document.merge import merge
from reports.document.problem import Problem
from reports.document.richtext import from_plain, from_typed, normalise, text_content, to_plain


def table(*rows: str, head: str = "") -> str:
    """Return a table from rows like "a|b"."""
    written = [
        Block(kind, 0, grid.row_html([f"<p>{cell}</p>" if cell else "" for cell in row.split("|")]))
        for kind, row in [("head", head), *(("row", row) for row in rows)]
    ]
    return from_blocks(written)


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<table><tr><th>Year<th>Cases<tr><td>2012<td>41</table>", table("2012|41", head="Year|Cases")),
        ("<table><thead><tr><td>Year</thead><tr><td>2012<td>41</table>", table("2012|41", head="Year")),
        ("<table><tr><th>Police</th><td>12</td></tr></table>", table("Police|12")),
        ("<table><tr><td>a<td></td></tr><tr></tr><tr><td> <td>b</table>", table("a", "|b")),
        ("<table><tr><td>a</table><table><tr><td>b<td>c</table>", table("a", "b|c")),
        ("<table><tfoot><tr><td>sum</tfoot><tr><td>a</table>", table("sum", "a")),
        ("<table><caption>Cases</caption><tr><td>a<td>b</table>c", f"<p>Cases</p>{table('a|b')}<p>c</p>"),
        ("<table><tr><td>&#8203;<td> </table>", ""),
        ("<td>a</td><td>b</td>", "<p>a</p><p>b</p>"),
    ],
)
def test_a_table_is_a_grid(html, normal):
    assert normalise(html) == normal


def test_a_table_is_written_with_head_body_and_equal_rows():
    assert table("2012", head="Year|Cases") == (
        "<table><thead><tr><th><p>Year</p></th><th><p>Cases</p></th></tr></thead>"
        "<tbody><tr><td><p>2012</p></td><td></td></tr></tbody></table>"
    )


def test_an_empty_cell_at_the_end_is_no_part_of_its_row():
    """So a column that is added in one row changes no other row."""
    assert [block.html for block in blocks(table("2012", head="Year|Cases"))][1] == "<td><p>2012</p></td>"


def test_a_text_with_too_many_cells_is_refused_unread():
    with pytest.raises(Problem, match="maximum for a contribution"):
        from_typed("| a | b | c | d |\n" * 2000, is_html=False)


def test_cells_have_paragraphs_and_lists():
    html = "<table><tr><td>a<br><br>b<ul><li>c<ol><li>d</ol></ul><td><b>e</b></table>"
    assert normalise(html) == (
        "<table><tbody><tr><td><p>a</p><p>b</p><ul><li><p>c</p><ol><li><p>d</p></li></ol></li></ul></td>"
        "<td><p><strong>e</strong></p></td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<tr><td rowspan=2>P<td>1<tr><td>2", table("P|1", "P|2")),
        ("<tr><td>1<td rowspan=9>P<tr><td>2<tr><td>3<td>x", table("1|P", "2|P", "3|P|x")),
        ("<tr><th colspan=2>Cases<th>x<tr><td>1<td>2<td>3", table("1|2|3", head="Cases|Cases|x")),
        ("<tr><td colspan=2>Total<td>5<tr><td>1<td>2<td>3", table("Total||5", "1|2|3")),
        (f"<tr><td rowspan=2>{'long ' * 30}<td>1<tr><td>2", table(f"{('long ' * 30).strip()}|1", "|2")),
    ],
)
def test_merged_cells_are_split_and_nothing_is_lost(html, normal):
    assert normalise(f"<table>{html}</table>") == normal


def test_a_short_text_makes_no_long_one():
    merged = f"<tr><td rowspan=200 colspan=12>{'x' * 90}</td></tr>" + "<tr><td>y</td></tr>" * 199
    assert len(normalise(f"<table>{merged}</table>" * 5)) < 5 * len(merged) + 30_000


def test_columns_beyond_the_last_are_in_the_last():
    normal = normalise(f"<table><tr>{'<td>a' * 11}<td>b<td>c<td><ul><li>d</ul></table>")
    assert grid.cells(blocks(normal)[0].html)[11] == "<p>b</p><p>c</p><ul><li><p>d</p></li></ul>"


def test_rows_beyond_the_last_are_paragraphs():
    found = blocks("<table>" + "<tr><td>a<td>b" * (grid.MOST_ROWS + 2) + "</table>")
    assert [block.kind for block in found] == ["row"] * grid.MOST_ROWS + ["p"] * 4
    assert [block.html for block in found[-4:]] == ["a", "b", "a", "b"]


def test_a_table_around_a_table_is_no_grid():
    html = "<table><tr><td>Dear all,</td><td><table><tr><td>a<td>b</table></td><td>Bye</td></tr></table>"
    assert normalise(html) == f"<p>Dear all,</p>{table('a|b')}<p>Bye</p>"


def test_a_table_in_an_item_ends_the_item():
    assert normalise("<ul><li>a<table><tr><td>b</table>c<li>d</ul>") == (
        f"<ul><li><p>a</p></li></ul>{table('b')}<ul><li><p>c</p></li><li><p>d</p></li></ul>"
    )


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        (table("2012|41", head="Year|Cases"), "| Year | Cases |\n|---|---|\n| 2012 | 41 |"),
        (f"<p>a</p>{table('b|c', '|d')}<p>e</p>", "a\n\n| b | c |\n|  | d |\n\ne"),
        (table("x | y|--").replace("x </p></td><td><p> y", "x | y"), "| x \\| y | -- |"),
        (table("---|-"), "| \\--- | - |"),
        (table("- a|1. b|&lt;br&gt;|a\\"), "| \\- a | 1\\. b | \\<br> | a\\\\ |"),
        (table("a<br>b</p><ul><li><p>c</p></li></ul><p>d"), "| a<br>b<br><br>- c<br><br>d |"),
        (table('<a href="http://a.be/c|d">l</a>').replace("c</p></td><td><p>d", "c|d"), "| [l](http://a.be/c\\|d) |"),
        ("<p>| a |</p>", "\\| a |"),
        (table("a") + table("b", head="c"), "| a |\n\n| c |\n|---|\n| b |"),
        ("<ul><li><p>a<br>| b |</p></li></ul>", "- a\n  \\| b |"),
    ],
)
def test_the_plain_box_returns_the_same_table(html, typed):
    normal = normalise(html)
    assert to_plain(normal) == typed
    assert from_plain(typed) == normal


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Intro:\n| a | b |\n|:--|--:|\n|1|2|\nafter", f"<p>Intro:</p>{table('1|2', head='a|b')}<p>after</p>"),
        ("- a\n| b |\n- c", f"<ul><li>a</li></ul>{table('b')}<ul><li>c</li></ul>"),
        ("| a |\n|  |\n||", "".join([table("a"), "<p>|  |<br>||</p>"])),
        ("a || b\n| c", "<p>a || b<br>| c</p>"),
        ("|" + "a|" * 13, "<p>|" + "a|" * 13 + "</p>"),
        ("| a |\n| --- |\n| --- |", table("---", head="a")),
    ],
)
def test_typed_rows_become_a_table(typed, html):
    assert from_plain(typed) == normalise(html)


BASE = table("Police|12|7", "Justice|5|8", "Schools|1|2", head="Who|2012|2013")


def test_two_people_in_two_rows_never_meet():
    mine = BASE.replace("12", "456").replace("Police", "Ministry")
    theirs = BASE.replace("<p>5</p>", "<p>999</p>")
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.html == mine.replace("<p>5</p>", "<p>999</p>")


def test_two_people_in_one_row_are_a_conflict():
    mine, theirs = BASE.replace("<p>12</p>", "<p>13</p>"), BASE.replace("<p>7</p>", "<p>9</p>")
    (conflict,) = merge(BASE, mine, theirs).conflicts
    assert (conflict.mine, conflict.theirs) == (table("Police|13|7"), table("Police|12|9"))
    assert merge(BASE, mine, theirs).html == theirs
    assert combine(conflict.base, conflict.mine, conflict.theirs) == table("Police|13|9")


def test_a_row_of_numbers_is_recognised_by_its_place():
    merged = merge(table("11|22", "33|44"), table("777|888", "33|44"), table("11|22", "555|666"))
    assert (merged.html, merged.conflicts) == (table("777|888", "555|666"), ())


def test_a_row_is_recognised_by_its_first_cell():
    base = table("X|11111111|22222222")
    mine = table("New|1", "X|99999999|88888888")
    (conflict,) = merge(base, mine, table("X|11111111|3")).conflicts
    assert conflict.mine == table("X|99999999|88888888")


def test_a_row_is_added_beside_one_that_is_edited():
    mine, theirs = (
        BASE.replace("Justice", "Justice and Home"),
        BASE.replace("</tbody>", "<tr><td><p>New</p></td></tr></tbody>"),
    )
    merged = merge(BASE, mine, normalise(theirs))
    assert merged.conflicts == ()
    assert text_content(merged.html).split("\n")[2:] == ["Justice and Home 5 8", "Schools 1 2", "New"]


def test_a_column_that_one_adds_meets_no_other_table():
    other = table("a|b")
    base, mine = f"{BASE}<p>x</p>{other}", f"{BASE}<p>x</p>{table('a|b|c')}"
    theirs = base.replace("<p>5</p>", "<p>6</p>")
    assert merge(base, mine, theirs).html == mine.replace("<p>5</p>", "<p>6</p>")


def test_a_comparison_marks_words_in_their_cells():
    new = normalise(BASE.replace("<p>12</p>", "<p>13</p>").replace("Schools", "All schools"))
    shown = compare(BASE, new)
    assert "<td><p>Police</p></td><td><p><del>12</del><ins>13</ins></p></td><td><p>7</p></td>" in shown
    assert "<td><p><del>Schools</del><ins>All schools</ins></p></td>" in shown
    assert summary(BASE, new) == (3, 2)


def test_a_comparison_shows_added_and_removed_rows_and_columns():
    shown = compare(table("a b c|d", "e f g|h"), table("e f g|new|h", "i j k|l"))
    assert "<tr><td><p><del>a b c</del></p></td><td><p><del>d</del></p></td><td></td></tr>" in shown
    assert "<td><p>e f g</p></td><td><p><ins>new</ins></p></td><td><p>h</p></td>" in shown
    assert "<td><p><ins>i j k</ins></p></td>" in shown
    assert shown.count("<table>") == 1


def test_words_of_two_cells_stay_apart():
    assert text_content(table("Police|12")) == "Police 12"
