"""The tables, their constraints and named querysets.

Models know no rules: only reports/rules/ changes the state of a report or checks permissions.
"""

from reports.models.audit import AuditEvent, Event
from reports.models.comment import Comment, CommentAct, CommentMessage
from reports.models.conflict import Conflict
from reports.models.delegation import Answer, Approval, Delegation
from reports.models.factor_reset import FactorReset
from reports.models.framework import OperationalGoal, PolicyTarget
from reports.models.heartbeat import Heartbeat
from reports.models.machine_request import MachineOutcome, MachineRequest
from reports.models.mail import Frequency, Mail, MailKind
from reports.models.mailed_link import AddressChange, InvitationLink
from reports.models.opening import OpeningKind, SubmissionOpening
from reports.models.own_translation import OwnDismissal, OwnTranslation, OwnTranslationQuerySet
from reports.models.people import COUNTRY_ROLES, SECRETARIAT_ROLES, Country, Membership, Role, RoleLog, User
from reports.models.rate_limit import RateLimit
from reports.models.remark import Remark, RemarkMessage, RemarkState
from reports.models.rendering import Record, Rendering, RenderingState
from reports.models.report import MACHINE, OPEN_STATES, Contribution, Report, Section, State, units_behind
from reports.models.reporting_form import Layout, Question, ReportingForm
from reports.models.review import ReadMark, Step, StepLog, Submission
from reports.models.revision import EMPTY, How, Revision
from reports.models.section_log import Change, SectionLog
from reports.models.suggestion import Outcome, Suggestion, SuggestionEnd
from reports.models.translation_event import TranslationAct, TranslationEvent, Whose
from reports.models.upload import FileFormat, LooseLine, Settled, Unit, Upload

__all__ = [
    "COUNTRY_ROLES",
    "EMPTY",
    "MACHINE",
    "OPEN_STATES",
    "SECRETARIAT_ROLES",
    "AddressChange",
    "Answer",
    "Approval",
    "AuditEvent",
    "Change",
    "Comment",
    "CommentAct",
    "CommentMessage",
    "Conflict",
    "Contribution",
    "Country",
    "Delegation",
    "Event",
    "FactorReset",
    "FileFormat",
    "Frequency",
    "Heartbeat",
    "How",
    "InvitationLink",
    "Layout",
    "LooseLine",
    "MachineOutcome",
    "MachineRequest",
    "Mail",
    "MailKind",
    "Membership",
    "OpeningKind",
    "OperationalGoal",
    "Outcome",
    "OwnDismissal",
    "OwnTranslation",
    "OwnTranslationQuerySet",
    "PolicyTarget",
    "Question",
    "RateLimit",
    "ReadMark",
    "Record",
    "Remark",
    "RemarkMessage",
    "RemarkState",
    "Rendering",
    "RenderingState",
    "Report",
    "ReportingForm",
    "Revision",
    "Role",
    "RoleLog",
    "Section",
    "SectionLog",
    "Settled",
    "State",
    "Step",
    "StepLog",
    "Submission",
    "SubmissionOpening",
    "Suggestion",
    "SuggestionEnd",
    "TranslationAct",
    "TranslationEvent",
    "Unit",
    "Upload",
    "User",
    "Whose",
    "units_behind",
]
