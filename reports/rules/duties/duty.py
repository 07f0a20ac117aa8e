"""A duty: one thing that awaits a person, as a value. It is computed from the state of things and never stored."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from reports.models import (
    Approval,
    Comment,
    Conflict,
    Country,
    FactorReset,
    Membership,
    Remark,
    Report,
    ReportingForm,
    Section,
    Suggestion,
    Upload,
    User,
)
from reports.rules.translation_counts import Tally


class Kind(StrEnum):
    """The kinds of duty, in the order of the page."""

    ANSWER = "answer"  # questions of the secretariat
    CONFLICT = "conflict"
    DECIDE_SUGGESTION = "decide_suggestion"
    COMMENT = "comment"  # of colleagues who name the person
    APPROVE = "approve"
    PLACE_LINES = "place_lines"
    WRITE = "write"  # blank sections
    TRANSLATE = "translate"
    SEND_IN = "send_in"
    BEGIN = "begin"
    REVIEW = "review"
    SEND_QUESTIONS = "send_questions"
    SETTLE = "settle"  # answers that came
    PUBLISH = "publish"
    DECIDE_RESET = "decide_reset"
    # What a focal point awaits from colleagues. These are no duties of the focal point and not in the number.
    OTHERS_WRITE = "others_write"
    OTHERS_APPROVE = "others_approve"


OF_OTHERS = (Kind.OTHERS_WRITE, Kind.OTHERS_APPROVE)


@dataclass(frozen=True)
class Duty:
    """What is to be done (`kind`), and the rows that say where and about what; each kind uses some of the fields.

    `sections` are those concerned, with their questions. `who` is the person who asks, or the colleague who has not
    done it; `membership` is that colleague's role. `since` is when it began to wait. `tally` counts the
    passages of the translation into `language`.
    """

    kind: Kind
    report: Report | None = None
    form: ReportingForm | None = None
    country: Country | None = None
    sections: tuple[Section, ...] = ()
    remarks: tuple[Remark, ...] = ()
    approvals: tuple[Approval, ...] = ()
    comments: tuple[Comment, ...] = ()
    conflict: Conflict | None = None
    suggestions: tuple[Suggestion, ...] = ()
    upload: Upload | None = None
    lines: int = 0
    language: str = ""
    tally: Tally = field(default_factory=Tally)
    reset: FactorReset | None = None
    who: User | None = None
    membership: Membership | None = None
    since: datetime | None = None
