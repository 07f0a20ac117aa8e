"""The page of files for a translation service: what can be downloaded, and what became of a file that came home."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext

from reports.document.translation.exchange import Outcome
from reports.languages import language_within
from reports.models import Report, User
from reports.pages.wording import fill
from reports.rules import translation_files
from reports.rules.translation_files import CameHome
from reports.rules.writing import Brought

MOST_SHOWN = 20  # notices, and texts that were left out, of one file


@dataclass(frozen=True)
class Line:
    """One sentence of the account, with its sign. `codes` are sections to open in the translation into `language`."""

    sign: str
    words: str
    codes: list[str] = field(default_factory=list)
    language: str = ""


@dataclass(frozen=True)
class FilesPage:
    """`sources` are the languages of the originals that the user may have translated; `account` that of a file."""

    report: Report
    sources: list[str]
    account: list[dict[str, Any]]


def files_page(user: User, report: Report, account: list[dict[str, Any]]) -> FilesPage:
    rows = translation_files.texts_to_send(report, by=user)
    return FilesPage(report, list(dict.fromkeys(row.language.split("-")[0] for row in rows)), account)


def account_of(home: CameHome) -> list[Line]:
    """Return what became of a file, in words: first what changed, then what a person has to look at."""
    brought = home.brought
    lines = [line for line in (lands(brought), older(brought), beside(brought), unchanged(brought)) if line]
    return [*lines, *left_out(brought), *to_look_at(home)] or [Line("nothing", gettext("The file has no passages."))]


def lands(brought: Brought) -> Line | None:
    words = ngettext(
        "%(count)s passage was translated into %(language)s.",
        "%(count)s passages were translated into %(language)s.",
        brought.count("lands"),
    )
    return line("done", words, "lands", brought)


def older(brought: Brought) -> Line | None:
    words = ngettext(
        "%(count)s translation is for an older wording: the original was changed in the meantime. It is marked as out "
        "of date.",
        "%(count)s translations are for an older wording: the original was changed in the meantime. They are marked as "
        "out of date.",
        brought.count("older"),
    )
    return line("warn", words, "older", brought)


def beside(brought: Brought) -> Line | None:
    words = ngettext(
        "%(count)s passage has a newer translation in the report, which stays. Both versions are kept until somebody "
        "chooses one.",
        "%(count)s passages have a newer translation in the report, which stays. Both versions are kept until somebody "
        "chooses one.",
        brought.count("beside"),
    )
    return line("kept", words, "beside", brought)


def unchanged(brought: Brought) -> Line | None:
    words = ngettext(
        "%(count)s passage is unchanged: it has no new translation in the file, or the report has it already.",
        "%(count)s passages are unchanged: they have no new translation in the file, or the report has it already.",
        brought.count("unchanged"),
    )
    return line("nothing", words, "unchanged", brought)


def line(sign: str, words: str, outcome: Outcome, brought: Brought) -> Line | None:
    count = brought.count(outcome)
    language = language_within(brought.language)
    codes = brought.sections(outcome) if outcome in ("older", "beside") else []
    return Line(sign, words % {"count": count, "language": language}, codes, brought.language) if count else None


def left_out(brought: Brought) -> list[Line]:
    """Return why texts of the file were left out, with what the file calls them."""
    reasons = {
        "gone": gettext("These texts are not in the report any more. They were left out: %(texts)s."),
        "not yours": gettext("These texts are not assigned to you. They were left out: %(texts)s."),
        "frozen": gettext(
            "The secretariat returned other sections only. These texts stay as they were sent in: %(texts)s."
        ),
        "own language": gettext(
            "These texts are in this language themselves now, and need no translation. They were left out: %(texts)s."
        ),
    }
    found = []
    for why, words in reasons.items():
        if titles := [one.title for one in brought.left if one.why == why]:
            found.append(Line("warn", words % {"texts": shortened(titles)}))
    return found


def shortened(titles: Sequence[str]) -> str:
    known = [title[:60] or gettext("a text without a name") for title in dict.fromkeys(titles)]
    shown, more = known[:MOST_SHOWN], len(known) - MOST_SHOWN
    if more > 0:
        shown.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return "; ".join(shown)


def to_look_at(home: CameHome) -> Iterable[Line]:
    for notice in home.notices[:MOST_SHOWN]:
        words = fill(notice.message, notice.params)
        yield Line("warn", f"{notice.section}: {words}" if notice.section else words)
    more = len(home.notices) - MOST_SHOWN
    words = ngettext(
        "%(count)s more passage of the file needs a look.", "%(count)s more passages of the file need a look.", more
    )
    if more > 0:
        yield Line("warn", words % {"count": more})
