"""The dialogue about a section as forms: a new remark, a reply. Their limits are those of rules/remarks.py."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only
from reports.rules.remarks import LONGEST


class Bare(forms.Form):
    """A form whose tag, token and button are in its template."""

    def __init__(self, data: Data, auto_id: str, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, auto_id=auto_id, label_suffix="", initial=initial)
        self.helper = fields_only()
        self.helper.error_text_inline = False  # the portal's own template shows the error under a field


class RemarkForm(Bare):
    """A note for the secretariat and a question to the country: two boxes, each with its own button.

    The quote belongs to the one whose button is pressed. rules/remarks.py refuses a text that is missing or too long.
    """

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
    note = forms.CharField(
        label=_("Note for the secretariat"),
        help_text=_("The country never sees it."),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    question = forms.CharField(
        label=_("Question to the country"),
        help_text=_("The country sees it when you send it. Until then you can change it and take it back."),
        required=False,
        widget=forms.Textarea({"rows": 3, "data-key": "r"}),
    )

    def __init__(self, data: Data = None, *, section: int, kept: dict[str, str] | None = None) -> None:
        """`section` is the section's key: the browser keeps what is typed about each of them apart."""
        super().__init__(data, auto_id="remark-%s", initial=kept)
        for name in ("quote", "note", "question"):
            self.fields[name].widget.attrs["data-keep"] = f"{name}-{section}"


class ReplyForm(Bare):
    """What is said in one remark. `remark` is its key, so that a page can have several of these forms.

    `text` is what stands in it at first: the question itself, while it can be changed.
    """

    text = forms.CharField(label=_("Your reply"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Data = None, *, remark: int, text: str = "") -> None:
        super().__init__(data, auto_id=f"reply-{remark}-%s", initial={"text": text})
        self.remark = remark
        self.fields["text"].widget.attrs["data-keep"] = f"{'question-of' if text else 'reply-to'}-{remark}"
        if text:
            self.fields["text"].label = _("Your question")


def reply_forms(
    remarks: Iterable[int], refused: ReplyForm | None = None, changeable: Mapping[int, str] | None = None
) -> dict[int, ReplyForm]:
    """Return a form for each of these remarks, by key; the `refused` one keeps what was typed and says why.

    `changeable` are the texts of questions that can still be changed.
    """
    forms_by_remark = {remark: ReplyForm(remark=remark) for remark in remarks}
    forms_by_remark |= {remark: ReplyForm(remark=remark, text=text) for remark, text in (changeable or {}).items()}
    return forms_by_remark | ({refused.remark: refused} if refused else {})
