"""Who writes what in one report, and how sections are given to contributors."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import Contribution, Delegation, Membership, Revision, Step, User
from reports.rules import delegations, permissions, workflow, writing

pytestmark = pytest.mark.django_db


def allowed(user, action, *subjects):
    """Which of these the user may do, as the next request has it: roles and assignments are read again."""
    user = User.objects.get(pk=user.pk)
    return [permissions.may(user, action, type(one).objects.get(pk=one.pk)) for one in subjects]


@pytest.fixture
def given(report, cast):
    """2.1.A whole, in 2.1.B one contribution of one's own, nothing else."""
    delegations.give(report, cast.contributor, {"2.1.A": "whole", "2.1.B": "own"}, by=cast.focal_point)
    return {code: report.sections.get(question__code=code) for code in ("2.1.A", "2.1.B", "2.1.C")}


def add(section, cast, **more):
    return writing.add_contribution(section, "<p>Van ons.</p>", by=cast.contributor, save_id=uuid4(), **more)


def test_until_sections_are_given_a_contributor_writes_everywhere(report, section, cast):
    assert allowed(cast.contributor, "write_section", *report.sections.all()) == [True] * 21


def test_given_sections_are_written_and_others_are_not(report, given, written, cast):
    sections = given.values()
    assert allowed(cast.contributor, "write_section", *sections) == [True, False, False]
    assert allowed(cast.contributor, "write_in_section", *sections) == [True, True, False]
    assert allowed(cast.contributor, "add_contribution", *sections) == [True, True, False]
    assert allowed(cast.contributor, "write_contribution", written) == [True]


def test_focal_points_write_everywhere_and_nobody_else_writes_at_all(report, section, given, cast):
    assert allowed(cast.focal_point, "write_section", section) == [True]
    for role in ("other_country", "reviewer", "reader", "administrator"):
        assert allowed(cast[role], "write_in_section", section) == [False], role


def test_nobody_writes_in_a_report_that_was_sent_in(report, section, given, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    for role in ("focal_point", "contributor"):
        assert allowed(cast[role], "write_in_section", section) == [False]


def test_a_frozen_section_is_nobodys_to_write(report, section, given, cast):
    section.frozen = True
    section.save()
    for role in ("focal_point", "contributor"):
        for action in ("write_section", "write_in_section", "add_contribution"):
            assert allowed(cast[role], action, section) == [False]


def test_one_contribution_of_ones_own_is_begun_once_and_then_edited(report, given, cast):
    section = given["2.1.B"]
    theirs = writing.add_contribution(section, "<p>Van de politie.</p>", by=cast.focal_point)
    mine = add(section, cast)
    assert allowed(cast.contributor, "write_contribution", mine, theirs) == [True, False]
    assert allowed(cast.contributor, "add_contribution", section) == [False]
    with pytest.raises(Problem, match="is not assigned to you"):
        add(section, cast)
    assert section.contributions.count() == 2


def test_the_first_save_repeated_is_the_same_contribution(given, cast):
    once = uuid4()
    first, second = (
        writing.add_contribution(given["2.1.B"], "<p>Van ons.</p>", by=cast.contributor, save_id=once) for _ in range(2)
    )
    assert first == second
    assert Revision.objects.count() == 1
    assert Delegation.objects.get(section=given["2.1.B"]).contribution == first


def test_somebody_elses_save_id_opens_no_door(given, cast):
    once = uuid4()
    writing.add_contribution(given["2.1.C"], "<p>X.</p>", by=cast.focal_point, save_id=once)
    with pytest.raises(Problem):
        writing.add_contribution(given["2.1.C"], "<p>Van ons.</p>", by=cast.contributor, save_id=once)
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("gone", ["removed", "emptied"])
def test_who_took_their_own_contribution_out_may_bring_it_back_or_begin_another(report, given, cast, gone):
    section = given["2.1.B"]
    mine = add(section, cast)
    if gone == "removed":
        writing.remove(mine, by=cast.contributor)
    else:
        writing.save_text(mine, "", base=1, by=cast.contributor)
    assert allowed(cast.contributor, "write_contribution", mine) == [True]
    assert allowed(cast.contributor, "add_contribution", section) == [True]
    another = add(section, cast)
    assert allowed(cast.contributor, "write_contribution", another, mine) == [True, False]
    assert allowed(cast.contributor, "add_contribution", section) == [False]


def test_sections_of_one_report_are_none_of_another(report, given, begin, cast):
    before = begin(2013)
    assert not any(allowed(cast.contributor, "write_in_section", *before.sections.all()))


def test_giving_again_replaces_and_keeps_the_contribution_that_was_begun(report, given, cast):
    mine = add(given["2.1.B"], cast)
    delegations.give(report, cast.contributor, {"2.1.B": "own", "2.1.C": "whole"}, by=cast.focal_point)
    assert allowed(cast.contributor, "write_in_section", *given.values()) == [False, True, True]
    assert allowed(cast.contributor, "write_contribution", mine) == [True]
    assert delegations.of_report(report) == {cast.contributor.pk: {"2.1.B": "own", "2.1.C": "whole"}}


def test_any_section_again_takes_the_list_away(report, given, cast):
    delegations.give(report, cast.contributor, None, by=cast.focal_point)
    assert allowed(cast.contributor, "write_section", *report.sections.all()) == [True] * 21
    assert not Delegation.objects.exists()


def test_an_empty_list_means_nothing_and_not_everything(report, given, cast):
    delegations.give(report, cast.contributor, {}, by=cast.focal_point)
    assert not any(allowed(cast.contributor, "write_in_section", *given.values()))


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


def test_assignments_are_read_once_for_each_request(report, given, cast, django_assert_num_queries):
    sections = list(report.sections.select_related("report"))
    for role, queries in (("contributor", 2), ("focal_point", 1)):  # roles; and for a contributor what was given
        user = User.objects.get(pk=cast[role].pk)
        with django_assert_num_queries(queries):
            for section in sections:
                permissions.may(user, "write_section", section)
