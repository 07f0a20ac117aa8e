"""People, countries, and the roles of people for a country or at the secretariat."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reports.addresses import canonical, comparable
from reports.models import codes, fixed_columns
from reports.names import plain_name

ROLE = ("id", "user_id", "country_id", "role", "only_given")
ROLES = f"SELECT {', '.join(ROLE)} FROM reports_membership WHERE user_id = %s"


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space. E-mail headers cannot contain line breaks."""
    return " ".join(text.split())


def passwords_alike(password: str) -> list[str]:
    """Return the forms that keyboards give this password: first the one that is kept (NFC), then the others.

    An "é" is one character on one system and two on another; both must open the account.
    """
    kept, apart = (unicodedata.normalize(form, password) for form in ("NFC", "NFD"))
    return list(dict.fromkeys((kept, password, apart)))


class AddressFormField(forms.EmailField):
    """An e-mail address as a person types or pastes it."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return canonical(typed) if typed else ""


if TYPE_CHECKING:
    EmailField = models.EmailField[str, str]
else:
    EmailField = models.EmailField  # takes no type arguments at run time


class AddressField(EmailField):
    """An e-mail address in its one form, also in every comparison: see reports/addresses.py."""

    def to_python(self, value: Any) -> Any:
        """Return the one form. Django calls this for what is stored and for what is compared (get_prep_value)."""
        return comparable(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": AddressFormField, **kwargs})

    def deconstruct(self) -> Any:
        """Return an EmailField: migrations import nothing of this package."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def accepted(self) -> "models.QuerySet[User]":
        """Return whoever has accepted an invitation: `User.has_accepted` as a query."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, identified by an e-mail address. Permissions come from memberships alone (rules/permissions.py)."""

    email = AddressField(_("e-mail address"), unique=True)
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
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_accepted(self) -> bool:
        """Whether the person has chosen a password or signed in. Until then the link of an invitation is valid.

        Who signs in through their ministry's single sign-on may have no password.
        """
        return self.has_usable_password() or self.last_login is not None

    def clean(self) -> None:
        """Check the name that was typed in the administration. Raise ValidationError."""
        super().clean()
        try:
            self.name = plain_name(self.name)
        except ValidationError as error:
            raise ValidationError({"name": error}) from error

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password if raw_password is None else passwords_alike(raw_password)[0])

    def check_password(self, raw_password: str) -> bool:
        """Accept the password in each form of its characters. One that was kept in another form is kept anew."""
        kept, *others = passwords_alike(raw_password)
        if super().check_password(kept):
            return True
        if not any(super(User, self).check_password(other) for other in others):
            return False
        self.set_password(raw_password)
        self.save(update_fields=["password"])
        return True

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Return what every session holds: sessions elsewhere end with a new password and with a new address."""
        value = f"{self.password}\x1f{self.email}"
        return salted_hmac("reports.session", value, secret=secret, algorithm="sha256").hexdigest()

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
        """Store the name on one line."""
        self.name = one_line(self.name)
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
    TRANSLATOR = "translator", _("Translator")
    APPROVER = "approver", _("Approver")
    FOCAL_POINT = "focal_point", _("Focal point")
    READER = "reader", _("Reader of the secretariat")
    REVIEWER = "reviewer", _("Reviewer")
    ADMINISTRATOR = "administrator", _("Administrator of the secretariat")


COUNTRY_ROLES = (Role.CONTRIBUTOR, Role.TRANSLATOR, Role.APPROVER, Role.FOCAL_POINT)
SECRETARIAT_ROLES = (Role.READER, Role.REVIEWER, Role.ADMINISTRATOR)


class Membership(models.Model):
    """A role for a country or, without a country, at the secretariat.

    `only_given` limits a contributor to the sections in their delegations. A translator reads the country's
    drafts and writes translations alone. An approver reads them and answers requests for approval, and writes nothing.
    `message` is what the inviter wrote to the person.
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
    message = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_country_fits_role",
                condition=Q(country__isnull=False, role__in=COUNTRY_ROLES)
                | Q(country__isnull=True, role__in=SECRETARIAT_ROLES),
                violation_error_message=_(
                    "Contributors, translators, approvers and focal points belong to a country; "
                    "the secretariat's roles to none."
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
