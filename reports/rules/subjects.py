"""What a right is about: the report, section and country of anything that rules/permissions.py is asked about."""

from reports.models import Comment, Contribution, Country, Report, Section, Submission, Upload

Subject = Report | Section | Contribution | Comment | Submission | Upload | Country | None


def report_of(on: Subject) -> Report | None:
    match on:
        case Report():
            return on
        case Section() | Submission() | Upload():
            return on.report
        case Contribution():
            return on.section.report
        case Comment():
            return on.contribution.section.report
    return None


def country_id_of(on: Subject) -> int | None:
    if isinstance(on, Country):
        return on.pk
    report = report_of(on)
    return report.country_id if report else None


def section_of(on: Subject) -> Section | None:
    match on:
        case Section():
            return on
        case Contribution():
            return on.section
        case Comment():
            return on.contribution.section
    return None
