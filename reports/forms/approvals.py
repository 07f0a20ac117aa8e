"""Asking for approvals, and answering."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only, set_choices
from reports.models import Membership, Report, Section, User
from reports.rules.approvals import LONGEST


class AskForm(forms.Form):
    """Which officials are asked, and for which sections; without any, for the whole report."""

    officials = forms.MultipleChoiceField(
        label=_("Ask for approval from"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person to ask.")},
    )
    sections = forms.MultipleChoiceField(
        label=_("For which sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to ask for the whole report."),
    )

    def __init__(self, report: Report, data: Data = None) -> None:
        super().__init__(data)
        people = report.country.memberships.filter(user__is_active=True).select_related("user").order_by("user__name")
        self.people: dict[str, User] = {str(row.user_id): row.user for row in people}
        self.by_code: dict[str, Section] = {section.code: section for section in report.sections.all()}
        set_choices(self, "officials", [(str(row.user_id), described(row)) for row in people])
        labels = [(code, f"{code} {section.question.label}") for code, section in self.by_code.items()]
        set_choices(self, "sections", labels)
        self.helper = fields_only()

    @property
    def chosen_officials(self) -> list[User]:
        return [self.people[pk] for pk in self.cleaned_data["officials"]]

    @property
    def chosen_sections(self) -> list[Section]:
        return [self.by_code[code] for code in self.cleaned_data["sections"]]


class AnswerForm(forms.Form):
    """The comment of an official. Its field is in the template; rules/approvals.py says when a comment is needed."""

    comment = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _(
                "This comment has %(show_value)s characters; the maximum is %(limit_value)s. Shorten it, then "
                "answer again."
            )
        },
    )


def described(membership: Membership) -> str:
    return _t("%(name)s, %(role)s") % {"name": membership.user, "role": membership.get_role_display()}
