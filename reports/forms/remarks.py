"""The dialogue about a section as forms: a new remark, a reply. Their limits are those of rules/remarks.py."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only
from reports.rules.remarks import LONGEST


class Bare(forms.Form):
    """A form whose tag, token and button are in its template."""

    def __init__(self, data: Data, auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id, label_suffix="")
        self.helper = fields_only()
        self.helper.error_text_inline = False  # the portal's own template shows the error under a field


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
    # rules/remarks.py refuses a text that is missing or too long.
    text = forms.CharField(
        label=_("New question or note"), required=False, widget=forms.Textarea({"rows": 3, "data-key": "r"})
    )
    private = forms.BooleanField(label=_("Private note, for the secretariat only"), required=False)

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, auto_id="remark-%s")


class ReplyForm(Bare):
    """What is said in one remark. `remark` is its key, so that a page can have several of these forms."""

    text = forms.CharField(label=_("Your reply"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Data = None, *, remark: int) -> None:
        super().__init__(data, auto_id=f"reply-{remark}-%s")
        self.remark = remark


def reply_forms(remarks: Iterable[int], refused: ReplyForm | None = None) -> dict[int, ReplyForm]:
    """Return a form for each of these remarks, by key; the `refused` one keeps what was typed and says why."""
    forms_by_remark = {remark: ReplyForm(remark=remark) for remark in remarks}
    return forms_by_remark | ({refused.remark: refused} if refused else {})
