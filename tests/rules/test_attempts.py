"""Limits on tries: they hold for tries at the same moment, and lock nobody out."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from reports.models import AddressChange, InvitationLink, RateLimit
from reports.rules import addresses, attempts, invitations
from tests.rules.test_races import together

AT_ONCE = 40
VICTIM = "anna@police.example"


def may_try(account=VICTIM, ip="192.0.2.1", browser=""):
    return attempts.first_full(attempts.of_sign_in(account, ip, browser)) is None


@pytest.mark.django_db(transaction=True)
def test_forty_tries_at_once_count_as_forty():
    through = []

    def work(number):
        if may_try():
            through.append(number)

    assert together(work, AT_ONCE) == []
    assert len(through) == 5
    assert sorted(RateLimit.objects.values_list("tries", flat=True)) == [5, AT_ONCE, AT_ONCE]


@pytest.mark.django_db(transaction=True)
def test_forty_codes_at_once_count_as_forty(cast):
    through = []

    def work(number):
        if attempts.first_full(attempts.of_code(cast.focal_point, "")) is None:
            through.append(number)

    assert together(work, AT_ONCE) == []
    assert (len(through), RateLimit.objects.get().tries) == (5, AT_ONCE)


@pytest.mark.django_db
def test_a_window_begins_anew_when_it_is_over():
    assert [may_try() for _try in range(6)] == [True] * 5 + [False]
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert may_try()


@pytest.mark.django_db
def test_many_networks_stop_no_known_browser():
    tries = [may_try(ip=f"198.51.100.{number % 12}") for number in range(48)]
    assert tries.count(True) == 30
    assert not may_try(ip="203.0.113.9")
    assert may_try(ip="203.0.113.9", browser="hers")
    assert may_try("luc@police.example", ip="203.0.113.9")


@pytest.mark.django_db
def test_a_colleague_on_the_network_stops_no_known_browser():
    assert [may_try(f"{number}@police.example") for number in range(60)].count(True) == 50
    assert not may_try()
    assert [may_try(browser="hers") for _try in range(6)] == [True] * 5 + [False]


@pytest.mark.django_db
def test_a_full_network_makes_no_more_rows():
    for number in range(80):
        may_try(f"{number}@police.example")
    assert RateLimit.objects.count() == 1 + 2 * 50


@pytest.mark.django_db
def test_success_gives_back_only_its_own_try():
    for _try in range(4):
        may_try()
    counted = attempts.of_sign_in(VICTIM, "192.0.2.1", "")
    assert attempts.first_full(counted) is None
    attempts.give_back(counted)
    assert set(RateLimit.objects.values_list("tries", flat=True)) == {4}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1/32"),
        ("::ffff:192.0.2.1", "192.0.2.1/32"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
    ],
)
def test_a_customer_of_ipv6_is_one_network(address, network):
    assert attempts.network_of(address) == network


@pytest.mark.django_db
def test_old_counts_and_links_are_swept_with_the_reminders(cast):
    may_try()
    invitations.make_link(cast.reader)
    addresses.ask("new@police.example", by=cast.reader)
    for days, counts, links in ((2, 3, 1), (31, 0, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            if counts:
                may_try("luc@police.example")
            call_command("send_reminders", stdout=io.StringIO())
        assert RateLimit.objects.count() == counts
        assert (InvitationLink.objects.count(), AddressChange.objects.count()) == (links, links)
