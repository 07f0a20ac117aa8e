"""A filled-in form to be read."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from reports import readers
from reports.forms.layout import Data, fields_only


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Filled-in form"),
        help_text=_("A text file (.txt, .md), a PDF made by this portal, or the report's own data (.json)."),
        error_messages={
            "required": _("Choose the file of your filled-in form first."),
            "empty": _("This file is empty. Choose the file of your filled-in form."),
        },
        max_length=255,
    )

    def __init__(self, data: Data = None, files: MultiValueDict[str, UploadedFile] | None = None) -> None:
        super().__init__(data, files)
        self.helper = fields_only()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > readers.LARGEST_FILE:
            raise forms.ValidationError(_(readers.TOO_LARGE), params={"limit": readers.LARGEST_FILE // 1_000_000})
        return file
