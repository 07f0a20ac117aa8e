"""The administration pages: people, countries, the framework and the forms.

Nobody edits a country's answers here: those models are not registered, and reports are read-only.
"""

from typing import Any

import django_tasks_db.admin  # noqa: F401 (registers DBTaskResult, which is unregistered below)
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from reports import models

admin.site.site_header = admin.site.site_title = _("Country reports")
admin.site.index_title = _("Administration")
admin.site.site_url = None  # templates/admin/base_site.html links back to the portal
# Permissions come from memberships, e-mail addresses from User, and nobody edits the queue of tasks.
admin.site.unregister([Group, EmailAddress, DBTaskResult])


class MembershipInline(admin.TabularInline):
    """Gives a role, also the very first one. Roles are ended on the pages of people, where rules/people.py checks."""

    model = models.Membership
    fk_name = "user"
    extra = 1
    autocomplete_fields = ["country"]

    def has_change_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.User | None = None) -> bool:
        return False


@admin.register(models.User)
class UserAdmin(admin.ModelAdmin):
    """A new person gets no password here: they choose one through the page for forgotten passwords."""

    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    list_display = ["name", "email", "language", "is_active"]
    search_fields = ["name", "email"]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [MembershipInline]

    def save_model(self, request: HttpRequest, obj: models.User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the roles, and log them as rules/people.py does."""
        super().save_formset(request, form, formset, change)
        assert isinstance(request.user, models.User)
        for row in formset.new_objects if formset.model is models.Membership else ():
            models.RoleLog.objects.create(user=row.user, role=row.role, country=row.country, by=request.user)

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
    fields = ["position", "code", "letter", "target", "goal", "label", "heading", "prompt"]


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
