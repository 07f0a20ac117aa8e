"""What the portal keeps about one person, for that person (General Data Protection Regulation, Articles 15 and 20)."""

import json
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from reports import models
from reports.models import User

Entries = Iterator[dict[str, Any]]


def as_json(user: User) -> Iterator[str]:
    """Yield one JSON object in pieces, so that a person who saved ten thousand times takes little memory.

    A text belongs to the report of a country, and others wrote in it too, so each save is named and not repeated.
    """
    yield f'{{"person": {dumped(person(user))}'
    for name, rows in lists(user).items():
        yield f',\n"{name}": ['
        for number, row in enumerate(rows.iterator(chunk_size=500)):
            yield ("," if number else "") + "\n" + dumped(row)
        yield "]"
    yield "}\n"


def dumped(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def person(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "e_mails": user.mails,
        "account_made": user.date_joined,
        "last_signed_in": user.last_login,
    }


def lists(user: User) -> dict[str, QuerySet[Any, dict[str, Any]]]:
    """Return the queries of everything else, each with the columns that the person gets."""
    section = ("section__report__country__code", "section__report__form__year", "section__question__code")
    report = ("report__country__code", "report__form__year")
    in_contribution = tuple(f"contribution__{column}" for column in section)
    remark = tuple(f"remark__{column}" for column in section)
    comment = tuple(f"comment__{column}" for column in in_contribution)
    return {
        "roles": models.Membership.objects.filter(user=user).values("country__code", "role", "invited_at"),
        "role_log": models.RoleLog.objects.filter(user=user).values("country__code", "role", "ended", "at"),
        "roles_given_or_ended": models.RoleLog.objects.filter(by=user).values("country__code", "role", "ended", "at"),
        "events": models.AuditEvent.objects.filter(person=user)
        .order_by("at")
        .values("event", "at", "address", "detail"),
        "events_about": models.AuditEvent.objects.filter(about=user).values("event", "at"),
        "saves": user.revisions.order_by("at").values(*in_contribution, "language", "number", "how", "at"),
        "section_changes": models.SectionLog.objects.filter(by=user).values(*section, "change", "at"),
        "uploads": user.uploads.order_by("at").values(*report, "file_name", "sha256", "at"),
        "steps": user.steps.order_by("at").values(*report, "step", "at"),
        "messages": models.RemarkMessage.objects.filter(by=user).order_by("at").values(*remark, "at"),
        "suggestions": user.suggestions.order_by("at").values(*in_contribution, "language", "at", "end__outcome"),
        "suggestions_decided": models.SuggestionEnd.objects.filter(by=user)
        .order_by("at")
        .values(*(f"suggestion__{column}" for column in in_contribution), "outcome", "at"),
        "translations_marked": models.TranslationEvent.objects.filter(by=user)
        .order_by("at")
        .values(*in_contribution, "language", "kind", "at"),
        "texts_sent_to_services": models.MachineRequest.objects.filter(by=user)
        .order_by("at")
        .values(*in_contribution, "language", "service", "passages", "at", "outcome"),
        "own_translations": user.own_translations.order_by("at").values(
            *(f"submission__{column}" for column in report), "submission__number", "code", "language", "how", "at"
        ),
        "own_translations_dismissed": models.OwnDismissal.objects.filter(by=user)
        .order_by("at")
        .values(*report, "language", "at"),
        "comments": user.comments.order_by("at").values(*in_contribution, "at", "settled_at"),
        "comment_messages": models.CommentMessage.objects.filter(by=user).order_by("at").values(*comment, "act", "at"),
        "comments_naming_you": models.CommentMessage.objects.filter(named=user).order_by("at").values(*comment, "at"),
        "approvals": user.approvals.values(*report, "section__question__code", "answer", "asked_at", "answered_at"),
        "assigned_sections": user.delegations.values(*section, "whole", "at"),
        "e_mails_to_you": models.Mail.objects.filter(to=user).values("kind", "subject", "at", "sent_at"),
        "submissions_opened": models.SubmissionOpening.objects.filter(by=user)
        .order_by("day")
        .values(*(f"submission__{column}" for column in report), "submission__number", "kind", "day"),
        "sections_read": models.ReadMark.objects.filter(by=user).values(*section, "submission__number", "at"),
        "assignments_made": models.Delegation.objects.filter(by=user).values(*section, "whole", "at"),
        "approvals_asked": models.Approval.objects.filter(asked_by=user).values(*report, "asked_at"),
    } | of_signing_in(user)


def of_signing_in(user: User) -> dict[str, QuerySet[Any, dict[str, Any]]]:
    """Return the queries of where and how the person signs in. No secret of a factor or a link is among the columns."""
    return {
        "sessions": UserSession.objects.filter(user=user).values("ip", "user_agent", "created_at", "last_seen_at"),
        "second_factors": Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at"),
        "single_sign_on": SocialAccount.objects.filter(user=user).values(
            "provider", "uid", "extra_data", "date_joined", "last_login"
        ),
        "changes_of_address": models.AddressChange.objects.filter(user=user).values("old", "new", "made_at", "done_at"),
        "invitation_links": models.InvitationLink.objects.filter(user=user).values("address", "made_at", "used_at"),
        "lost_devices": models.FactorReset.objects.filter(user=user).values("asked_at", "decided_at", "confirmed"),
    }
