"""The tables. State changes live in reports/rules/, HTML in reports/views/."""

from reports.models.framework import OperationalGoal, PolicyTarget
from reports.models.people import COUNTRY_ROLES, SECRETARIAT_ROLES, Country, Membership, Role, User
from reports.models.reading import LooseLine, Reading, Settled
from reports.models.report import OPEN_STATES, Conflict, Contribution, How, Report, Revision, Section, State
from reports.models.reporting_form import Layout, Question, ReportingForm
from reports.models.review import Step, StepLog, Submission

__all__ = [
    "COUNTRY_ROLES",
    "OPEN_STATES",
    "SECRETARIAT_ROLES",
    "Conflict",
    "Contribution",
    "Country",
    "How",
    "Layout",
    "LooseLine",
    "Membership",
    "OperationalGoal",
    "PolicyTarget",
    "Question",
    "Reading",
    "Report",
    "ReportingForm",
    "Revision",
    "Role",
    "Section",
    "Settled",
    "State",
    "Step",
    "StepLog",
    "Submission",
    "User",
]
