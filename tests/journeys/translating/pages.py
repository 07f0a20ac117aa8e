"""Steps of the journeys of translating: a text with three paragraphs and a list, and what its page shows."""

import re

from playwright.sync_api import expect

from tests.browser import PATIENCE, use_session

PAGE = "/reports/BE/2014/translate/nl/2.1.A/"
OWN_PAGE = "/reports/BE/2014/review/2.1.A/translate/nl/"
ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
RUTH, ADA = "reviewer@example.org", "administrator@example.org"
SAVED = re.compile(r"^Saved \d")
expect.set_options(timeout=PATIENCE * 1000)

WRITE = """
from reports.models import Contribution, Section, User
from reports.rules import writing
from reports.rules.writing import Shown
anke = User.objects.get(email="focalpoint.be@example.org")
section = Section.objects.get(report__country__code="BE", report__form__year=2014, question__code="2.1.A")
for row in section.contributions.live():
    writing.remove(row, by=anke)
row = writing.add_contribution(section, {html!r}, by=anke, language="en", authority="Ministry of Justice")
for place, html in {translations!r}.items():
    base = row.revisions.filter(language="nl").count()
    writing.save_row(row, html, Shown("nl", place, 1, base), by=anke)
print(row.pk)
"""
CHANGE = """
from reports.models import Contribution, User
from reports.rules import writing
anke = User.objects.get(email="focalpoint.be@example.org")
row = Contribution.objects.get(pk={pk})
newest = row.revisions.filter(language="").latest("number")
writing.save_text(row, {html!r}, base=newest.number, by=anke)
"""
DRAFT = """
from reports.models import Contribution, User
from reports.rules import writing
from reports.rules.writing import Shown
anke = User.objects.get(email="focalpoint.be@example.org")
writing.save_row(Contribution.objects.get(pk={pk}), {html!r}, Shown("nl", 0, 1, 0), by=anke, origin="machine")
"""
TEXT = (
    "<p>The act entered into force on 10 April 2014.</p><p>Two training days were held in each district.</p>"
    "<p>The police have a manual.</p>"
)


def write_text(server, html=TEXT, translations=None):
    """Write an English text in 2.1.A with these translations by place; return its key."""
    return int(server.run(WRITE.format(html=html, translations=translations or {})).strip().splitlines()[-1])


def change_text(server, pk, html):
    server.run(CHANGE.format(pk=pk, html=html))


def save_draft(server, pk, html):
    """Save a machine's draft of the first paragraph."""
    server.run(DRAFT.format(pk=pk, html=html))


def open_translation(server, page, email=ANKE):
    use_session(server, page, email)
    page.goto(PAGE)
    return page


def row(page, number):
    """The row with this number, from 1."""
    return page.locator(".unit").nth(number - 1)


def box(page, number):
    return row(page, number).get_by_role("textbox")


def count(page):
    return page.locator(".toc [aria-current] .nums")


def type_into(page, number, text):
    box(page, number).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def translations(server, pk):
    """Return the Dutch text as it is stored."""
    return server.sql("SELECT translation_nl FROM reports_contribution WHERE id = ?", pk)[0][0]


EARLIER = """
from reports.models import Contribution, Report, Revision, Section, User
from reports.rules import writing
from reports.rules.writing import Shown
report = Report.objects.filter(country__code="BE", form__year__lt=2014).order_by("-form__year").first()
Report.objects.filter(pk=report.pk).update(state="draft")
anke = User.objects.get(email="focalpoint.be@example.org")
section = report.sections.first()
if section.nothing_to_report:
    writing.set_nothing(section, False, by=anke)
row = writing.add_contribution(section, {html!r}, by=anke, language="en")
writing.save_row(row, {dutch!r}, Shown("nl", 0, 1, 0), by=anke)
"""


def translate_earlier(server, html, dutch):
    """Write a text and its Dutch translation in Belgium's report before that for 2014."""
    server.run(EARLIER.format(html=html, dutch=dutch))


def take_step(server, step):
    """Let Anke take a step of Belgium's report: "SEND_IN", or "WITHDRAW"."""
    server.run(
        "from reports.models import Report, Step, User\n"
        "from reports.rules import workflow\n"
        'report = Report.objects.get(country__code="BE", form__year=2014)\n'
        f'workflow.take_step(report, Step.{step}, by=User.objects.get(email="{ANKE}"))\n'
    )


def open_own(server, page, email=RUTH):
    """Open the secretariat's translation of 2.1.A, whose first text is the one of `write_text`."""
    use_session(server, page, email)
    page.goto(OWN_PAGE)
    box(page, 1).wait_for()
    return page


def own_translation(server):
    """Return the secretariat's Dutch text as it is stored."""
    rows = server.sql("SELECT body FROM reports_owntranslation WHERE language = 'nl' ORDER BY number DESC")
    return rows[0][0] if rows else ""
