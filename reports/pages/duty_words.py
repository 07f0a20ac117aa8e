"""The words and the address of each duty: what is to be done, about what, since when, and where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.dates import date_format
from reports.languages import language_within
from reports.models import Approval, Report, Section, State
from reports.pages.country.file_terms import to_place
from reports.pages.country.translate import translate_url
from reports.pages.parts import asked_about, section_url
from reports.pages.translation_words import left_in_words
from reports.pages.wording import colleague_name
from reports.rules.duties import Duty, Kind


@dataclass(frozen=True)
class Task:
    """A duty as the page shows it.

    `links` are short names of sections with their addresses. `button` is the label of its button, which only the first
    task has. `is_blank` says that it is one blank section. `invite_again` is the key of the role of a person who has
    not accepted the invitation.
    """

    sign: str
    title: str
    url: str
    button: str = ""
    detail: str = ""
    about: str = ""
    when: str = ""
    links: tuple[tuple[str, str], ...] = ()
    is_blank: bool = False
    is_late: bool = False
    invite_again: int | None = None
    place: str = ""


def task_of(duty: Duty) -> Task:
    return WORDS[duty.kind](duty)


def address(name: str, report: Report | None, *more: object) -> str:
    assert report
    return reverse(name, args=[report.country.code, report.form.year, *more])


def day(value: date | datetime) -> str:
    moment = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(moment, "j F Y")


def since(duty: Duty) -> str:
    return _("since %(day)s") % {"day": day(duty.since)} if duty.since else ""


def due(report: Report) -> str:
    passed = timezone.now() > report.due_at
    words = _("was due on %(day)s") if passed else _("due on %(day)s")
    return words % {"day": day(report.due)}


def named(sections: Iterable[Section]) -> str:
    return ", ".join(section.name for section in sections)


def links(sections: Iterable[Section]) -> tuple[tuple[str, str], ...]:
    return tuple((section.short_name, section_url(section, section.report)) for section in sections)


def approved(approvals: Iterable[Approval]) -> str:
    """Return what is to be approved: the sections, or the whole report."""
    return ", ".join(one.section.short_name if one.section else _("the whole report") for one in approvals)


def answer(duty: Duty) -> Task:
    number, first = len(duty.remarks), duty.remarks[0]
    title = ngettext(
        "Answer %(number)s question of the secretariat", "Answer %(number)s questions of the secretariat", number
    )
    url = f"{address('questions', duty.report)}#remark-{first.pk}"
    return Task("ask", title % {"number": number}, url, _("Answer"), named(duty.sections), when=since(duty))


def conflict(duty: Duty) -> Task:
    assert duty.conflict
    section, row = duty.sections[0], duty.conflict
    people = {"section": named([section]), "who": row.revision.by, "other": row.their_author}
    return Task(
        "two",
        _("Choose between two versions of a paragraph"),
        f"{section_url(section, section.report).partition('#')[0]}#conflict-{row.pk}",
        _("Choose"),
        _("%(section)s: %(who)s and %(other)s changed the same paragraph. Both versions are kept.") % people,
        when=since(duty),
    )


def decide_suggestion(duty: Duty) -> Task:
    number, section, first = len(duty.suggestions), duty.sections[0], duty.suggestions[0]
    url = f"{section_url(section, section.report).partition('#')[0]}#suggestion-{first.pk}"
    if first.language:  # who writes translations alone does not have it beside the text
        url = address("suggestion", duty.report, first.pk)
    title = ngettext("Decide about %(number)s suggestion", "Decide about %(number)s suggestions", number)
    people = ", ".join(dict.fromkeys(colleague_name(one.by) for one in duty.suggestions))
    return Task(
        "pen",
        title % {"number": number},
        url,
        _("Decide"),
        _("%(section)s: suggested by %(who)s.") % {"section": named([section]), "who": people},
        when=since(duty),
    )


def comment(duty: Duty) -> Task:
    number, first = len(duty.comments), duty.comments[0]
    title = ngettext("Answer %(number)s comment that names you", "Answer %(number)s comments that name you", number)
    url = f"{address('comments', duty.report)}#comment-{first.pk}"
    return Task("talk", title % {"number": number}, url, _("Answer"), named(duty.sections), when=since(duty))


def approve(duty: Duty) -> Task:
    url = f"{address('approvals', duty.report)}#approval-{duty.approvals[0].pk}"
    asked = _("Asked by %(who)s.") % {"who": colleague_name(duty.who)}
    title = _("Approve %(what)s") % {"what": approved(duty.approvals)}
    return Task("seal", title, url, _("Read and answer"), asked, when=since(duty))


def place_lines(duty: Duty) -> Task:
    assert duty.upload
    title, button = to_place(duty.upload.unit, duty.lines)
    url = f"{address('reading', duty.report, duty.upload.pk)}#tray"
    return Task("kept", title, url, button, duty.upload.file_name, when=since(duty))


def write(duty: Duty) -> Task:
    assert duty.report
    if duty.who is None:
        number = len(duty.sections)
        title = ngettext("Fill in %(number)s blank section", "Fill in %(number)s blank sections", number)
        found = links(duty.sections)
        return Task(
            "blank",
            title % {"number": number},
            found[0][1],
            _("Write in %(code)s") % {"code": found[0][0]},
            links=found,
        )
    section = duty.sections[0]
    return Task(
        "blank",
        named([section]),
        section_url(section, duty.report),
        _("Start writing"),
        str(section.question.prompt),
        about=str(asked_about(section.question).text),
        when=due(duty.report),
        is_blank=True,
        is_late=timezone.now() > duty.report.due_at,
    )


def translate(duty: Duty) -> Task:
    assert duty.report
    number = duty.tally.left
    title = ngettext(
        "Translate %(number)s passage into %(language)s", "Translate %(number)s passages into %(language)s", number
    )
    params = {"number": number, "language": language_within(duty.language)}
    url = translate_url(duty.report, duty.language)
    return Task("pen", title % params, url, _("Translate"), left_in_words(duty.tally))


def send_in(duty: Duty) -> Task:
    report = duty.report
    assert report
    returned = report.state == State.RETURNED
    title = _("Send in the report for %(year)s again") if returned else _("Send in the report for %(year)s")
    said = _("The secretariat returned it on %(day)s.") % {"day": day(duty.since)} if duty.since else ""
    return Task(
        "pen",
        title % {"year": report.form.year},
        address("send_in", report),
        _("Check and send in"),
        said,
        when=due(report),
        is_late=timezone.now() > report.due_at,
    )


def begin(duty: Duty) -> Task:
    assert duty.form
    assert duty.country
    title = _("Begin the report for %(year)s") % {"year": duty.form.year}
    late = duty.form.is_past(timezone.now())
    words = (_("was due on %(day)s") if late else _("due on %(day)s")) % {"day": day(duty.form.due)}
    url = f"{reverse('my_reports')}#first-{duty.country.code}"
    return Task("blank", title, url, _("Begin"), str(duty.country), when=words, is_late=late)


def of_country(duty: Duty, words: str, **more: object) -> str:
    assert duty.report
    return words % {"country": duty.report.country, "year": duty.report.form.year, **more}


def review(duty: Duty) -> Task:
    title = of_country(duty, _("Review the report of %(country)s for %(year)s"))
    return Task("lock", title, address("review", duty.report), _("Review"), when=since(duty))


def publish(duty: Duty) -> Task:
    title = of_country(duty, _("Publish the report of %(country)s for %(year)s"))
    return Task("done", title, f"{address('review', duty.report)}#decide", _("Publish"), when=since(duty))


def about_remarks(duty: Duty, title: str, button: str) -> Task:
    first = duty.remarks[0]
    url = f"{address('review_section', duty.report, first.section.code)}#remark-{first.pk}"
    title = of_country(duty, title, number=len(duty.remarks))
    return Task("ask", title, url, button, named(duty.sections), when=since(duty))


def send_questions(duty: Duty) -> Task:
    title = ngettext(
        "Send %(number)s question to %(country)s, report for %(year)s",
        "Send %(number)s questions to %(country)s, report for %(year)s",
        len(duty.remarks),
    )
    return about_remarks(duty, title, _("To the question"))


def settle(duty: Duty) -> Task:
    title = ngettext(
        "Settle %(number)s answer of %(country)s, report for %(year)s",
        "Settle %(number)s answers of %(country)s, report for %(year)s",
        len(duty.remarks),
    )
    return about_remarks(duty, title, _("Read the answer"))


def decide_reset(duty: Duty) -> Task:
    assert duty.reset
    title = _("Confirm or refuse: %(who)s lost a device") % {"who": duty.reset.user}
    asked = _("Asked by %(who)s.") % {"who": duty.who}
    return Task("lock", title, reverse("lost_devices"), _("Decide"), asked, when=since(duty))


def others_write(duty: Duty) -> Task:
    assert duty.report
    assert duty.who
    assert duty.membership
    title = ngettext("%(who)s: this section is blank:", "%(who)s: these sections are blank:", len(duty.sections))
    said = _("Given on %(day)s.") % {"day": day(duty.since)} if duty.since else ""
    waits = not duty.who.has_accepted and duty.who.is_active
    return Task(
        "blank",
        title % {"who": colleague_name(duty.who)},
        "",
        detail=f"{said} {_('Has not signed in yet')}." if waits else said,
        when=due(duty.report),
        links=links(duty.sections),
        is_late=timezone.now() > duty.report.due_at,
        invite_again=duty.membership.pk if waits else None,
    )


def others_approve(duty: Duty) -> Task:
    params = {"who": colleague_name(duty.who), "what": approved(duty.approvals)}
    title = _("%(who)s: approval requested for %(what)s") % params
    return Task("seal", title, address("approvals", duty.report), when=since(duty))


WORDS: dict[Kind, Callable[[Duty], Task]] = {
    Kind.ANSWER: answer,
    Kind.CONFLICT: conflict,
    Kind.DECIDE_SUGGESTION: decide_suggestion,
    Kind.COMMENT: comment,
    Kind.APPROVE: approve,
    Kind.PLACE_LINES: place_lines,
    Kind.WRITE: write,
    Kind.TRANSLATE: translate,
    Kind.SEND_IN: send_in,
    Kind.BEGIN: begin,
    Kind.REVIEW: review,
    Kind.SEND_QUESTIONS: send_questions,
    Kind.SETTLE: settle,
    Kind.PUBLISH: publish,
    Kind.DECIDE_RESET: decide_reset,
    Kind.OTHERS_WRITE: others_write,
    Kind.OTHERS_APPROVE: others_approve,
}
