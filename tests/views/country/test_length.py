"""A report that is nearly full says so before a text is refused."""

import pytest

from reports.models import Contribution
from tests.views.html import text

pytestmark = pytest.mark.django_db
PAGES = ["/reports/BE/2014/", "/reports/BE/2014/2.1/", "/reports/BE/2014/1.1/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("length", "said"),
    [
        (319_000, ""),
        (321_000, "Plan the rest of your texts"),
        (400_000, "Shorten a text before you add to another"),
    ],
)
def test_pages_announce_a_report_that_is_nearly_full(anke, written, page, length, said):
    Contribution.objects.filter(pk=written.pk).update(body=f"<p>{'woord ' * (length // 6)}</p>", translation_fr="")
    shown = text(anke.get(page))
    assert ("the maximum, translations among them, is 400" in shown.replace("400,000", "400000")) == bool(said)
    assert said in shown
