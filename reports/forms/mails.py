"""Which e-mails a user receives, and when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only
from reports.models import Frequency, MailKind, User
from reports.rules import mails

HELP = {
    MailKind.DEADLINES: _("30, 14, 7 days and one day before the due date, and once after it."),
}


class MailsForm(forms.Form):
    """A choice for each kind of e-mail."""

    def __init__(self, user: User, data: Data = None) -> None:
        super().__init__(data)
        for kind, when in mails.chosen(user).items():
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=Frequency.choices,
                initial=when.value,
                widget=forms.RadioSelect,
                help_text=HELP.get(kind, ""),
            )
        self.helper = fields_only()

    @property
    def chosen(self) -> dict[MailKind, Frequency]:
        return {MailKind(kind): Frequency(when) for kind, when in self.cleaned_data.items()}
