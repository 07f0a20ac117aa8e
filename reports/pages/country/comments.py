"""The comments of colleagues: beside the section whose text they are about, and all of a report in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from reports.document import passages
from reports.languages import language_within
from reports.models import Comment, CommentAct, CommentMessage, Contribution, Report, Section, User, units_behind
from reports.pages.wording import colleague_name
from reports.rules import comments, permissions

MOST_SEARCHED = 1_000_000  # characters of one page that are searched for edited passages, which takes about a second
MOST_NEWS = 20  # changed comments that an open page gets at once


@dataclass(frozen=True)
class Said:
    """What somebody said or did in a comment. `named` are the colleagues whom it names."""

    who: str
    at: datetime
    act: str
    text: str
    named: str


@dataclass(frozen=True)
class CommentThread:
    """A comment with what was said in it, the oldest first, and where its passage is now.

    `words` are those that are now in its place, the `occurrence`-th of the equal ones in the text of `home`. `home` is
    None if the passage is gone; `quote` are the words that it was about. `about` names the text. `newest` is the key of
    the last message, by which an open page asks for what came since.
    """

    comment: Comment
    about: str
    said: tuple[Said, ...]
    home: Contribution | None
    words: str
    occurrence: int
    newest: int
    may_answer: bool
    may_settle: bool

    @property
    def quote(self) -> str:
        return self.comment.quote

    @property
    def is_settled(self) -> bool:
        return self.comment.settled_at is not None

    @property
    def settled(self) -> Said | None:
        """Who settled it, and when."""
        return next((one for one in reversed(self.said) if one.act == CommentAct.SETTLED), None)

    @property
    def was_changed(self) -> bool:
        return self.home is not None and self.words != self.quote


@dataclass(frozen=True)
class SectionComments:
    """The comments about one section. `texts` are the contributions that can be chosen for a new one."""

    section: Section
    unsettled: list[CommentThread]
    settled: list[CommentThread]
    texts: list[tuple[int, str]]
    may_comment: bool


@dataclass(frozen=True)
class CommentsPage:
    report: Report
    found: list[SectionComments]
    colleagues: list[User]


class Texts:
    """The folded texts of a page: each is parsed once, and only so much is searched for passages that were edited."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._left = MOST_SEARCHED

    def of(self, html: str) -> str:
        if html not in self._known:
            self._known[html] = passages.text_of(html)
        return self._known[html]

    def may_search(self, text: str) -> bool:
        """Return whether there is room to search this text too, and take it."""
        self._left -= len(text)
        return self._left >= 0


def comments_page(user: User, report: Report) -> CommentsPage:
    """Return all comments of a report fetched `with_sections`, in the order of the form."""
    found = comments_beside(user, report, list(report.sections.all()))
    shown = [one for one in found.values() if one.unsettled or one.settled]
    return CommentsPage(report, shown, comments.colleagues(report.country, besides=user))


def one_thread(user: User, comment: Comment) -> tuple[CommentThread, int]:
    """Return a comment for its page, and the number of unsettled ones about its section."""
    section = comment.contribution.section
    number = Comment.objects.unsettled().filter(contribution__section=section).count()
    return thread_of(user, comment, section, Texts()), number


def changed_since(sections: QuerySet[Section], newest: int) -> list[Comment]:
    """Return the comments about these sections with a message after `newest`, those that changed first; MOST_NEWS at
    most: the page asks again. One query if there are none.
    """
    messages = CommentMessage.objects.filter(comment__contribution__section__in=sections, pk__gt=newest)
    keys = messages.order_by().values("comment").annotate(last=Max("pk")).order_by("last").values_list("comment")
    found = [pk for (pk,) in keys[:MOST_NEWS]]
    if not found:
        return []
    rows = comments_of(sections).filter(pk__in=found).select_related("contribution__section__question")
    return sorted(rows, key=lambda one: found.index(one.pk))


def comments_beside(user: User, report: Report, sections: Sequence[Section]) -> dict[str, SectionComments]:
    """Return the comments about these sections of a report, by section code. Three queries, one without comments."""
    may_comment = permissions.may(user, "comment", report)
    threads: dict[int, list[CommentThread]] = {}
    by_pk = {section.pk: section for section in sections}
    texts = Texts()
    for comment in comments_of(sections):
        section = by_pk[comment.contribution.section_id]
        section.report = report
        comment.contribution.section = section
        threads.setdefault(section.pk, []).append(thread_of(user, comment, section, texts))
    return {
        section.code: SectionComments(
            section,
            unsettled=[one for one in threads.get(section.pk, []) if not one.is_settled],
            settled=[one for one in threads.get(section.pk, []) if one.is_settled],
            texts=[(row.pk, name_of(row, section)) for row in section.contributions_now],
            may_comment=may_comment,
        )
        for section in sections
    }


def comments_of(sections: Iterable[Section]) -> QuerySet[Comment]:
    messages = CommentMessage.objects.select_related("by").prefetch_related("named")
    rows = Comment.objects.filter(contribution__section__in=sections).select_related("contribution")
    rows = rows.defer(*units_behind("contribution"))
    return rows.prefetch_related(Prefetch("messages", messages))


def thread_of(user: User, comment: Comment, section: Section, texts: Texts) -> CommentThread:
    """Return a comment for its page. Its contribution knows its section, and the section its report."""
    home, found = place_of(comment, section, texts)
    return CommentThread(
        comment=comment,
        about=about(comment, home, section),
        said=tuple(
            Said(
                colleague_name(one.by),
                one.at,
                one.act,
                one.text,
                ", ".join(colleague_name(person) for person in one.named.all()),
            )
            for one in comment.messages.all()
        ),
        home=home,
        words=found.words if found else "",
        occurrence=found.occurrence if found else 0,
        newest=max((one.pk for one in comment.messages.all()), default=0),
        may_answer=permissions.may(user, "comment", section.report),
        may_settle=permissions.may(user, "settle_comment", comment),
    )


def place_of(comment: Comment, section: Section, texts: Texts) -> tuple[Contribution | None, passages.Passage | None]:
    """Return the contribution in which the passage is now, and its place there.

    It is looked for in its own text first, then in the others of the section: a contribution may have been split or
    joined since. An edited passage of a settled comment is not looked for.
    """
    quote = passages.Quote(comment.quote, comment.before, comment.after)
    rows = sorted(section.contributions_now, key=lambda row: row.pk != comment.contribution_id)
    if not comment.quote:
        return next((row for row in rows if row.pk == comment.contribution_id), None), None
    bodies = [(row, texts.of(body_of(row, comment.language))) for row in rows]
    for row, text in bodies:
        if found := passages.find_exactly(quote, text):
            return row, found
    for row, text in bodies if comment.settled_at is None else ():
        if texts.may_search(text) and (found := passages.find(quote, text)):
            return row, found
    return None, None


def body_of(row: Contribution, language: str) -> str:
    return str(getattr(row, f"translation_{language}", "") or "") if language else row.body


def about(comment: Comment, home: Contribution | None, section: Section) -> str:
    """Return which text the comment is about: "Justice", or "Justice, translation into French"."""
    name = name_of(home or comment.contribution, section)
    if not comment.language:
        return name
    return _("%(name)s, translation into %(language)s") % {"name": name, "language": language_within(comment.language)}


def name_of(row: Contribution, section: Section) -> str:
    """Return a contribution's authority, or its number in the section."""
    if row.authority:
        return row.authority
    numbers = [one.pk for one in section.contributions_now]
    if row.pk not in numbers:
        return _("A removed contribution")
    return _("Contribution %(number)s") % {"number": numbers.index(row.pk) + 1}
