"""Suggestions: what somebody who may not write a text would change in it, and what its writers make of that.

Nobody of the secretariat reads a suggestion, in any state of the report, and no document, export or log has one. What
is accepted becomes an ordinary save of the person who accepts.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reports import notifications
from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.document.suggested import changes, with_changes
from reports.models import (
    Contribution,
    Country,
    How,
    Outcome,
    Report,
    Revision,
    Section,
    Suggestion,
    SuggestionEnd,
    User,
)
from reports.rules import permissions
from reports.rules.typed import checked
from reports.rules.writing import Saved, save_text
from reports.rules.writing.locks import frozen, lock_contribution, lock_report

LONGEST_NOTE = 2_000  # characters
LONGEST_COMMENT = 500  # of what is said when a suggestion is declined
MOST_OF_PERSON = 3  # waiting suggestions of one person for one text
MOST_OF_TEXT = 10  # of all people for one text
MOST_OF_REPORT = 100


def suggest(
    contribution: Contribution,
    text: str,
    *,
    base: int,
    by: User,
    is_html: bool = True,
    note: str = "",
    language: str = "",
) -> Suggestion:
    """Suggest a text for a contribution: its original, or the translation into `language`. Return the suggestion.

    `base` is the number of the revision that `by` had before them, and `text` what was typed. The same again is the
    same suggestion while it waits. Side effect: an e-mail to those who may write the contribution. Raise
    PermissionDenied or Problem; the length of the text is checked before anything parses it.
    """
    body = richtext.from_typed(text, is_html=is_html)
    note = checked(note, LONGEST_NOTE)
    with transaction.atomic():
        row = lock_for_suggestion(contribution, language, by=by)
        of_text = {"contribution": row, "language": language}
        started_from = Revision.objects.filter(**of_text, number=base).first()
        newest = Revision.objects.filter(**of_text).order_by("-number").first()
        if started_from is None or newest is None:
            raise Problem(gettext_noop("The portal could not read what was sent. Open the page again."))
        check_body(body, started_from.body, newest.body)
        mine = {**of_text, "base": base, "body": body, "note": note, "by": by}
        if arrived := Suggestion.objects.waiting().filter(**mine).first():
            return arrived  # sent again, because the answer to the first was lost
        check_room(row, language, by=by)
        suggestion = Suggestion.objects.create(**mine)
        notifications.notify_suggestion(suggestion, writers_of(row, language))
        return suggestion


def lock_for_suggestion(contribution: Contribution, language: str, *, by: User) -> Contribution:
    """Return the contribution as it is now, under the report's lock. Raise Problem or PermissionDenied."""
    report = lock_report(contribution.section.report)
    report.country = contribution.section.report.country
    row = Contribution.objects.select_related("section__question").get(pk=contribution.pk)
    row.section.report = report
    permissions.forget_assignments(by)
    if permissions.may(by, permissions.writing_of(language), row):
        raise Problem(gettext_noop("You may write this text yourself now. Copy your changes, and save them there."))
    if row.section.frozen:
        raise frozen(row.section)
    permissions.check(by, "suggest", row)
    is_there = row.translations().get(language) if language else row.body
    if row.removed_at or not is_there or row.section.nothing_to_report:
        raise Problem(gettext_noop("A colleague has removed this text in the meantime. Copy what you wrote."))
    return row


def check_body(body: str, base: str, now: str) -> None:
    """Raise Problem for a text that suggests nothing, or that no contribution may have."""
    if body == base:
        raise Problem(gettext_noop("You have not changed the text yet. Change it, then send your suggestion."))
    if body == now:
        raise Problem(gettext_noop("The text already says this: a colleague has changed it in the meantime."))
    if not body or richtext.is_nothing(body):
        raise Problem(
            gettext_noop("Nothing is left of the text. To have all of it removed, ask a colleague who writes it.")
        )


def check_room(contribution: Contribution, language: str, *, by: User) -> None:
    """Raise Problem if as many suggestions wait as the pages can show."""
    waiting = Suggestion.objects.waiting().filter(contribution__section__report=contribution.section.report)
    of_text = waiting.filter(contribution=contribution, language=language)
    if of_text.filter(by=by).count() >= MOST_OF_PERSON:
        raise Problem(
            gettext_noop(
                "%(limit)s suggestions of yours wait for this text, the most one person may have. Withdraw one of "
                "them, or wait for an answer."
            ),
            limit=MOST_OF_PERSON,
        )
    if of_text.count() >= MOST_OF_TEXT or waiting.count() >= MOST_OF_REPORT:
        raise Problem(
            gettext_noop("As many suggestions wait here as are possible. Wait until some of them have been answered.")
        )


def writers_of(contribution: Contribution, language: str) -> list[User]:
    """Return the people of the country who may write a text of a contribution now."""
    country: Country = contribution.section.report.country
    people = User.objects.filter(memberships__country=country, is_active=True)
    return [one for one in people if permissions.may(one, permissions.writing_of(language), contribution)]


def text_with(suggestion: Suggestion, chosen: Collection[int] | None) -> tuple[str, Outcome]:
    """Return the base with the chosen changes of the suggestion, None for all of them, and what that makes of it.

    Raise Problem if none is chosen, or if nothing would be left.
    """
    base = suggestion.contribution.revisions.get(language=suggestion.language, number=suggestion.base).body
    there = set(range(len(changes(base, suggestion.body))))
    taken = there if chosen is None else there & set(chosen)
    if not taken:
        raise Problem(gettext_noop("Tick at least one of the changes to accept, or decline the suggestion."))
    text = suggestion.body if taken == there else with_changes(base, suggestion.body, taken)
    if not text or richtext.is_nothing(text):
        raise Problem(gettext_noop("With these changes alone, nothing would be left of the text. Tick others, too."))
    return text, Outcome.ACCEPTED if taken == there else Outcome.PARTLY


def accept(suggestion: Suggestion, *, by: User, chosen: Collection[int] | None = None) -> Saved:
    """Save a suggestion as a change of `by`: all of it, or the chosen ones of its changes.

    What others saved since is merged, and what cannot be merged becomes a conflict, as in any save. The same decision
    again is the same save. Side effect: an e-mail to the person who suggested. Raise Problem, also if somebody was
    quicker.
    """
    text, outcome = text_with(suggestion, chosen)  # before the transaction, as in `save_text`
    with transaction.atomic():
        row = lock_contribution(suggestion.contribution, permissions.writing_of(suggestion.language), by=by)
        if end := decided_before(suggestion, outcome, by=by, text=text):
            return saved_with(end, row)
        check_is_there(row)
        saved = save_text(row, text, base=suggestion.base, by=by, language=suggestion.language, how=How.SUGGESTED)
        revision = saved.revision if saved.outcome == "saved" else None
        finish(suggestion, outcome, by=by, revision=revision)
        return saved


@transaction.atomic
def decline(suggestion: Suggestion, *, by: User, comment: str = "") -> None:
    """Decline a suggestion. The same decision again is one. Side effect: an e-mail to the person who suggested.

    Raise Problem as in `accept`.
    """
    comment = checked(comment, LONGEST_COMMENT)
    row = lock_contribution(suggestion.contribution, permissions.writing_of(suggestion.language), by=by)
    if decided_before(suggestion, Outcome.DECLINED, by=by, comment=comment):
        return
    check_is_there(row)
    finish(suggestion, Outcome.DECLINED, by=by, comment=comment)


@transaction.atomic
def withdraw(suggestion: Suggestion, *, by: User) -> None:
    """Take back one's own suggestion, in any state of the report. Idempotent. Raise PermissionDenied or Problem."""
    report = Report.objects.select_for_update().get(pk=suggestion.contribution.section.report_id)
    permissions.check(by, "withdraw_suggestion", report)
    if suggestion.by_id != by.pk:
        raise PermissionDenied
    if not decided_before(suggestion, Outcome.WITHDRAWN, by=by):
        SuggestionEnd.objects.create(suggestion=suggestion, outcome=Outcome.WITHDRAWN, by=by)


def decided_before(
    suggestion: Suggestion, outcome: Outcome, *, by: User, comment: str = "", text: str = ""
) -> SuggestionEnd | None:
    """Return the end of a suggestion, under the report's lock, if `by` has sent the same decision before; None while
    the suggestion waits. Raise Problem if it has ended otherwise.

    `text` is what an accepted suggestion saves. The saved revision tells whether the same changes were chosen.
    """
    end = SuggestionEnd.objects.filter(suggestion=suggestion).select_related("by", "revision").first()
    if end is None:
        return None
    is_same_text = end.revision is None or end.revision.as_sent == text
    if (end.by_id, end.outcome, end.comment) == (by.pk, outcome, comment) and is_same_text:
        return end
    if end.outcome == Outcome.WITHDRAWN:
        raise Problem(gettext_noop("%(who)s has withdrawn this suggestion in the meantime."), who=str(end.by))
    raise Problem(gettext_noop("%(who)s has decided about this suggestion in the meantime."), who=str(end.by))


def saved_with(end: SuggestionEnd, contribution: Contribution) -> Saved:
    """Return the save with which a suggestion was accepted; an unchanged text if that saved nothing."""
    if end.revision:
        return Saved("saved", contribution, end.revision, tuple(end.revision.conflicts.filter(settled_at=None)))
    return Saved(
        "unchanged", contribution, contribution.revisions.filter(language=end.suggestion.language).latest("number")
    )


def check_is_there(contribution: Contribution) -> None:
    if contribution.removed_at:
        raise Problem(gettext_noop("This contribution was removed in the meantime. Restore it first."))


def finish(
    suggestion: Suggestion, outcome: Outcome, *, by: User, comment: str = "", revision: Revision | None = None
) -> None:
    end = SuggestionEnd.objects.create(
        suggestion=suggestion, outcome=outcome, by=by, comment=comment, revision=revision
    )
    notifications.notify_outcome(end)


def may_read(user: User, suggestion: Suggestion) -> bool:
    """Return whether a person of the country may read a suggestion: their own, or one for a text that they write."""
    contribution = suggestion.contribution
    is_own = suggestion.by_id == user.pk and permissions.in_country(user, contribution)
    return is_own or permissions.has_right(user, permissions.writing_of(suggestion.language), contribution)


def may_decide(user: User, suggestion: Suggestion) -> bool:
    """Return whether a person writes the text that a suggestion is for, and may accept or decline it now."""
    return permissions.may(user, permissions.writing_of(suggestion.language), suggestion.contribution)


def may_suggest(user: User, section: Section, contribution: Contribution, language: str = "") -> bool:
    """Return whether a page offers to suggest a change to this text of a contribution of the section."""
    writes = permissions.may(user, permissions.writing_of(language), contribution)
    return not section.nothing_to_report and not writes and permissions.may(user, "suggest", contribution)
