"""People, countries, and the roles of people for a country or at the secretariat."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import connection, models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reports.models import codes, fixed_columns

ROLE = ("id", "user_id", "country_id", "role", "only_given")
ROLES = f"SELECT {', '.join(ROLE)} FROM reports_membership WHERE user_id = %s"


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space. E-mail headers cannot contain line breaks."""
    return " ".join(text.split())


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, identified by an e-mail address. Permissions come from memberships alone (rules/permissions.py)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    mails = models.JSONField(default=dict, blank=True, editable=False)  # kind of mail -> when; see models/mail.py
    unsent_keys = models.JSONField(default=list, blank=True, editable=False)  # see rules/unsent.py
    is_active = models.BooleanField(_("may sign in"), default=True)
    closed_at = models.DateTimeField(null=True, editable=False)  # the last time; earlier sessions are over
    is_staff = models.BooleanField(_("may use the administration pages"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> list["Membership"]:
        """The person's memberships, cached for the request. Their countries are not loaded with them.

        Every request runs this query. It is written by hand because Django takes several times as long to build it
        as the database to answer it (ADR 19).
        """
        with connection.cursor() as cursor:
            cursor.execute(ROLES, [self.pk])
            rows = cursor.fetchall()
        return [Membership.from_db(connection.alias, ROLE, (*row, bool(given))) for *row, given in rows]

    def get_session_auth_hash(self) -> str:
        return self.since_closing(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        yield from map(self.since_closing, super().get_session_auth_fallback_hash())

    def since_closing(self, digest: str) -> str:
        """Return a hash that changes when the account is closed, so that reopening it revives no session."""
        return salted_hmac("reports.closed", f"{digest} {self.closed_at}").hexdigest() if self.closed_at else digest

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the address in lower case, because signing in compares it so, and the name on one line."""
        self.email, self.name = self.email.lower(), one_line(self.name)
        super().save(*args, **kwargs)


class CountryManager(models.Manager["Country"]):
    def get_by_natural_key(self, code: str) -> "Country":
        return self.get(code=code)


class Country(models.Model):
    """`code` is the ISO 3166-1 alpha-2 code; Kosovo has none and uses the user-assigned XK."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en: str  # added by reports/translation.py

    objects = CountryManager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            codes.code_constraint(
                "country_code_is_two_capitals", codes.COUNTRY, _("A country’s code is two capital letters, such as BE.")
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def clean(self) -> None:
        fixed_columns.check(self, "reports")


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor")
    FOCAL_POINT = "focal_point", _("Focal point")
    READER = "reader", _("Reader of the secretariat")
    REVIEWER = "reviewer", _("Reviewer")
    ADMINISTRATOR = "administrator", _("Administrator of the secretariat")


COUNTRY_ROLES = (Role.CONTRIBUTOR, Role.FOCAL_POINT)
SECRETARIAT_ROLES = (Role.READER, Role.REVIEWER, Role.ADMINISTRATOR)


class Membership(models.Model):
    """A role for a country or, without a country, at the secretariat.

    `only_given` limits a contributor to the sections in their delegations.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("country")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    only_given = models.BooleanField(
        _("writes only in assigned sections"),
        default=False,
        help_text=_("A contributor then writes in the sections that a focal point assigns, and in no other."),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    invited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_country_fits_role",
                condition=Q(country__isnull=False, role__in=COUNTRY_ROLES)
                | Q(country__isnull=True, role__in=SECRETARIAT_ROLES),
                violation_error_message=_(
                    "Contributors and focal points belong to a country; the secretariat's roles to none."
                ),
            ),
            models.UniqueConstraint(fields=["user", "country"], name="membership_once_per_country"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(country__isnull=True), name="membership_once_at_secretariat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}" + (f", {self.country}" if self.country_id else "")


class RoleLog(models.Model):
    """Who gave or ended which role, and when. Append-only: it outlives the memberships, which are deleted.

    `by_secretariat`: the secretariat did it for a country, which it may only while nobody in the country can.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_log")
    country = models.ForeignKey(Country, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    ended = models.BooleanField(default=False)
    by_secretariat = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
