"""The decisions that the secretariat can take about a report that was sent in."""

from reports.models import Step

# Each decision: its step, and the field of the form that names the sections it opens again, "" for all of them.
DECISIONS: dict[str, tuple[Step, str]] = {
    "return_asked": (Step.RETURN, "asked"),
    "return_chosen": (Step.RETURN, "sections"),
    "return": (Step.RETURN, ""),
    "accept": (Step.ACCEPT, ""),
    "publish": (Step.PUBLISH, ""),
    "reopen_chosen": (Step.REOPEN, "sections"),
    "reopen": (Step.REOPEN, ""),
}
