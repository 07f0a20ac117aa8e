"""A link that a mail program had wrapped leads to its real address once the text is saved, and the page says so."""

import pytest

from tests.journeys.saving.pages import box, revisions, saved

REAL = "https://www.example.org/report"
WRAPPED = (
    "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Freport"
    "&amp;data=05%7C01%7Canke%40example.org&amp;sdata=x&amp;reserved=0"
)
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
}"""


PICTURE = '<img src="https://example.org/chart.png">'


@pytest.mark.parametrize("picture", ["", PICTURE], ids=["alone", "beside a picture"])
def test_a_wrapped_link_is_named_and_leads_to_its_address(server, anke, picture):
    text = box(anke)
    text.focus()
    with saved(anke):
        anke.evaluate(PASTE, f'<p>See <a href="{WRAPPED}">the report</a>.</p>{picture}')
    line = text.locator("xpath=..").locator("[data-pasted] [role=status]")
    line.filter(has_text="addresses that a mail program had put in place of those of links").wait_for()
    assert ("pictures" in line.inner_text()) == bool(picture)
    assert text.locator("a").get_attribute("href") == REAL
    assert revisions(server)[-1][1] == f'<p>See <a href="{REAL}">the report</a>.</p>'
    with saved(anke):
        anke.keyboard.type(" Later.")
    assert line.inner_text() == ""
