"""What a country translated in its earlier reports, to be offered where the same words are translated again."""

from collections.abc import Iterable

from reports.document.translation.memory import MOST_PAIRS, Earlier
from reports.models import Contribution, Report
from reports.rules.translations import units_of


def earlier_translations(report: Report, language: str) -> list[Earlier]:
    """Return the units of the translations in the earlier reports of this country, the newest report first. One query.

    `where` is the year and the code of the section.
    """
    rows: Iterable[Contribution] = (
        Contribution.objects.live()
        .with_units()
        .filter(section__report__country_id=report.country_id, section__report__form__year__lt=report.form.year)
        .exclude(**{f"translation_{language}": ""})
        .exclude(**{f"translation_{language}__isnull": True})
        .select_related("section__question", "section__report__form")
        .order_by("-section__report__form__year", "section__question__position", "position", "pk")
    )
    found: list[Earlier] = []
    for row in rows:
        where = f"{row.section.report.form.year}, {row.section.code}"
        found += [Earlier(unit, where) for unit in units_of(row, language)]
        if len(found) >= MOST_PAIRS:
            break
    return found
