"""The administration pages: people, countries, the framework and the forms.

Nobody edits a country's answers here: those models are not registered, and reports are read-only. Nor does anybody give
roles here or change an address, a password or a right: whoever could do that could read a country's draft.
"""

from typing import Any

import django_tasks_db.admin  # noqa: F401 (registers DBTaskResult, which is unregistered below)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from reports import models
from reports.document.problem import Problem
from reports.models.people import one_line
from reports.pages.wording import in_words
from reports.rules import administration, permissions

admin.site.site_header = admin.site.site_title = _("Country reports")
admin.site.index_title = _("Administration")
admin.site.site_url = None  # templates/admin/base_site.html links back to the portal
# Permissions come from memberships, e-mail addresses from User, and nobody edits the queue of tasks.
admin.site.unregister([Group, EmailAddress, DBTaskResult])
# Second factors, sessions and single sign-on are each person's own: whoever edited them here could become anybody.
admin.site.unregister([Authenticator, UserSession, SocialApp, SocialAccount, SocialToken])


class MembershipInline(admin.TabularInline):
    """Shows the roles. They are given and ended on the pages of people, where rules/people.py checks."""

    model = models.Membership
    fk_name = "user"
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        return False


@admin.register(models.User)
class UserAdmin(admin.ModelAdmin):
    """Corrects a name, and closes and reopens an account. People come in by invitation only (rules/people.py)."""

    fields = ["email", "name", "language", "is_active", "closed_at", "is_staff", "last_login", "date_joined"]
    list_display = ["name", "email", "language", "is_active"]
    search_fields = ["name", "email"]
    readonly_fields = ["email", "closed_at", "is_staff", "last_login", "date_joined"]
    inlines = [MembershipInline]
    actions = None

    def save_model(self, request: HttpRequest, obj: models.User, form: Any, change: bool) -> None:
        """Save name and language here. Closing and reopening have a rule of their own, which may refuse."""
        assert isinstance(request.user, models.User)
        models.User.objects.filter(pk=obj.pk).update(name=one_line(obj.name), language=obj.language)
        act = administration.reopen_account if obj.is_active else administration.close_account
        try:
            act(models.User.objects.get(pk=obj.pk), by=request.user)
        except Problem as problem:
            self.message_user(request, in_words(problem), messages.ERROR)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        return isinstance(request.user, models.User) and permissions.may(request.user, "manage_people")

    def has_delete_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        """Refuse: closing the account instead keeps what the person wrote under their name."""
        return False


@admin.register(models.Country)
class CountryAdmin(TranslationAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name_en", "name_nl", "name_fr"]


class GoalInline(TranslationTabularInline):
    model = models.OperationalGoal
    extra = 0


@admin.register(models.PolicyTarget)
class PolicyTargetAdmin(TranslationAdmin):
    list_display = ["number", "text"]
    inlines = [GoalInline]


class QuestionInline(TranslationTabularInline):
    model = models.Question
    extra = 0
    fields = ["position", "code", "letter", "target", "goal", "label", "heading", "prompt", "guidance"]


@admin.register(models.ReportingForm)
class ReportingFormAdmin(TranslationAdmin):
    list_display = ["year", "title", "layout", "opens", "due"]
    inlines = [QuestionInline]


@admin.register(models.Report)
class ReportAdmin(admin.ModelAdmin):
    """Read-only: only rules/workflow.py changes the state of a report."""

    list_display = ["country", "form", "state", "opened_at"]
    list_filter = ["form", "state"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Report | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Report | None = None) -> bool:
        return False
