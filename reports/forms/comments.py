"""What a comment's form sends: of a new one, or of an answer. rules/comments.py refuses a text that is too long."""

import re
from collections.abc import Mapping

from django import forms
from django.conf import settings

from reports.document.passages import Quote, folded
from reports.models import codes

MOST = 200_000  # characters of a field that are read at all; the rules know the real limits
LANGUAGES = [("", ""), *settings.LANGUAGES]


class AnswerForm(forms.Form):
    """`named` is the key of a colleague. `page` is the code of the page that shows the comment, "" for the list."""

    text = forms.CharField(required=False)
    named = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    page = forms.RegexField(re.compile(f"(?:{codes.PAGE})\\Z"), required=False)

    @property
    def values(self) -> Mapping[str, object]:
        """Return the values that are valid; a field that no page of the portal sends so is left out."""
        self.is_valid()
        return self.cleaned_data

    @property
    def others(self) -> list[tuple[str, str]]:
        """Return what was sent besides the text, so that a refused form can be sent again."""
        names = (*self.fields, "act")
        return [(name, str(self.data[name])) for name in names if name != "text" and name in self.data]

    @property
    def typed(self) -> str:
        """Return the text as it was sent: rules/comments.py refuses one that is too long or cannot be stored."""
        return str(self.data.get("text", "")).strip()

    @property
    def colleague(self) -> int:
        found = self.values.get("named")
        return found if isinstance(found, int) else 0


class CommentForm(AnswerForm):
    """A new comment. `quote`, `before` and `after` come from the page's script, with the language of the text."""

    contribution = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    language = forms.ChoiceField(choices=LANGUAGES, required=False)
    quote = forms.CharField(required=False, max_length=MOST)
    before = forms.CharField(required=False, strip=False, max_length=1_000)
    after = forms.CharField(required=False, strip=False, max_length=1_000)

    @property
    def passage(self) -> Quote:
        quote, before, after = (str(self.values.get(name, "")) for name in ("quote", "before", "after"))
        return Quote(folded(quote), *(re.sub(r"\s+", " ", side) for side in (before, after)))
