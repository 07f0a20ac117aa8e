"""Who comes in and who leaves, as the administrator, a focal point and somebody who is invited see it."""

import re

import pytest
from django.urls import reverse

from reports.models import Country, Membership, Role, RoleLog, User
from reports.rules import people
from tests.accounts import html, later, signed_in
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
PASSWORD = "four sober words together"
OURS = "/countries/BE/people/"


def form_of(answer):
    """What the form that invites would send: the last of the page's main part that has an e-mail field."""
    (form,) = parse(answer).xpath("//main//form[.//input[@name='email']]")
    return dict(form.form_values())


def invite(client, url=OURS, **changes):
    person = {"name": "Fatima El Amrani", "email": "fatima@justice.example", "language": "nl"}
    return client.post(url, form_of(client.get(url)) | person | changes, follow=True)


def link_in(mails):
    """Return the link in the newest invitation."""
    found = [re.search(r"https?://[^/]+(/invitation/\S+/)", mail.body) for mail in mails]
    return [match for match in found if match][-1][1]


@pytest.fixture
def anke(client, cast):
    client.force_login(cast.focal_point)
    return client


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def invitation(cast, mailoutbox, django_capture_on_commit_callbacks):
    """The link in the e-mail of a new contributor of Belgium, who reads Dutch."""
    with django_capture_on_commit_callbacks(execute=True):
        people.invite(
            "fatima@justice.example",
            by=cast.focal_point,
            role=Role.CONTRIBUTOR,
            country=Country.objects.get(code="BE"),
            name="Fatima",
            language="nl",
        )
    return link_in(mailoutbox)


def test_focal_point_invites_a_contributor(anke, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = invite(anke, writes="given")
    assert "Fatima El Amrani is invited." in text(page)
    assert "has not signed in yet" in text(page)
    membership = Membership.objects.get(user__email="fatima@justice.example")
    assert (membership.role, membership.country.code, membership.only_given) == ("contributor", "BE", True)
    assert [mail.to for mail in mailoutbox] == [
        ["fatima@justice.example"],
        [Membership.objects.get(country__code="BE", role="focal_point").user.email],
    ]


def test_invitation_does_not_reveal_an_accounts_name(anke, cast):
    User.objects.create_user("closed@justice.example", name="Zoë Geheim", is_active=False)
    page = invite(anke, email="closed@justice.example")
    assert "The account of closed@justice.example is closed." in text(page)
    assert "Geheim" not in html(page)
    page = invite(anke, email=cast.other_country.email)
    (said,) = parse(page).xpath("//p[contains(@class, 'success')]")
    assert "Fatima El Amrani is invited." in said.text_content()


def test_forged_invitation_gives_no_other_role_or_country(anke):
    for role in ("administrator", "reader"):
        invite(anke, role=role, country=str(Country.objects.get(code="NL").pk))
        assert not User.objects.filter(email="fatima@justice.example").exists()
    invite(anke, role="contributor", country=str(Country.objects.get(code="NL").pk))
    membership = Membership.objects.get(user__email="fatima@justice.example")
    assert (membership.role, membership.country.code) == ("contributor", "BE")


def test_second_invitation_is_refused_and_form_is_kept(anke, cast):
    page = invite(anke, email="contributor@example.org")
    assert "contributor has a role here already" in text(page)
    assert form_of(page)["name"] == "Fatima El Amrani"
    assert cast.contributor.memberships.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "fatima"}, "Enter a full e-mail address"),
        ({"email": ""}, "Fill in the e-mail address."),
        ({"name": " "}, "Fill in the name of the person."),
        ({"role": "focal_point", "country": ""}, "Choose a country, or “None: the secretariat”."),
        ({"role": "focal_point", "country": "none"}, "Choose a country: this role belongs to a country."),
    ],
)
def test_invalid_invitation_is_refused_with_reason(ada, changes, said):
    before = User.objects.count()
    page = invite(ada, "/people/", **changes)
    assert said in text(page)
    assert User.objects.count() == before


def test_a_role_at_the_secretariat_belongs_to_no_country(ada):
    page = invite(ada, "/people/", role="reviewer", country=str(Country.objects.get(code="BE").pk))
    assert "Do not choose a country: this role is at the secretariat." in text(page)


def test_search_finds_people_and_countries_despite_accents(ada, cast):
    User.objects.filter(pk=cast.other_country.pk).update(name="Zoë de Wit")
    page = text(ada.get("/people/?q=zoe"))
    assert "Zoë de Wit" in page
    assert "Netherlands" in page
    assert "reviewer@example.org" not in page
    assert "focal point" in text(ada.get("/people/?q=belgi"))
    assert "No person or country found for “atlantis”." in text(ada.get("/people/?q=atlantis"))


def test_a_search_finds_a_contributor_too(ada):
    page = text(ada.get("/people/?q=contributor@"))
    assert "1 contributor" in page
    assert "contributor@example.org" in page


def test_only_those_who_may_invite_see_addresses(client, report, cast):
    for role in ("contributor", "reviewer", "reader"):
        client.force_login(cast[role])
        for url in ("/reports/BE/2014/", "/reports/BE/2014/approvals/", "/desk/2014/", "/people/", OURS):
            page = html(client.get(url))
            others = set(re.findall(r"[\w.]+@example\.org", page)) - {"secretariat@example.org"}
            assert not others, (role, url, others)


def test_ending_a_role_asks_and_takes_effect_at_once(client, report, cast):
    luc = client
    luc.force_login(cast.contributor)
    assert luc.get("/reports/BE/2014/").status_code == 200
    anke = client.__class__()
    anke.force_login(cast.focal_point)
    url = reverse("end_role", args=[cast.contributor.memberships.get().pk])
    assert "What they wrote stays" in text(anke.get(url))
    assert cast.contributor.memberships.exists()
    assert "has ended" in text(anke.post(url, follow=True))
    assert luc.get("/reports/BE/2014/").status_code == 404


def test_a_focal_point_ends_no_other_focal_points_role(anke, cast):
    url = reverse("end_role", args=[cast.focal_point.memberships.get().pk])
    assert anke.get(url).status_code == anke.post(url).status_code == 403
    assert url not in html(anke.get(OURS))


@pytest.mark.parametrize("name", ["end_role", "invite_again"])
def test_people_of_another_country_are_not_to_be_had(client, cast, name):
    client.force_login(cast.other_country)
    assert client.post(reverse(name, args=[cast.contributor.memberships.get().pk])).status_code == 404
    client.force_login(cast.reviewer)
    assert client.post(reverse(name, args=[cast.contributor.memberships.get().pk])).status_code == 403
    assert cast.contributor.memberships.exists()


def test_the_log_names_who_gave_and_who_ended_a_role(ada, cast, invitation):
    people.end_role(Membership.objects.get(user__name="Fatima"), by=cast.administrator)
    rows = [
        " ".join(row.text_content().split()) for row in parse(ada.get("/people/")).xpath("//tr[td[contains(.,'Role')]]")
    ]
    assert [("Role ended" in row, "Fatima" in row, "Contributor, Belgium" in row) for row in rows] == [
        (True, True, True),
        (False, True, True),
    ]
    assert [entry.by for entry in RoleLog.objects.all()] == [cast.administrator, cast.focal_point]


def test_a_long_log_has_pages(ada, cast):
    belgium = Country.objects.get(code="BE")
    for _number in range(35):
        RoleLog.objects.create(user=cast.contributor, country=belgium, role="contributor", by=cast.administrator)
    assert "Page 1 of 2" in text(ada.get("/people/"))
    assert "Page 2 of 2" in text(ada.get("/people/?page=2"))


def test_a_link_leads_in_once_with_a_name_and_a_password(client, invitation):
    page = client.get(invitation)
    assert '<html lang="nl">' in html(page)
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "focal point" in text(page)
    assert fields(page, form="")["name"] == "Fatima"
    answer = client.post(invitation, fields(page, form="") | {"name": "Fatima El Amrani", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")
    assert signed_in(client)
    user = User.objects.get(email="fatima@justice.example")
    assert (user.name, user.check_password(PASSWORD), user.language) == ("Fatima El Amrani", True, "nl")
    client.logout()
    assert client.get(invitation).status_code == 410
    assert client.post(invitation, {"name": "Somebody", "password": PASSWORD}).status_code == 410
    assert not signed_in(client)


def test_a_used_link_says_what_to_do(client, invitation):
    client.cookies["django_language"] = "en"
    client.post(invitation, {"name": "Fatima", "password": PASSWORD})
    client.logout()
    page = text(client.get(invitation))
    assert "This invitation has been used or has expired." in page
    assert "Sign in" in page


@pytest.mark.parametrize("key", ["x", "a:b:c", "WzEsImEiXQ:1uabcd:xxxxxxxxxxxxxxxxxxxxxxxxxxx"])
def test_a_link_that_was_never_sent_leads_nowhere(client, cast, key):
    assert client.get(f"/invitation/{key}/").status_code == 410


def test_a_link_works_for_fourteen_days(client, invitation):
    with later(days=13, hours=23):
        assert client.get(invitation).status_code == 200
    with later(days=14, hours=1):
        assert client.get(invitation).status_code == 410


def test_a_withdrawn_invitation_leads_nowhere(client, cast, invitation):
    people.end_role(Membership.objects.get(user__name="Fatima"), by=cast.focal_point)
    client.cookies["django_language"] = "en"
    page = client.get(invitation)
    assert page.status_code == 410
    assert "was withdrawn" in text(page)


def test_new_invitation_replaces_the_old_link(anke, mailoutbox, invitation, django_capture_on_commit_callbacks):
    membership = Membership.objects.get(user__name="Fatima")
    with later(days=13), django_capture_on_commit_callbacks(execute=True):
        anke.force_login(membership.invited_by)
        page = anke.post(reverse("invite_again", args=[membership.pk]), follow=True)
    assert "A new invitation is on its way to fatima@justice.example." in text(page)
    newer = link_in(mailoutbox)
    anke.logout()
    with later(days=20):
        assert anke.get(invitation).status_code == 410
        assert anke.get(newer).status_code == 200


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Fill in the password."),
        ("short", "needs at least 12 characters"),
        ("fatima@justice.example", "too similar"),
        ("123456789012345", "entirely numeric"),
    ],
)
def test_weak_password_is_refused_and_not_shown_again(client, invitation, password, said):
    client.cookies["django_language"] = "en"
    page = client.post(invitation, {"name": "Fatima", "password": password})
    assert said in text(page)
    assert not signed_in(client)
    assert 'type="password"' in html(page)
    (box,) = re.findall(r'<input[^>]*type="password"[^>]*>', html(page))
    assert "value" not in box


def test_language_chosen_on_the_invitation_is_kept(client, invitation):
    client.cookies["django_language"] = "fr"
    assert '<html lang="fr">' in html(client.get(invitation))
    client.post(invitation, {"name": "Fatima", "password": PASSWORD})
    assert User.objects.get(email="fatima@justice.example").language == "fr"


def test_the_secretariats_page_says_that_a_country_invites(ada, anke, cast):
    ada.force_login(cast.administrator)
    page = ada.get(OURS)
    assert "Belgium invites its own people, because it has a focal point who can sign in." in text(page)
    assert not parse(page).xpath("//main//form[.//input[@name='email']]")
    refused = ada.post(OURS, {"name": "X", "email": "x@example.org", "language": "en", "role": "focal_point"})
    assert refused.status_code == 200
    assert not User.objects.filter(email="x@example.org").exists()


def test_the_secretariats_refused_invitation_says_why(ada):
    page = invite(ada, "/people/", role="focal_point", country=str(Country.objects.get(code="BE").pk))
    assert "Belgium has a focal point, so it invites its own people." in text(page)
    assert form_of(page)["name"] == "Fatima El Amrani"


def test_the_secretariat_invites_a_first_focal_point(ada):
    page = invite(ada, "/countries/IT/people/", role="focal_point")
    assert "Fatima El Amrani is invited." in text(page)
    assert "Italy has no focal point who can sign in, so the secretariat can invite here." in text(page)
    assert "for the secretariat, because the country had no focal point who could sign in" in text(page)


def test_a_focal_point_invites_a_successor_and_reads_the_log(anke):
    page = invite(anke, role="focal_point")
    assert Membership.objects.get(user__email="fatima@justice.example").role == "focal_point"
    (row,) = parse(page).xpath("//section[@aria-labelledby='log']//tbody/tr")
    assert [" ".join(cell.text_content().split()) for cell in row[1:]] == [
        "Role assigned",
        "Fatima El Amrani",
        "Focal point, Belgium",
        "By focal point",
    ]


def test_a_country_reads_the_log_of_its_own_people_only(anke, cast):
    netherlands = Country.objects.get(code="NL")
    RoleLog.objects.create(user=cast.other_country, country=netherlands, role="contributor", by=cast.other_country)
    assert "No role has been assigned here yet." in text(anke.get(OURS))
