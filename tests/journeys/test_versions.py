"""The history of a text and the panel of a conflict are accessible and translated."""

from tests.browser import check_axe, use_session
from tests.journeys.page_checks import check_languages

ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
TWO_CHANGE_ONE_PARAGRAPH = f"""
from reports.models import Section, User
from reports.rules import writing
anke, luc = User.objects.get(email="{ANKE}"), User.objects.get(email="{LUC}")
section = Section.objects.get(report__country__code="BE", report__form__year=2014, question__code="2.1.A")
text = "<p>Boven.</p><p>De politie kreeg een lange handleiding.</p>"
one = writing.add_contribution(section, text, by=anke, language="nl", authority="Justitie")
writing.save_text(one, text.replace("een lange", "in mei een"), base=1, by=luc)
writing.save_text(one, text.replace("lange handleiding", "kort handboek"), base=1, by=anke)
print(one.pk)
"""


def test_history_and_conflicts_are_accessible_and_translated(server, page):
    contribution = server.run(TWO_CHANGE_ONE_PARAGRAPH).split()[-1]
    history = f"/reports/BE/2014/history/{contribution}/"
    use_session(server, page, ANKE)
    check_languages(server, page, [history, f"{history}?from=1&to=2", "/reports/BE/2014/2.1/"])
    server.set_language("en")
    page.goto(f"{history}?from=1&to=2")
    assert page.locator("main ins").inner_text().strip() == "in mei"
    assert page.locator("main del").inner_text().strip() == "lange"
    check_axe(page)
    page.goto(history)
    page.locator(".history .pair").wait_for()  # the conflict that is still open
    check_axe(page)

    page.goto("/reports/BE/2014/2.1/")
    panel = page.locator(".conflict")
    panel.locator("[data-mine] ins").first.wait_for()
    for fold in panel.locator("summary").all():
        fold.click()
    panel.locator("[role=textbox]").wait_for()
    check_axe(page)
