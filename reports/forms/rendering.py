"""How fields become HTML, for every form of the portal."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class BoundField(forms.BoundField):
    """A field whose hidden copy of its initial value has no help text: HTML allows no `aria-*` on hidden fields."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            built = {name: value for name, value in built.items() if not name.startswith("aria-")}
        return built


class Renderer(DjangoTemplates):
    bound_field_class = BoundField
