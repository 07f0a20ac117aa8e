"""A filled-in form to be read."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from reports import readers
from reports.forms.layout import Data, fields_only

# A hint for the browser alone: the reader tells what a file is by its content.
ENDINGS = ".docx,.docm,.dotx,.doc,.odt,.ott,.fodt,.rtf,.pdf,.html,.htm,.mht,.mhtml,.txt,.md,.json"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Filled-in form"),
        help_text=_("Word, OpenDocument, RTF, PDF with text, web page or plain text. One file, up to 20 MB."),
        error_messages={
            "required": _("Choose the file of your filled-in form first."),
            "empty": _("This file is empty. Choose the file of your filled-in form."),
        },
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )

    def __init__(self, data: Data = None, files: MultiValueDict[str, UploadedFile] | None = None) -> None:
        super().__init__(data, files)
        self.helper = fields_only()
        self.helper.error_text_inline = False  # the portal's own template shows the error under a field

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > readers.LARGEST_FILE:
            raise forms.ValidationError(_(readers.TOO_LARGE), params={"limit": readers.LARGEST_FILE // 1_000_000})
        return file
