"""What goes out to a translation service, and the file that comes home."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only, set_choices
from reports.forms.upload import UploadForm
from reports.languages import PORTAL_LANGUAGES, language_name

LEFT, EVERYTHING = "left", "everything"


class OutForm(forms.Form):
    """Which file to download. The languages of the originals are those that the report has."""

    into = forms.ChoiceField(label=_("Into"))
    source = forms.MultipleChoiceField(
        label=_("Originals in"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language of the originals.")},
    )
    what = forms.ChoiceField(
        label=_("Passages"),
        widget=forms.RadioSelect,
        choices=[(LEFT, _("Only what is not translated or out of date")), (EVERYTHING, _("Everything"))],
    )

    def __init__(self, sources: Sequence[str], data: Data = None, *, into: str = "") -> None:
        targets = [code for code in PORTAL_LANGUAGES if set(sources) - {code}]
        own = into if into in targets else next((code for code in targets if code not in sources), targets[:1])
        super().__init__(data, initial={"into": own, "source": list(sources), "what": LEFT})
        set_choices(self, "into", [(code, language_name(code)) for code in targets])
        set_choices(self, "source", [(code, language_name(code)) for code in sources])
        self.helper = fields_only()


class HomeForm(UploadForm):
    file = forms.FileField(
        label=_("Translated file"),
        help_text=_("XLIFF 1.2 (.xlf or .xliff), as the translation service sent it back. One file, up to 10 MB."),
        error_messages={
            "required": _("Choose the translated file first."),
            "empty": _("This file is empty. Choose the file that came back from the translation service."),
        },
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.sdlxliff,.mqxliff,.mxliff"}),
    )
