"""The translations that wait: what is untranslated, or translated from an older wording."""

from collections.abc import Iterator

from reports.languages import PORTAL_LANGUAGES
from reports.models import Report
from reports.rules import permissions, translation_counts
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation
from reports.rules.translation_counts import Progress


def translations(now: Situation) -> Iterator[Duty]:
    """Yield one duty for each report and language in which passages wait for a translation that the user may write.

    A translator awaits every text of the report, in each language into which anything of it was translated, and in the
    language in which they read the portal. Others who write await only texts whose translation somebody has begun:
    nobody has to translate a report, but what was begun should not go stale unseen. One query, and none in a country
    without translations and translators.
    """
    reports = [one for one in now.open_reports if permissions.is_translator(now.user, one)]
    only_begun = not reports
    reports += [one for one in now.with_any("has_translations") if one not in reports]
    if not reports:
        return
    found: dict[tuple[int, str], list[Progress]] = {}
    for one in translation_counts.progress(reports, only_begun=only_begun):
        now.with_report(one.contribution.section)
        found.setdefault((one.contribution.section.report_id, one.language), []).append(one)
    for report in reports:
        for language in PORTAL_LANGUAGES:
            yield from duty_of(now, report, language, found.get((report.pk, language), []))


def duty_of(now: Situation, report: Report, language: str, texts: list[Progress]) -> Iterator[Duty]:
    is_begun = any(one.is_begun for one in texts)
    is_all = permissions.is_translator(now.user, report) and (is_begun or language == now.user.language)
    waiting = [
        one
        for one in texts
        if one.tally.left
        and (is_all or one.is_begun)
        and permissions.may(now.user, "translate_contribution", one.contribution)
    ]
    if waiting:
        yield Duty(
            Kind.TRANSLATE,
            report,
            sections=tuple({one.contribution.section_id: one.contribution.section for one in waiting}.values()),
            language=language,
            tally=translation_counts.total(one.tally for one in waiting),
        )


SOURCES = (translations,)
