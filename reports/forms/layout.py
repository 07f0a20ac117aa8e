"""What the portal's forms share: their layout, and setting the choices of a field."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

Data = Mapping[str, Any] | None  # what was posted; None for a form that is not bound


def fields_only() -> FormHelper:
    """Return a layout of the fields alone: the form's tag, its token and its buttons are in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set the choices of a form's field, which are known only when the form is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
