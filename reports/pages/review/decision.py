"""What the secretariat can decide about a report now: each option in words, and why one cannot be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Step, User
from reports.pages.review.review import Review
from reports.rules import permissions
from reports.rules.decisions import DECISIONS


@dataclass(frozen=True)
class DecisionOption:
    """`refusal` says why it cannot be chosen, "" if it can."""

    key: str
    label: str
    help: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class DecisionPanel:
    """`asked` are the sections with open questions, as the page names them; `unread` is a number of sections.

    `unsent` is the number of questions that are sent with a return.
    """

    options: tuple[DecisionOption, ...]
    asked: tuple[str, ...]
    unread: int
    unsent: int

    @property
    def only_reopens(self) -> bool:
        return {DECISIONS[option.key][0] for option in self.options} == {Step.REOPEN}

    @property
    def has_choice_of_sections(self) -> bool:
        return any(DECISIONS[option.key][1] == "sections" for option in self.options)


def decision_panel(user: User, review: Review) -> DecisionPanel:
    """Return what the user can decide about the report now."""
    open_codes = review.open_codes
    # Returning the sections with questions is no choice while there are none: it would return nothing, or everything.
    keys = [key for key, (step, _field) in DECISIONS.items() if permissions.may(user, step, review.report)]
    return DecisionPanel(
        options=tuple(option(key, review) for key in keys if key != "return_asked" or open_codes),
        asked=tuple(open_codes),
        unread=len(review.places) - review.read_count,
        unsent=review.unsent if permissions.may(user, Step.RETURN, review.report) else 0,
    )


def option(key: str, review: Review) -> DecisionOption:
    total = len(review.places)
    all_open = ngettext("The only section opens.", "All %(count)s sections open.", total) % {"count": total}
    chosen = _("The others stay as they were sent in.")
    if key == "return_asked":
        return asked_option(review)
    if key == "accept":
        return accept_option(review)
    label, help_text = {
        "return_chosen": (_("Return some of the sections"), chosen),
        "return": (_("Return the whole report"), all_open),
        "publish": (_("Publish"), _("The official PDF will be sealed. Anybody can then verify a copy of it.")),
        "reopen_chosen": (_("Reopen some of the sections"), chosen),
        "reopen": (_("Reopen the whole report"), all_open),
    }[key]
    return DecisionOption(key, label, help_text)


def asked_option(review: Review) -> DecisionOption:
    codes = review.open_codes
    label = ngettext(
        "Return only the %(count)s section with open questions",
        "Return only the %(count)s sections with open questions",
        len(codes),
    )
    help_text = ngettext(
        "%(codes)s opens for %(country)s. The others stay as they were sent in.",
        "%(codes)s open for %(country)s. The others stay as they were sent in.",
        len(codes),
    )
    named = {"codes": in_a_row(codes), "country": str(review.report.country)}
    return DecisionOption("return_asked", label % {"count": len(codes)}, help_text % named)


def accept_option(review: Review) -> DecisionOption:
    codes = review.unsettled_codes
    refusal = ngettext(
        "Possible when every question is settled. This is not the case yet in section %(codes)s.",
        "Possible when every question is settled. This is not the case yet in sections %(codes)s.",
        len(codes),
    ) % {"codes": in_a_row(codes)}
    return DecisionOption("accept", _("Accept"), refusal=refusal if codes else "")


def in_a_row(codes: Sequence[str]) -> str:
    """Return "2.1.B, 2.1.C and 3.2.B"."""
    return get_text_list(list(codes), _("and"))
