"""The layout that the portal's forms share."""

from crispy_forms.helper import FormHelper


def fields_only() -> FormHelper:
    """Return a layout of the fields alone: the form's tag, its token and its buttons are in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
