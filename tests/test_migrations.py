"""Migrations of a portal with data: everything that its countries wrote and sent in is kept.

One test walks from the first migration to the last, because each walk takes seconds. What only a person can mend stops
the walk; the test mends it and goes on.
"""

import io
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reports import models
from reports.document.translation.rows import align
from reports.document.translation.units import Units
from reports.models import append_only, one_side
from reports.rules import chain, documents
from tests.database import drop_triggers
from tests.first_portal import FRENCH, TEXT, UNDO, fill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_owner")]
FIRST = "0001_initial"
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
LOGGED = ("id", "step", "state_from", "state_to", "by_id", "submission_id", "at", "comment")
SPELLINGS = {
    "Visitor@Example.org\u200b": "visitor@example.org",
    "\ufeffnoor@exam\u00adple.org": "noor@example.org",
    "contact@münchen.example": "contact@xn--mnchen-3ya.example",
    "no address": "no address",
}


@pytest.fixture
def first():
    """The models of the first migration, on its tables. After the test the database is copied again."""
    drop_triggers()
    call_command("flush", verbosity=0, interactive=False)
    drop_triggers()  # a database of that time had none
    MigrationExecutor(connection).migrate([("reports", FIRST)])
    return models_of(FIRST)


def models_of(migration):
    """Return the models as they were after this migration of `reports`."""
    apps = MigrationExecutor(connection).loader.project_state([("reports", migration)]).apps
    return SimpleNamespace(**{model.__name__: model for model in apps.get_app_config("reports").get_models()})


def migrate():
    call_command("migrate", verbosity=0)


def rows_of(model, names):
    return list(model.objects.order_by("pk").values(*names))


def columns_of(model):
    return [field.attname for field in model._meta.local_fields]


def test_a_filled_portal_is_migrated_when_its_errors_are_mended(first):
    fill(first)
    before = {name: rows_of(getattr(first, name), columns_of(getattr(first, name))) for name in KEPT}
    steps = rows_of(first.StepLog, LOGGED)
    assert all(before.values())
    assert len(steps) == 3
    for number, address in enumerate(SPELLINGS):
        first.User.objects.create(email=address, name=f"Person {number}", password="x")
    first.Country.objects.create(code="br", name="Brazil")

    roles_on_both_sides_stop_the_migration_with_a_sentence(first)
    write_mails(models_of("0013_form_language"))
    own_draft = models_of("0014_own_draft")
    rows_that_only_a_person_can_mend_are_named(own_draft)
    a_code_under_which_a_report_was_sent_in_stays(own_draft)
    accounts_with_one_address_are_named_and_kept(own_draft)
    open_a_submission(own_draft)
    migrate()

    a_code_in_small_letters_is_in_capitals()
    all_rows_are_kept(before)
    the_logs_are_intact(steps)
    an_uploaded_file_can_still_be_undone()
    translations_are_all_current()
    openings_are_kept_and_word_is_one_more_kind()
    triggers_and_logs_are_verified()
    assert one_side.missing_triggers(connection) == []
    addresses_are_in_one_form()
    assert dict(models.Mail.objects.values_list("key", "text")) == {"sent": "", "pending": "link"}
    migrating_again_changes_nothing()


def roles_on_both_sides_stop_the_migration_with_a_sentence(old):
    role = old.Membership.objects.create(user=old.User.objects.get(email="anke@example.org"), role="reader")
    with pytest.raises(RuntimeError, match=r"at the secretariat: anke@example.org\. .* end one of the two roles"):
        migrate()
    assert old.Membership.objects.count() == 3
    role.delete()


def write_mails(old):
    anke = old.User.objects.get(email="anke@example.org")
    for key, sent_at in (("sent", datetime(2014, 5, 1, tzinfo=UTC)), ("pending", None)):
        old.Mail.objects.create(
            key=key, to=anke, kind="invitation", subject="Come", text="link", html="link", sent_at=sent_at
        )


def rows_that_only_a_person_can_mend_are_named(old):
    again = old.Country.objects.create(code="BR", name="Brazil again")
    old.Question.objects.filter(code="2.1.A").update(code="2.1 A")
    old.PolicyTarget.objects.update(number=100)
    with pytest.raises(CommandError) as refusal:
        migrate()
    for named in ("country “br” (Brazil)", "question “2.1 A” of the form of 2014", "target number 100"):
        assert named in str(refusal.value)
    assert "goal number" not in str(refusal.value)
    assert old.Country.objects.filter(code="br").exists()
    again.delete()
    old.Question.objects.filter(code="2.1 A").update(code="2.1.A")
    old.PolicyTarget.objects.update(number=2)


def a_code_under_which_a_report_was_sent_in_stays(old):
    anke, brazil = old.User.objects.get(email="anke@example.org"), old.Country.objects.get(code="br")
    report = old.Report.objects.create(form=old.ReportingForm.objects.get(), country=brazil)
    sent = old.Submission.objects.create(report=report, number=1, document="{}", sha256="0" * 64, by=anke)
    with pytest.raises(CommandError, match="country “br”"):
        migrate()
    sent.delete()
    begun = old.StepLog.objects.create(report=report, step="open", state_to="draft", position=1, by=anke)
    with pytest.raises(CommandError, match="country “br”"):  # its hash has the code in it
        migrate()
    begun.delete()


def accounts_with_one_address_are_named_and_kept(old):
    alike = ("contact@xn--mnchen-3ya.example", "ANKE@example.org")
    for address in alike:
        old.User.objects.create(email=address, name=address, password="x")
    with pytest.raises(CommandError) as refusal:
        migrate()
    for said in ("contact@münchen.example", "anke@example.org", *alike):
        assert f"'{said}' (account " in str(refusal.value)
    assert old.User.objects.filter(email="ANKE@example.org").exists()
    old.User.objects.filter(email__in=alike).delete()


def open_a_submission(old):
    anke = old.User.objects.get(email="anke@example.org")
    old.SubmissionOpening.objects.create(
        submission=old.Submission.objects.first(), by=anke, by_country=True, kind="pdf"
    )


def openings_are_kept_and_word_is_one_more_kind():
    opening = models.SubmissionOpening.objects.get()
    assert (opening.by.email, opening.by_country, opening.kind) == ("anke@example.org", True, "pdf")
    models.SubmissionOpening.objects.create(
        submission=opening.submission, by=opening.by, by_country=True, kind=models.OpeningKind.WORD
    )


def all_rows_are_kept(before):
    for name, rows in before.items():
        model, columns = getattr(models, name), [RENAMED.get(column, column) for column in rows[0]]
        kept = list(model.objects.filter(pk__in=[row["id"] for row in rows]).order_by("pk").values(*columns))
        assert kept == [{RENAMED.get(column, column): value for column, value in row.items()} for row in rows], name
        added = {"Country": 1, "User": len(SPELLINGS)}.get(name, 0)
        assert model.objects.count() == len(rows) + added, name


def the_logs_are_intact(steps):
    belgium, netherlands = models.Report.objects.select_related("country", "form").order_by("country__code")
    kept = list(belgium.steps.filter(position__gt=1).order_by("position").values(*LOGGED))
    assert kept == steps
    for report, expected in ((belgium, ["open", "send_in", "withdraw", "send_in"]), (netherlands, ["open"])):
        assert [entry.step for entry in report.steps.order_by("position")] == expected
        assert [entry.position for entry in report.steps.order_by("position")] == list(range(1, len(expected) + 1))
        assert list(chain.problems(report)) == []
    assert {tuple(sorted(one.states.items())) for one in belgium.submissions.all()} == {
        (("2.1.A", "text"), ("2.1.B", "nothing"), ("2.1.C", "blank"))
    }
    assert documents.compose(netherlands).section("2.1.A").contributions[0].original == TEXT


def an_uploaded_file_can_still_be_undone():
    for row in models.Upload.objects.all():
        assert (row.applied_at, row.undo_data) == (datetime(2014, 5, 1, tzinfo=UTC), UNDO)
        assert (row.format, row.unit, row.choices, row.languages) == ("text", "line", {}, {})
        assert row.claims == {}
        assert [(line.key, line.text) for line in row.loose_lines.all()] == [("7", "Een losse regel.")]
        assert [revision.body for revision in row.revisions.all()] == [TEXT]
    assert models.Report.objects.filter(uploads__isnull=False).count() == 2


def translations_are_all_current():
    for row in models.Contribution.objects.with_units():
        assert (row.translation_fr, row.units_en, row.units_nl) == (FRENCH, "", "")
        aligned = align(row.body, Units.model_validate_json(row.units_fr).units)
        assert (aligned.text(), aligned.counts(), aligned.aside) == (FRENCH, {"current": 1}, ())
        saves = models.Revision.objects.filter(contribution=row).order_by("language", "number")
        assert list(saves.values_list("language", "units")) == [("", ""), ("", ""), ("fr", ""), ("fr", row.units_fr)]
    assert models.Contribution.objects.count() == 2


def triggers_and_logs_are_verified():
    assert append_only.missing_triggers(connection) == []
    out = io.StringIO()
    call_command("verify_log", stdout=out)
    assert "The logs of 2 reports are intact." in out.getvalue()


def addresses_are_in_one_form():
    kept = models.User.objects.filter(name__startswith="Person").order_by("name").values_list("email", flat=True)
    assert list(kept) == list(SPELLINGS.values())
    assert models.User.objects.get(email="Contact@MÜNCHEN.example").name == "Person 2"


def a_code_in_small_letters_is_in_capitals():
    assert set(models.Country.objects.values_list("code", flat=True)) == {"BE", "BR", "NL"}
    models.Report.objects.get(country__code="BR").delete()  # this test wrote it, without a log
    assert set(models.Question.objects.values_list("code", flat=True)) == {"2.1.A", "2.1.B", "2.1.C", "1.undertaken"}


def migrating_again_changes_nothing():
    logged = rows_of(models.StepLog, ["id", "position", "hash", "before"])
    migrate()
    assert rows_of(models.StepLog, ["id", "position", "hash", "before"]) == logged
