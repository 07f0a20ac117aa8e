"""The dialogue about a section as forms: a new remark, a reply. Their limits are those of rules/remarks.py."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from reports.rules.remarks import LONGEST


class Bare(forms.Form):
    """A form whose tag, token and button stand in its template."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.error_text_inline = False  # the portal's own sentence under a field, with its sign


class RemarkForm(Bare):
    quote = forms.CharField(
        label=_("Quoted sentence (optional)"),
        help_text=_("Select a sentence in the text to quote it here."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 1, "class": "quote-field", "data-quote": ""}),
    )
    quote_language = forms.CharField(
        required=False, max_length=20, widget=forms.HiddenInput({"data-quote-language": ""})
    )
    # What is missing or too long is said by rules/remarks.py.
    text = forms.CharField(
        label=_("New question or note"), required=False, widget=forms.Textarea({"rows": 3, "data-key": "r"})
    )
    private = forms.BooleanField(label=_("Private note, for the secretariat only"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="remark-%s", **kwargs)


class ReplyForm(Bare):
    """What is said in one remark; `remark` is its number, so that a page can hold several."""

    text = forms.CharField(label=_("Your reply"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: object = None, *, remark: int) -> None:
        super().__init__(data, auto_id=f"reply-{remark}-%s")
