"""What a portal of the first version had in its database, written with the models of that time."""

import json
import uuid
from datetime import UTC, datetime

from reports.document import tree

TEXT = "<p>De wet is in werking: “5,5 %” – é 日本.</p>"
FRENCH = "<p>La loi est en vigueur : « 5,5 % » – é 日本.</p>"
UNDO = {"2.1.A": {"nothing": False, "taken": [], "put": [1], "now": "text"}}


def fill(old):
    """Belgium has sent in twice, the Netherlands has only begun; a person of each, and a text with its history.

    `old` has the models of the first migration.
    """
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
    old.Question.objects.create(form=form, code="1.undertaken", goal=goal, position=3, **in_english("Which?"))
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
        for number, body in enumerate(("<p>La loi.</p>", FRENCH), start=1):
            old.Revision.objects.create(
                id=uuid.uuid4(), contribution=row, language="fr", number=number, base=number - 1, body=body, by=anke
            )
        old.Contribution.objects.filter(pk=row.pk).update(translation_fr=FRENCH)
        uploaded(old, report, row, anke)
    old.Section.objects.filter(report__country__code="BE", question__code="2.1.B").update(nothing_to_report=True)
    send_in_twice(old, old.Report.objects.get(country__code="BE"), anke)


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
    old.Revision.objects.filter(contribution=contribution, language="", number=2).update(reading=file)


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
