"""Comments of colleagues: begun, answered, settled, opened again; who is told; what is refused."""

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.passages import LONGEST_CONTEXT, LONGEST_QUOTE, Quote
from reports.document.problem import Problem
from reports.models import Comment, CommentAct, CommentMessage, Country, Mail, MailKind, Membership, Role, Step, User
from reports.rules import accounts, comments, workflow, writing

pytestmark = pytest.mark.django_db
LAW = Quote("De wet", "", " is in werking.")


@pytest.fixture
def begun(written, cast):
    return comments.add(written, "Since when?", by=cast.contributor, quote=LAW)


def said(comment):
    return [(one.act, one.text, one.by.name) for one in comment.messages.order_by("pk")]


def waits_for(user, report):
    return list(Comment.objects.awaiting(user, [report]))


def test_a_comment_is_answered_settled_and_opened_again(begun, cast):
    assert (begun.quote, begun.after, begun.number, begun.language) == ("De wet", " is in werking.", 1, "")
    comments.answer(begun, " Since April. ", by=cast.focal_point)
    comments.settle(begun, by=cast.focal_point)
    comments.settle(begun, by=cast.focal_point)
    assert begun.settled_at
    comments.reopen(begun, by=cast.contributor)
    assert Comment.objects.unsettled().get() == begun
    assert said(begun) == [
        (CommentAct.SAID, "Since when?", "contributor"),
        (CommentAct.SAID, "Since April.", "focal point"),
        (CommentAct.SETTLED, "", "focal point"),
        (CommentAct.REOPENED, "", "contributor"),
    ]


def test_an_answer_opens_a_settled_comment(begun, cast):
    comments.settle(begun, by=cast.contributor)
    comments.answer(begun, "But the decree?", by=cast.focal_point)
    assert Comment.objects.unsettled().exists()
    assert [act for act, *_rest in said(begun)][-2:] == [CommentAct.REOPENED, CommentAct.SAID]


def test_the_same_words_sent_again_are_taken_once(begun, written, cast):
    assert comments.add(written, "Since when?", by=cast.contributor, quote=LAW) == begun
    comments.answer(begun, "Since April.", by=cast.focal_point)
    comments.answer(begun, "Since April.", by=cast.focal_point)
    assert len(said(begun)) == 2


@pytest.mark.parametrize("who", ["other_country", "reviewer", "reader", "administrator"])
def test_nobody_else_writes_a_comment(begun, written, cast, who):
    for verb in (
        lambda: comments.add(written, "Hello.", by=cast[who]),
        lambda: comments.answer(begun, "Hello.", by=cast[who]),
        lambda: comments.settle(begun, by=cast[who]),
        lambda: comments.reopen(begun, by=cast[who]),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert len(said(begun)) == 1


def test_who_writes_elsewhere_comments_and_settles_only_their_own(begun, written, cast, report):
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    contributor = User.objects.get(pk=cast.contributor.pk)
    other = comments.add(written, "A second one.", by=cast.focal_point)
    comments.answer(other, "Indeed.", by=contributor)
    with pytest.raises(PermissionDenied):
        comments.settle(other, by=contributor)
    comments.settle(begun, by=contributor)


def test_nothing_is_said_after_the_report_was_sent_in(begun, written, cast, report):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    with pytest.raises(Problem, match="sent in"):
        comments.answer(begun, "Too late.", by=cast.focal_point)
    with pytest.raises(Problem, match="sent in"):
        comments.add(written, "Too late.", by=cast.focal_point)
    assert len(said(begun)) == 1


@pytest.mark.parametrize("text", ["  ", "x" * (comments.LONGEST + 1), "a\0b"])
def test_an_empty_or_long_comment_is_refused(written, cast, text):
    with pytest.raises(Problem):
        comments.add(written, text, by=cast.contributor)
    assert not CommentMessage.objects.exists()


def test_a_long_quote_and_its_surroundings_are_cut(written, cast):
    long = comments.add(written, "Long.", by=cast.contributor, quote=Quote("woord " * 500, "b" * 500, "a" * 500))
    assert len(long.quote) <= LONGEST_QUOTE
    assert len(long.before) == len(long.after) == LONGEST_CONTEXT


def test_a_full_report_and_a_full_comment_take_no_more(begun, written, cast, monkeypatch):
    monkeypatch.setattr(comments, "MOST_COMMENTS", 1)
    monkeypatch.setattr(comments, "MOST_MESSAGES", 1)
    with pytest.raises(Problem, match="the most it may have"):
        comments.add(written, "One more.", by=cast.focal_point)
    with pytest.raises(Problem, match="the most it may have"):
        comments.answer(begun, "One more.", by=cast.focal_point)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Anne Claes, is it 14 days?", ["Anne Claes"]),
        ("Ask @anne claes and @Anne.", ["Anne Claes", "Anne"]),
        ("Write to anne@example.org, not @Annette.", []),
        ("@luc@example.org", ["Luc Martens"]),
        ("Is it 14 days, @luc?", ["Luc Martens"]),
        ("@Lucas and @Karin and a@luc.example", []),  # there are two of that first name
    ],
)
def test_colleagues_are_named_in_the_text(text, names):
    people = [User(name=name, email=f"{name.split()[0].lower()}@example.org") for name in ("Anne", "Luc Martens")]
    people += [User(name=name, email=f"{name.split()[1].lower()}@example.org") for name in ("Karin A", "Karin B")]
    people.append(User(name="Anne Claes", email="claes@example.org"))
    assert [one.name for one in comments.named_in(text, people)] == names


def mails():
    return Mail.objects.filter(kind=MailKind.COMMENTS)


def test_a_named_colleague_gets_one_mail(begun, cast):
    comments.answer(begun, "@contributor, since April.", by=cast.focal_point, named=cast.contributor.pk)
    told = mails().get()
    assert (told.to, told.country.code) == (cast.contributor, "BE")
    assert "focal point names you" in told.text
    assert f"/reports/BE/2014/comments/#comment-{begun.pk}" in told.text
    assert "April" not in told.subject


def test_only_people_of_the_country_are_told(begun, cast):
    comments.answer(begun, "@other country @reviewer @focal point", by=cast.focal_point)
    assert not mails().exists()
    with pytest.raises(Problem, match="no role"):
        comments.answer(begun, "Hello.", by=cast.focal_point, named=cast.reviewer.pk)


def test_who_wants_no_mail_gets_none(begun, cast):
    User.objects.filter(pk=cast.contributor.pk).update(mails={"comments": "never"})
    comments.answer(begun, "@contributor, since April.", by=cast.focal_point)
    assert not mails().exists()
    assert begun.messages.last().named.get() == cast.contributor


def test_a_comment_waits_for_whom_it_names_until_they_answer(begun, cast, report):
    assert not waits_for(cast.contributor, report)
    comments.answer(begun, "@contributor, since when?", by=cast.focal_point)
    assert waits_for(cast.contributor, report) == [begun]
    assert not waits_for(cast.focal_point, report)
    comments.answer(begun, "@focal point, since April.", by=cast.contributor)
    assert not waits_for(cast.contributor, report)
    assert waits_for(cast.focal_point, report) == [begun]
    comments.settle(begun, by=cast.contributor)
    assert not waits_for(cast.focal_point, report)


def test_a_comment_waits_since_it_names_somebody(begun, cast, report):
    comments.answer(begun, "@contributor, since when?", by=cast.focal_point)
    comments.answer(begun, "@contributor, again?", by=cast.focal_point)
    [waiting] = waits_for(cast.contributor, report)
    assert waiting.named_at == begun.messages.all()[1].at
    comments.answer(begun, "Since April.", by=cast.contributor)
    last = comments.answer(begun, "@contributor, of which year?", by=cast.focal_point)
    [waiting] = waits_for(cast.contributor, report)
    assert waiting.named_at == last.at


def test_a_comment_waits_in_the_contribution_that_its_text_was_joined_to(written, section, cast, report):
    below = writing.add_contribution(section, "<p>Ook de parketten.</p>", by=cast.focal_point, language="nl")
    begun = comments.add(below, "@contributor?", by=cast.focal_point, quote=Quote("parketten"))
    above = writing.join(below, by=cast.focal_point)
    assert waits_for(cast.contributor, report) == [begun]
    begun.refresh_from_db()
    assert begun.contribution == above


def test_what_a_deleted_account_wrote_stays_under_its_name(begun, cast, report):
    second = User.objects.create_user("second@example.org", name="Second")
    Membership.objects.create(user=second, role=Role.FOCAL_POINT, country=Country.objects.get(code="BE"))
    accounts.delete_account(cast.contributor, by=cast.contributor)
    assert said(begun) == [(CommentAct.SAID, "Since when?", "contributor")]
    assert cast.contributor not in comments.colleagues(report.country)
