"""Everybody acts at random on one report; after each act the promises of the road hold."""

import contextlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from reports.document.problem import Problem
from reports.models import OPEN_STATES, Remark, RemarkState, Report, Section, State, Step
from reports.rules import chain, documents, permissions, remarks, workflow, writing
from tests.cast import ROLES
from tests.documents import examples

pytestmark = pytest.mark.django_db

CODES = ("2.1.A", "2.1.B", "3.2.B")
WORDS = st.sampled_from(["De politie kreeg een handleiding.", "A new unit began its work.", "Le service est en place."])
roles, codes = st.sampled_from(ROLES), st.sampled_from(CODES)
WHO = {
    Step.SEND_IN: {"focal_point"},
    Step.WITHDRAW: {"focal_point"},
    Step.RETURN: {"reviewer", "administrator"},
    Step.ACCEPT: {"reviewer", "administrator"},
    Step.PUBLISH: {"administrator"},
    Step.REOPEN: {"reviewer", "administrator"},
}
WRITERS = {"focal_point", "contributor"}


class Refused(Exception):
    """What the rules did not let somebody do."""


class Road(RuleBasedStateMachine):
    cast = begin = None

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.report = self.begin(2014)
        self.steps = 1
        self.sent = {}  # number -> document, as it was when it was sent in
        self.has_changed = True

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @contextlib.contextmanager
    def perhaps(self):
        """What is refused leaves nothing behind, so the promises are looked at only after what was not refused."""
        try:
            with transaction.atomic():
                yield
        except (PermissionDenied, Problem) as refusal:
            raise Refused from refusal
        self.has_changed = True

    def section(self, code) -> Section:
        return Section.objects.select_related("report", "question").get(report=self.report, question__code=code)

    @rule(data=st.data(), reopened=st.sets(codes), comment=st.sampled_from(["Why", "Why", ""]))
    def take(self, data, reopened, comment):
        """A step of anybody's choice, most often one that is open now to somebody who may take it."""
        state = Report.objects.get(pk=self.report.pk).state
        steps, people = list(WHO), list(ROLES)
        if data.draw(st.integers(0, 3), label="sensible"):
            steps = [step for step in WHO if state in permissions.PERMISSIONS[step].states]
        step = data.draw(st.sampled_from(steps), label="step")
        if data.draw(st.integers(0, 3), label="entitled"):
            people = sorted(WHO[step])
        role = data.draw(st.sampled_from(people), label="role")
        self.take_step(role, step, reopened, comment)

    def take_step(self, role, step, reopened, comment):
        before = Report.objects.get(pk=self.report.pk).state
        try:
            with self.perhaps():
                workflow.take_step(
                    self.report, step, by=self.cast[role], comment=comment, sections=tuple(sorted(reopened))
                )
        except Refused:
            assert Report.objects.get(pk=self.report.pk).state == before
            return
        assert role in WHO[step]
        assert comment or step not in (Step.RETURN, Step.REOPEN)
        self.steps += 1
        for submission in self.report.submissions.all():
            self.sent.setdefault(submission.number, submission.document)

    @rule(role=roles, code=codes, words=WORDS)
    def write(self, role, code, words):
        section = self.section(code)
        try:
            with self.perhaps():
                writing.add_contribution(section, f"<p>{words}</p>", by=self.cast[role])
        except Refused:
            return
        assert role in WRITERS
        assert not section.frozen

    @rule(code=codes, words=WORDS)
    def write_although_the_page_is_old(self, code, words):
        """A save of a page that was opened before: the verb itself refuses what is closed or frozen."""
        with contextlib.suppress(Refused), self.perhaps():
            writing.add_contribution(self.section(code), f"<p>{words}</p>", by=self.cast.contributor)

    @rule(role=roles, code=codes, private=st.booleans())
    def ask(self, role, code, private):
        submission = workflow.newest(self.report)
        if submission is None:
            return
        with contextlib.suppress(Refused), self.perhaps():
            remarks.ask(submission, self.section(code), "Since when?", by=self.cast[role], private=private)
            assert role in ("reviewer", "administrator")

    @rule(role=roles)
    def send_questions(self, role):
        with contextlib.suppress(Refused), self.perhaps():
            remarks.send_questions(self.report, by=self.cast[role])
            assert role in ("reviewer", "administrator")

    @rule(role=roles, number=st.integers(0, 5), settle=st.booleans())
    def answer_or_settle(self, role, number, settle):
        found = list(Remark.objects.filter(section__report=self.report))
        if not found:
            return
        remark = found[number % len(found)]
        with contextlib.suppress(Refused), self.perhaps():
            if settle:
                remarks.settle(remark, by=self.cast[role])
                assert role in ("reviewer", "administrator")
            else:
                remarks.reply(remark, "Since March.", by=self.cast[role])
                assert role in WRITERS or role in ("reviewer", "administrator")
                assert not (remark.private and role in WRITERS)
                assert remark.state != RemarkState.UNSENT

    @rule(role=roles, code=codes)
    def mark_as_read(self, role, code):
        submission = workflow.newest(self.report)
        with contextlib.suppress(Refused), self.perhaps():
            if submission:
                remarks.mark_as_read(submission, self.section(code), by=self.cast[role])
                assert role in ("reviewer", "administrator")

    @invariant()
    def the_promises_hold(self):
        if self.has_changed:
            self.the_log_is_complete_and_chained()
            self.what_was_sent_in_never_changes()
            self.frozen_stays_frozen()
            self.questions_wait_unsent_only_while_the_report_is_reviewed()
            self.nothing_is_accepted_with_an_open_question()
        self.has_changed = False

    def the_log_is_complete_and_chained(self):
        report = Report.objects.get(pk=self.report.pk)
        assert list(chain.problems(report)) == []
        assert report.steps.count() == self.steps

    def what_was_sent_in_never_changes(self):
        assert dict(self.report.submissions.values_list("number", "document")) == self.sent

    def frozen_stays_frozen(self):
        report = Report.objects.get(pk=self.report.pk)
        newest = workflow.newest(report)
        if newest is None:
            return
        now = documents.compose(report)
        if report.state not in OPEN_STATES:
            assert now.canonical() == newest.document
        then = {section.code: section for section in now.from_json(newest.document).sections()}
        frozen = set(report.sections.filter(frozen=True).values_list("question__code", flat=True))
        assert all(section == then[section.code] for section in now.sections() if section.code in frozen)

    def questions_wait_unsent_only_while_the_report_is_reviewed(self):
        report = Report.objects.get(pk=self.report.pk)
        waiting = Remark.objects.unsent().filter(section__report=report).exists()
        assert not waiting or report.state == State.SUBMITTED

    def nothing_is_accepted_with_an_open_question(self):
        report = Report.objects.get(pk=self.report.pk)
        last = chain.head(report)
        if last.step == Step.ACCEPT:
            assert report.state == State.ACCEPTED
            assert not Remark.objects.to_settle().filter(section__report=report).exists()


def test_whoever_does_what_the_promises_of_the_road_hold(cast, begin):
    Road.cast, Road.begin = cast, staticmethod(begin)
    run_state_machine_as_test(
        Road,
        settings=settings(
            parent=examples(12),
            stateful_step_count=30,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a walk takes minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
