"""Django's own filter `date`, for every template, with the ordinal number of the first day of a French month."""

from datetime import date as day
from datetime import datetime

from django import template
from django.template import defaultfilters

from reports.dates import with_ordinal

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: day | datetime | str | None, form: str | None = None) -> str:
    return with_ordinal(defaultfilters.date(value, form))
