"""Migrations of a portal with data: everything that its countries wrote and sent in is kept."""

import io
import json
import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reports import models
from reports.document import tree
from reports.models import append_only, one_side
from reports.rules import chain, documents
from tests.database import drop_triggers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_owner")]
FIRST = [("reports", "0001_initial")]
TEXT = "<p>De wet is in werking: “5,5 %” – é 日本.</p>"
UNDO = {"2.1.A": {"nothing": False, "taken": [], "put": [1], "now": "text"}}
KEPT = (
    "Contribution",
    "Country",
    "LooseLine",
    "Membership",
    "Question",
    "Report",
    "Revision",
    "Section",
    "Submission",
    "User",
)
RENAMED = {"reading_id": "upload_id"}


@pytest.fixture
def at_first():
    """Migrate back to the first migration; yield its models. Afterwards the database has today's tables again."""
    drop_triggers()
    call_command("flush", verbosity=0, interactive=False)
    drop_triggers()  # a database of that time had none
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    yield MigrationExecutor(connection).loader.project_state(FIRST).apps
    call_command("migrate", verbosity=0)


@pytest.fixture
def filled(at_first):
    """Belgium has sent in twice, the Netherlands has only begun; a person of each, and a text with its history."""
    old = SimpleNamespace(**{model.__name__: model for model in at_first.get_app_config("reports").get_models()})
    anke = old.User.objects.create(email="anke@example.org", name="Anke", language="nl", password="x")
    target = old.PolicyTarget.objects.create(number=2, text="Find and prosecute", text_en="Find and prosecute")
    goal = old.OperationalGoal.objects.create(target=target, number=1, text="A framework", text_en="A framework")
    form = old.ReportingForm.objects.create(
        year=2014, title="Form", title_en="Form", layout="by-goal", opens="2014-01-01", due="2014-06-30"
    )
    questions = [
        old.Question.objects.create(
            form=form, code=f"2.1.{letter}", goal=goal, letter=letter, position=position, **in_english(letter)
        )
        for position, letter in enumerate("ABC")
    ]
    for code, name in (("BE", "Belgium"), ("NL", "Netherlands")):
        country = old.Country.objects.create(code=code, name=name, name_en=name)
        old.Membership.objects.create(user=anke, country=country, role="focal_point")
        report = old.Report.objects.create(form=form, country=country, state="submitted" if code == "BE" else "draft")
        sections = [old.Section.objects.create(report=report, question=question) for question in questions]
        row = old.Contribution.objects.create(section=sections[0], language="nl", authority="Justitie", body=TEXT)
        for number, body in enumerate(("<p>Eerst.</p>", TEXT), start=1):
            old.Revision.objects.create(
                id=uuid.uuid4(), contribution=row, number=number, base=number - 1, body=body, by=anke
            )
        uploaded(old, report, row, anke)
    old.Section.objects.filter(report__country__code="BE", question__code="2.1.B").update(nothing_to_report=True)
    send_in_twice(old, old.Report.objects.get(country__code="BE"), anke)
    return old


def uploaded(old, report, contribution, by):
    """Add an imported file with a loose line, from which the second save of `contribution` comes."""
    file = old.Reading.objects.create(
        report=report,
        by=by,
        file_name="2014.txt",
        document="{}",
        poured_at=datetime(2014, 5, 1, tzinfo=UTC),
        poured=UNDO,
    )
    old.LooseLine.objects.create(reading=file, line=7, text="Een losse regel.", kind="loose")
    old.Revision.objects.filter(contribution=contribution, number=2).update(reading=file)


def in_english(word):
    words = {"label": word, "prompt": word, "heading": word}
    return words | {f"{name}_en": value for name, value in words.items()}


def send_in_twice(old, report, by):
    for number, step in enumerate(("send_in", "withdraw", "send_in")):
        submission = None
        if step == "send_in":
            document = document_of(report)
            submission = old.Submission.objects.create(
                report=report, number=1 + number // 2, document=document.canonical(), sha256=document.sha256(), by=by
            )
        states = ("submitted", "draft") if step == "withdraw" else ("draft", "submitted")
        entry = old.StepLog.objects.create(
            report=report, step=step, state_from=states[0], state_to=states[1], by=by, submission=submission
        )
        old.StepLog.objects.filter(pk=entry.pk).update(at=datetime(2014, 6, 1 + number, tzinfo=UTC))


def document_of(report):
    """Return a document as the portal of that time wrote it."""
    blank = {"letter": "A", "heading": {}, "prompt": {"en": "A"}, "state": "blank", "contributions": []}
    passage = {"authority": "Justitie", "language": "nl", "body": {"nl": TEXT}}
    sections = [
        blank | {"code": "2.1.A", "state": "text", "contributions": [passage]},
        blank | {"code": "2.1.B", "letter": "B", "state": "nothing"},
        blank | {"code": "2.1.C", "letter": "C"},
    ]
    goal = {"code": "2.1", "text": {"en": "A framework"}, "sections": sections}
    return tree.Document.from_json(
        json.dumps(
            {
                "schema": 1,
                "form": {"year": 2014, "layout": "by-goal", "title": {"en": "Form"}},
                "country": {"code": "BE", "name": {"en": "Belgium"}},
                "targets": [{"number": 2, "text": {"en": "Find and prosecute"}, "goals": [goal], "sections": []}],
            }
        )
    )


def columns_of(model):
    return [field.attname for field in model._meta.local_fields]


def rows_of(model, names):
    return list(model.objects.order_by("pk").values(*names))


def test_all_rows_are_kept_and_the_logs_are_intact(filled):
    before = {name: rows_of(getattr(filled, name), columns_of(getattr(filled, name))) for name in KEPT}
    steps = rows_of(filled.StepLog, ["id", "step", "state_from", "state_to", "by_id", "submission_id", "at", "comment"])
    assert all(before.values())
    assert len(steps) == 3

    call_command("migrate", verbosity=0)

    for name, rows in before.items():
        assert rows_of(getattr(models, name), [RENAMED.get(column, column) for column in rows[0]]) == [
            {RENAMED.get(column, column): value for column, value in row.items()} for row in rows
        ], name
    belgium, netherlands = models.Report.objects.select_related("country", "form").order_by("country__code")
    kept = list(belgium.steps.filter(position__gt=1).order_by("position").values(*steps[0]))
    assert kept == steps
    for report, expected in ((belgium, ["open", "send_in", "withdraw", "send_in"]), (netherlands, ["open"])):
        assert [entry.step for entry in report.steps.order_by("position")] == expected
        assert [entry.position for entry in report.steps.order_by("position")] == list(range(1, len(expected) + 1))
        assert list(chain.problems(report)) == []
    assert {tuple(sorted(one.states.items())) for one in belgium.submissions.all()} == {
        (("2.1.A", "text"), ("2.1.B", "nothing"), ("2.1.C", "blank"))
    }
    assert documents.compose(netherlands).section("2.1.A").contributions[0].original == TEXT


def test_an_uploaded_file_can_still_be_undone(filled):
    call_command("migrate", verbosity=0)
    for row in models.Upload.objects.all():
        assert (row.applied_at, row.undo_data) == (datetime(2014, 5, 1, tzinfo=UTC), UNDO)
        assert [line.text for line in row.loose_lines.all()] == ["Een losse regel."]
        assert [revision.body for revision in row.revisions.all()] == [TEXT]
    assert models.Report.objects.filter(uploads__isnull=False).count() == 2


def test_triggers_and_logs_are_verified_afterwards(filled):
    call_command("migrate", verbosity=0)
    assert append_only.missing_triggers(connection) == []
    out = io.StringIO()
    call_command("verify_log", stdout=out)
    assert "The logs of 2 reports are intact." in out.getvalue()


def test_migrating_again_changes_nothing(filled):
    call_command("migrate", verbosity=0)
    before = rows_of(models.StepLog, ["id", "position", "hash", "before"])
    call_command("migrate", verbosity=0)
    assert rows_of(models.StepLog, ["id", "position", "hash", "before"]) == before


def test_roles_on_both_sides_stop_the_migration_with_a_sentence(filled):
    anke = filled.User.objects.get()
    filled.Membership.objects.create(user=anke, role="reader")
    with pytest.raises(RuntimeError, match=r"at the secretariat: anke@example.org\. .* end one of the two roles"):
        call_command("migrate", verbosity=0)
    assert filled.Membership.objects.count() == 3
    filled.Membership.objects.filter(role="reader").delete()
    call_command("migrate", verbosity=0)
    assert models.Membership.objects.filter(user=anke.pk).count() == 2
    assert one_side.missing_triggers(connection) == []


SPELLINGS = {
    "Visitor@Example.org\u200b": "visitor@example.org",
    "\ufeffnoor@exam\u00adple.org": "noor@example.org",
    "contact@münchen.example": "contact@xn--mnchen-3ya.example",
    "no address": "no address",
}


def test_addresses_are_brought_into_one_form(filled):
    for number, address in enumerate(SPELLINGS):
        filled.User.objects.create(email=address, name=f"Person {number}", password="x")
    call_command("migrate", verbosity=0)
    kept = models.User.objects.filter(name__startswith="Person").order_by("name").values_list("email", flat=True)
    assert list(kept) == list(SPELLINGS.values())
    assert models.User.objects.get(email="Contact@MÜNCHEN.example").name == "Person 2"


def test_accounts_with_one_address_are_named_and_kept(filled):
    for address in ("contact@münchen.example", "contact@xn--mnchen-3ya.example", "ANKE@example.org"):
        filled.User.objects.create(email=address, name=address, password="x")
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", verbosity=0)
    for said in ("contact@münchen.example", "contact@xn--mnchen-3ya.example", "anke@example.org", "ANKE@example.org"):
        assert f"'{said}' (account " in str(refusal.value)
    assert filled.User.objects.filter(email="ANKE@example.org").exists()
    with connection.cursor() as cursor:  # so that the next migration, which the fixture runs, has nothing to refuse
        cursor.execute("DELETE FROM reports_user WHERE email <> 'anke@example.org'")


def test_mails_that_were_sent_are_emptied(filled):
    before = MigrationExecutor(connection)
    before.migrate([("reports", "0013_form_language")])
    old = MigrationExecutor(connection).loader.project_state([("reports", "0013_form_language")]).apps
    anke = old.get_model("reports", "User").objects.get()
    for key, sent_at in (("sent", datetime(2014, 5, 1, tzinfo=UTC)), ("pending", None)):
        old.get_model("reports", "Mail").objects.create(
            key=key, to=anke, kind="invitation", subject="Come", text="link", html="link", sent_at=sent_at
        )
    call_command("migrate", verbosity=0)
    assert dict(models.Mail.objects.values_list("key", "text")) == {"sent": "", "pending": "link"}
