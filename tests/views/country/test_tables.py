"""Tables on the pages: typed without JavaScript, and shown in a box that scrolls by keyboard."""

import pytest

from reports.document.richtext import normalise
from reports.rules import writing
from tests.views.html import fields, parse

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
TABLE = normalise("<table><tr><th>Jaar<th>Zaken<tr><td>2012<td>41</table>")


@pytest.fixture
def table(written, cast):
    return writing.save_text(written, f"<p>a</p>{TABLE}<p>b</p>{TABLE}", base=1, by=cast.contributor).revision


def body_of(written, posted):
    return next(name for name in posted if name.startswith(f"c{written.pk}") and name.endswith("-body"))


def test_a_table_is_typed_as_rows(anke, table, written):
    posted = fields(anke.get(URL))
    name = body_of(written, posted)
    assert "| Jaar | Zaken |\n|---|---|\n| 2012 | 41 |" in posted[name]
    anke.post(URL, posted, follow=True)
    written.refresh_from_db()
    assert written.revisions.count() == 2
    anke.post(URL, posted | {name: posted[name].replace("| 2012 | 41 |", "| 2012 | 41 |\n| 2013 | 10^{3} |", 1)})
    written.refresh_from_db()
    assert written.body == f"<p>a</p>{TABLE}<p>b</p>{TABLE}".replace(
        "</tbody>", "<tr><td><p>2013</p></td><td><p>10<sup>3</sup></p></td></tr></tbody>", 1
    )


@pytest.mark.parametrize("address", ["/reports/BE/2014/history/{pk}/", "/reports/BE/2014/history/{pk}/?from=1&to=2"])
def test_each_table_has_a_box_that_scrolls_and_a_name(anke, table, written, address):
    page = parse(anke.get(address.format(pk=written.pk)))
    boxes = page.xpath("//div[@class='grid'][table]")
    assert [box.get("aria-label") for box in boxes][:2] == ["Table 1", "Table 2"]
    assert {(box.get("tabindex"), box.get("role")) for box in boxes} == {("0", "group")}
    assert not page.xpath("//div[contains(@class, 'prose')]//table[not(parent::div[@class='grid'])]")


def test_a_comparison_shows_what_changed_in_a_cell(anke, table, written, cast):
    writing.save_text(written, table.body.replace("41", "42", 1), base=2, by=cast.focal_point)
    page = parse(anke.get(f"/reports/BE/2014/history/{written.pk}/"))
    assert [mark.text for mark in page.xpath("//td//del | //td//ins")] == ["41", "42"]
