"""Your tasks: exactly what the table of permissions and the state of things say is awaited, and nothing else."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.models import (
    Answer,
    Approval,
    Comment,
    Conflict,
    Contribution,
    Country,
    Delegation,
    FactorReset,
    LooseLine,
    Membership,
    Remark,
    RemarkState,
    Report,
    ReportingForm,
    Role,
    Section,
    State,
    Step,
    Suggestion,
    Upload,
    User,
)
from reports.rules import approvals, comments, delegations, permissions, remarks, second_factor, workflow, writing
from reports.rules.duties import Kind, awaited_by, awaited_of_others, number_awaited
from tests.cast import ROLES
from tests.database import undone
from tests.documents import examples
from tests.views import steps

pytestmark = pytest.mark.django_db

DRAFT, SUBMITTED, RETURNED, ACCEPTED, PUBLISHED = State
OPEN, ANY = {DRAFT, RETURNED}, set(State)
WRITERS = {"focal_point", "contributor"}
REVIEWERS = {"reviewer", "administrator"}
EVERYBODY = (*ROLES, "restricted", "approver", "translator")
# Who awaits what in the report of `full`, and in which of its states. Written from the issue, not from the code.
AWAITED = {
    Kind.ANSWER: (WRITERS | {"restricted"}, ANY - {ACCEPTED, PUBLISHED}),
    Kind.CONFLICT: (WRITERS, OPEN),
    Kind.DECIDE_SUGGESTION: (WRITERS, OPEN),
    Kind.COMMENT: ({"approver", "restricted"}, OPEN),
    Kind.APPROVE: ({"approver", "contributor"}, OPEN),
    Kind.PLACE_LINES: (WRITERS | {"restricted"}, OPEN),
    Kind.WRITE: (WRITERS | {"restricted"}, OPEN),
    Kind.TRANSLATE: (WRITERS | {"translator"}, OPEN),
    Kind.SEND_IN: ({"focal_point"}, OPEN),
    Kind.REVIEW: (REVIEWERS, {SUBMITTED}),
    Kind.SEND_QUESTIONS: (REVIEWERS, {SUBMITTED}),
    Kind.SETTLE: (REVIEWERS, ANY - {DRAFT}),
    Kind.PUBLISH: ({"administrator"}, {ACCEPTED}),
}


@pytest.fixture
def people(cast):
    """Return a function that gives each person as a request reads them: with nothing known of an earlier one."""

    def person(name, role, **more):
        user = User.objects.create_user(f"{name}@example.org", "correct horse battery", name=name)
        Membership.objects.create(user=user, role=role, country=Country.objects.get(code="BE"), **more)
        return user

    found = {role: cast[role] for role in ROLES}
    found["restricted"] = person("restricted", Role.CONTRIBUTOR, only_given=True)
    found["approver"] = person("approver", Role.APPROVER)
    found["translator"] = person("translator", Role.TRANSLATOR)
    Membership.objects.filter(user=cast.other_country).delete()
    Membership.objects.create(user=cast.other_country, role=Role.FOCAL_POINT, country=Country.objects.get(code="NL"))
    workflow.open_report(ReportingForm.objects.get(year=2014), Country.objects.get(code="NL"))
    ReportingForm.objects.filter(year__gt=2014).update(opens="2099-01-01", due="2099-12-31")
    return lambda name: User.objects.get(pk=found[name].pk)


@pytest.fixture
def full(report, written, cast, people):
    """A report in which everything awaits somebody."""
    delegations.give(report, people("restricted"), {"2.1.B": "whole", "1.1.A": "whole"}, by=cast.focal_point)
    approvals.ask(report, [people("approver"), cast.contributor], [], by=cast.focal_point)
    for words in ("@restricted, since when?", "And @approver?"):
        comments.add(written, words, by=cast.focal_point)
    writing.save_text(written, "<p>La loi.</p>", base=0, by=cast.focal_point, language="fr")
    writing.save_text(written, "<p>De wet is nu in werking.</p>", base=1, by=cast.focal_point)
    sent = steps.send_in(report, cast)
    steps.question(sent, "2.1.B", cast)
    answered = steps.question(sent, "2.1.A", cast)
    remarks.reply(answered, "Since 2012.", by=cast.focal_point)
    remarks.ask(sent, steps.section(report, "2.1.A"), "How many?", by=cast.reviewer)
    Conflict.objects.create(revision=written.revisions.get(number=2), mine="<p>a</p>", their_author=cast.contributor)
    Suggestion.objects.create(contribution=written, base=1, body="<p>b</p>", by=people("approver"))
    upload = Upload.objects.create(
        report=report, by=people("restricted"), file_name="a.txt", document="{}", applied_at=timezone.now()
    )
    LooseLine.objects.create(upload=upload, line=4, text="A line.", kind="loose")
    return report


def kinds_of(user):
    return {duty.kind for duty in awaited_by(user) if duty.report is None or duty.report.country.code == "BE"}


@pytest.mark.parametrize("state", State)
def test_each_role_awaits_what_the_table_says(full, people, state):
    Report.objects.filter(pk=full.pk).update(state=state)
    for role in EVERYBODY:
        expected = {kind for kind, (who, when) in AWAITED.items() if role in who and state in when}
        assert kinds_of(people(role)) == expected, role


def test_every_kind_is_in_this_table():
    assert {*AWAITED, Kind.BEGIN, Kind.DECIDE_RESET} == set(Kind) - {Kind.OTHERS_WRITE, Kind.OTHERS_APPROVE}


def oracle(user):
    """Return what awaits the user, as (kind, key of a row), found row by row with the table of permissions alone."""

    def may(action, on):
        return permissions.may(user, action, on)

    found = set()
    for report in Report.objects.all():
        found |= {("send_in", report.pk)} if may(Step.SEND_IN, report) else set()
        found |= {("review", report.pk)} if may("review", report) else set()
        found |= {("publish", report.pk)} if may(Step.PUBLISH, report) else set()
    for row in Remark.objects.filter(private=False):
        action, kind = {
            RemarkState.OPEN: ("answer", "answer"),
            RemarkState.UNSENT: ("review", "send_questions"),
            RemarkState.ANSWERED: ("settle", "settle"),
            RemarkState.SETTLED: (None, None),
        }[row.state]
        on = row.section if action == "answer" else row.section.report
        found |= {(kind, row.pk)} if action and may(action, on) else set()
    for row in Approval.objects.filter(official=user, answer=Answer.ASKED):
        found |= {("approve", row.pk)} if may("approve", row.report) else set()
    for row in Comment.objects.filter(settled_at=None, contribution__removed_at=None):
        said = list(row.messages.order_by("pk"))
        naming = [at for at, one in enumerate(said) if user in one.named.all()]
        answered = [at for at, one in enumerate(said) if one.by == user]
        waits = naming and max(naming) > max(answered, default=-1)
        found |= {("comment", row.pk)} if waits and may("comment", row.contribution.section.report) else set()
    found |= {("write", section.pk) for section in Section.objects.all() if awaits_text(user, section)}
    for row in Conflict.objects.filter(settled_at=None):
        text = row.revision.contribution
        hidden = text.section.nothing_to_report or text.removed_at
        found |= {("conflict", row.pk)} if not hidden and may("write_contribution", text) else set()
    for report in Report.objects.all():
        found |= {("translate", report.pk)} if awaits_translation(user, report) else set()
    for row in Suggestion.objects.filter(end=None):
        text = row.contribution
        hidden = text.section.nothing_to_report or text.removed_at or not text.body
        found |= {("decide_suggestion", row.pk)} if not hidden and may("write_contribution", text) else set()
    for upload in Upload.objects.exclude(applied_at=None).filter(undone_at=None):
        waiting = upload.loose_lines.filter(settled_how="").exists() and upload.report.is_open
        found |= {("place_lines", upload.pk)} if waiting and may("decide_upload", upload) else set()
    return found


def awaits_translation(user, report):
    """Return whether the user may translate a text that waits: the French one went stale, English is the user's own."""
    texts = Contribution.objects.live().filter(section__report=report, section__nothing_to_report=False)
    mine = [text for text in texts if permissions.may(user, "translate_contribution", text)]
    if not Membership.objects.filter(user=user, role=Role.TRANSLATOR).exists():
        return any(text.translation_fr for text in mine)
    is_begun = any(text.translation_fr for text in texts)
    return any(is_begun or text.language != "en" for text in mine)


def awaits_text(user, section):
    """Return whether a section is the user's to write and is blank: given to them, or to nobody in particular."""
    if section.nothing_to_report or not permissions.may(user, "write_in_section", section):
        return False
    texts = [row for row in section.contributions.all() if row.body and not row.removed_at]
    mine = section.delegations.filter(user=user).first()
    restricted = Membership.objects.get(user=user, country=section.report.country).only_given
    if restricted and not mine.whole:
        return mine.contribution not in texts
    given_to_others = any(
        Membership.objects.filter(user=row.user, country=section.report.country, only_given=True).exists()
        for row in section.delegations.exclude(user=user)
    )
    return not texts and (restricted or not given_to_others)


def rows_of(duties):
    """Return the same for what the portal lists."""
    found = set()
    for duty in duties:
        kind = duty.kind.value
        rows = {
            Kind.WRITE: duty.sections,
            Kind.APPROVE: duty.approvals,
            Kind.COMMENT: duty.comments,
            Kind.CONFLICT: [duty.conflict],
            Kind.DECIDE_SUGGESTION: duty.suggestions,
            Kind.PLACE_LINES: [duty.upload],
        }.get(duty.kind, duty.remarks or [duty.report])
        found |= {(kind, row.pk) for row in rows}
    return found


CODES = ("1.1.A", "2.1.A", "2.1.B", "2.1.C")
SECTION_STATES = st.sampled_from(["blank", "text", "nothing", "frozen", "emptied"])


@examples(10)
@given(
    sections=st.lists(SECTION_STATES, min_size=len(CODES), max_size=len(CODES)),
    gifts=st.lists(st.sampled_from(["", "whole", "own"]), min_size=len(CODES), max_size=len(CODES)),
    state=st.sampled_from(State),
    remark_states=st.lists(st.sampled_from(RemarkState), min_size=3, max_size=3),
)
def test_tasks_equal_what_the_oracle_finds(full, people, sections, gifts, state, remark_states):
    with undone():
        for code, what, gift in zip(CODES, sections, gifts, strict=True):
            change(steps.section(full, code), what, people)
            Delegation.objects.filter(section__question__code=code).delete()
            if gift:
                by, user = people("focal_point"), people("restricted")
                section = steps.section(full, code)
                Delegation.objects.create(section=section, user=user, by=by, whole=gift == "whole")
        for row, one in zip(Remark.objects.order_by("pk"), remark_states, strict=True):
            Remark.objects.filter(pk=row.pk).update(state=one)
        Report.objects.filter(pk=full.pk).update(state=state)
        for role in EVERYBODY:
            found = awaited_by(people(role))
            assert rows_of(found) == oracle(people(role)), role
            assert number_awaited(people(role)) == len(found), role


def change(section, what, people):
    Report.objects.filter(pk=section.report_id).update(state=DRAFT)
    section.report.refresh_from_db()
    if what in ("text", "emptied"):
        row = writing.add_contribution(section, "<p>Text.</p>", by=people("focal_point"), language="en")
        if what == "emptied":
            Contribution.objects.filter(pk=row.pk).update(body="")
    Section.objects.filter(pk=section.pk).update(nothing_to_report=what == "nothing", frozen=what == "frozen")


def test_the_number_asks_no_more_often_than_the_tasks(full, people):
    for state in State:
        Report.objects.filter(pk=full.pk).update(state=state)
        for role in EVERYBODY:
            tasks, number = (queries(people(role), way) for way in (awaited_by, number_awaited))
            assert number <= tasks, (role, state)


def queries(user, way):
    with CaptureQueriesContext(connection) as captured:
        way(user)
    return len(captured)


def test_a_task_goes_when_it_is_done(full, people):
    steps_done = [lambda: None, *doing(full, people)]
    Report.objects.filter(pk=full.pk).update(state=RETURNED)
    seen = []
    for do in steps_done:
        do()
        seen.append({role: rows_of(awaited_by(people(role))) for role in ("contributor", "approver", "restricted")})
    assert all(before != after for before, after in pairwise(seen))
    assert seen[-1]["approver"] == set()


def doing(report, people):
    """Return one act for each kind of task of the country."""
    asked = Approval.objects.get(official=people("approver"))
    text = lambda: approvals.text_hash(approvals.documents.compose(Report.objects.get(pk=report.pk)), None)  # noqa: E731
    question = Remark.objects.get(state=RemarkState.OPEN)
    line = LooseLine.objects.get()
    section = steps.section(report, "2.1.B")
    of_restricted, of_approver = Comment.objects.order_by("pk")
    return [
        lambda: approvals.answer(asked, True, by=people("approver"), sha256=text()),
        lambda: remarks.reply(question, "Since 2012.", by=people("restricted")),
        lambda: LooseLine.objects.filter(pk=line.pk).update(settled_how="set-aside"),
        lambda: writing.add_contribution(section, "<p>Text.</p>", by=people("restricted"), language="en"),
        lambda: comments.answer(of_restricted, "Since May.", by=people("restricted")),
        lambda: comments.settle(of_approver, by=people("focal_point")),
        lambda: Conflict.objects.update(settled_at=timezone.now()),
    ]


def test_looking_at_tasks_changes_none(full, people, client):
    Report.objects.filter(pk=full.pk).update(state=RETURNED)
    before = rows_of(awaited_by(people("contributor")))
    client.force_login(people("contributor"))
    for address in ("/tasks/", "/reports/BE/2014/", "/reports/BE/2014/questions/", "/reports/BE/2014/approvals/"):
        assert client.get(address).status_code == 200
    assert rows_of(awaited_by(people("contributor"))) == before


def test_a_focal_point_sees_what_colleagues_have_not_done(full, people):
    Report.objects.filter(pk=full.pk).update(state=RETURNED)
    found = awaited_of_others(people("focal_point"))
    assert [(duty.kind, duty.who.name, [one.code for one in duty.sections]) for duty in found] == [
        (Kind.OTHERS_WRITE, "restricted", ["1.1.A", "2.1.B"]),
        (Kind.OTHERS_APPROVE, "approver", []),
        (Kind.OTHERS_APPROVE, "contributor", []),
    ]
    for role in set(EVERYBODY) - {"focal_point"}:
        assert awaited_of_others(people(role)) == [], role


def test_a_focal_point_is_to_begin_the_newest_form(cast, people):
    assert [duty.kind for duty in awaited_by(people("focal_point"))] == [Kind.BEGIN]
    assert awaited_by(people("contributor")) == []
    workflow.open_report(ReportingForm.objects.get(year=2014), Country.objects.get(code="BE"))
    assert Kind.BEGIN not in kinds_of(people("focal_point"))


def test_a_lost_device_awaits_exactly_who_may_confirm(cast, people):
    reset = FactorReset.objects.create(user=cast.contributor, asked_by=cast.reviewer)
    found = {role for role in EVERYBODY if Kind.DECIDE_RESET in {one.kind for one in awaited_by(people(role))}}
    assert found == {role for role in EVERYBODY if second_factor.may_confirm(people(role), reset)}
    assert found == {"focal_point", "administrator"}
    second_factor.refuse_reset(reset, by=cast.contributor)
    assert Kind.DECIDE_RESET not in {one.kind for one in awaited_by(people("focal_point"))}
