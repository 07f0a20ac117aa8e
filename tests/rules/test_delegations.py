"""The pen: who writes what in one report, and how sections are given."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import Contribution, Delegation, Membership, Revision, Step, User
from reports.rules import delegations, saving, workflow

pytestmark = pytest.mark.django_db


def pen_of(user, report):
    """As the next request has it: roles and report read anew."""
    return delegations.pen(User.objects.get(pk=user.pk), type(report).objects.get(pk=report.pk))


@pytest.fixture
def given(report, cast):
    """2.1.A whole, in 2.1.B one contribution of one's own, nothing else."""
    delegations.give(report, cast.contributor, {"2.1.A": "whole", "2.1.B": "own"}, by=cast.focal_point)
    return {code: report.sections.get(question__code=code) for code in ("2.1.A", "2.1.B", "2.1.C")}


def add(section, cast, **more):
    return delegations.add_contribution(section, "<p>Van ons.</p>", by=cast.contributor, save_id=uuid4(), **more)


def test_until_sections_are_given_a_contributor_writes_everywhere(report, section, cast):
    assert pen_of(cast.contributor, report).everything


def test_given_sections_are_written_and_others_are_not(report, given, written, cast):
    pen = pen_of(cast.contributor, report)
    assert [pen.writes(section) for section in given.values()] == [True, False, False]
    assert [pen.writes_in(section) for section in given.values()] == [True, True, False]
    assert [pen.adds(section) for section in given.values()] == [True, True, False]
    assert pen.edits(written, given["2.1.A"])


def test_focal_points_write_everywhere_and_nobody_else_writes_at_all(report, section, given, cast):
    assert pen_of(cast.focal_point, report).writes(section)
    for role in ("other_country", "reviewer", "reader", "administrator"):
        assert not pen_of(cast[role], report).writes_in(section), role


def test_nobody_writes_in_a_report_that_was_sent_in(report, section, given, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    for role in ("focal_point", "contributor"):
        assert not pen_of(cast[role], report).writes_in(section)


def test_a_frozen_section_is_nobodys_to_write(report, section, given, cast):
    section.frozen = True
    section.save()
    for role in ("focal_point", "contributor"):
        pen = pen_of(cast[role], report)
        assert [pen.writes(section), pen.writes_in(section), pen.adds(section)] == [False, False, False]


def test_one_contribution_of_ones_own_is_begun_once_and_then_edited(report, given, cast):
    section = given["2.1.B"]
    theirs = saving.add_contribution(section, "<p>Van de politie.</p>", by=cast.focal_point)
    mine = add(section, cast)
    pen = pen_of(cast.contributor, report)
    assert (pen.edits(mine, section), pen.edits(theirs, section), pen.adds(section)) == (True, False, False)
    with pytest.raises(Problem, match="is not assigned to you"):
        add(section, cast)
    assert section.contributions.count() == 2


def test_the_first_save_repeated_is_the_same_contribution(given, cast):
    once = uuid4()
    first, second = (
        delegations.add_contribution(given["2.1.B"], "<p>Van ons.</p>", by=cast.contributor, save_id=once)
        for _ in range(2)
    )
    assert first == second
    assert Revision.objects.count() == 1
    assert Delegation.objects.get(section=given["2.1.B"]).contribution == first


def test_somebody_elses_save_id_opens_no_door(given, cast):
    once = uuid4()
    saving.add_contribution(given["2.1.C"], "<p>X.</p>", by=cast.focal_point, save_id=once)
    with pytest.raises(Problem):
        delegations.add_contribution(given["2.1.C"], "<p>Van ons.</p>", by=cast.contributor, save_id=once)
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("gone", ["removed", "emptied"])
def test_who_took_their_own_contribution_out_may_bring_it_back_or_begin_another(report, given, cast, gone):
    section = given["2.1.B"]
    mine = add(section, cast)
    if gone == "removed":
        saving.remove(mine, by=cast.contributor)
    else:
        saving.save_text(mine, "", base=1, by=cast.contributor)
    pen = pen_of(cast.contributor, report)
    assert (pen.edits(mine, section), pen.adds(section)) == (True, True)
    another = add(section, cast)
    pen = pen_of(cast.contributor, report)
    assert (pen.edits(another, section), pen.edits(mine, section), pen.adds(section)) == (True, False, False)


def test_sections_of_one_report_are_none_of_another(report, given, begin, cast):
    before = begin(2013)
    pen = pen_of(cast.contributor, before)
    assert not any(pen.writes_in(section) for section in before.sections.all())


def test_giving_again_replaces_and_keeps_the_contribution_that_was_begun(report, given, cast):
    mine = add(given["2.1.B"], cast)
    delegations.give(report, cast.contributor, {"2.1.B": "own", "2.1.C": "whole"}, by=cast.focal_point)
    pen = pen_of(cast.contributor, report)
    assert [pen.writes_in(section) for section in given.values()] == [False, True, True]
    assert pen.edits(mine, given["2.1.B"])
    assert delegations.of_report(report) == {cast.contributor.pk: {"2.1.B": "own", "2.1.C": "whole"}}


def test_any_section_again_takes_the_list_away(report, given, cast):
    delegations.give(report, cast.contributor, None, by=cast.focal_point)
    assert pen_of(cast.contributor, report).everything
    assert not Delegation.objects.exists()


def test_an_empty_list_means_nothing_and_not_everything(report, given, cast):
    delegations.give(report, cast.contributor, {}, by=cast.focal_point)
    assert not any(pen_of(cast.contributor, report).writes_in(section) for section in given.values())


def test_codes_that_the_form_does_not_have_are_left_out(report, cast):
    delegations.give(report, cast.contributor, {"9.9.Z": "whole", "2.1.A": "whole"}, by=cast.focal_point)
    assert delegations.of_report(report) == {cast.contributor.pk: {"2.1.A": "whole"}}


@pytest.mark.parametrize("role", ["contributor", "other_country", "reviewer", "administrator"])
def test_only_a_focal_point_of_the_country_gives(report, cast, role):
    with pytest.raises(PermissionDenied):
        delegations.give(report, cast.contributor, {"2.1.A": "whole"}, by=cast[role])


@pytest.mark.parametrize("role", ["focal_point", "other_country", "reviewer"])
def test_only_a_contributor_of_the_country_is_given_sections(report, cast, role):
    with pytest.raises(Problem, match="not a contributor of this country"):
        delegations.give(report, cast[role], {"2.1.A": "whole"}, by=cast.focal_point)
    assert not Membership.objects.filter(only_given=True).exists()


def test_the_pen_asks_the_database_once(report, given, cast, django_assert_num_queries):
    contributor, focal_point = (User.objects.get(pk=cast[role].pk) for role in ("contributor", "focal_point"))
    for user in (contributor, focal_point):
        list(user.memberships.all())
    with django_assert_num_queries(2):  # roles, and what is given
        delegations.pen(contributor, report)
    with django_assert_num_queries(1):
        delegations.pen(focal_point, report)
