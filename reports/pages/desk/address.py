"""Addresses of the desk's pages. Filters are part of the address, so that a view can be stored or shared."""

from urllib.parse import urlencode

from django.urls import reverse

from reports.pages.desk.rows import CountryRow


def query_string(**values: str) -> str:
    """Return the query of an address, without the empty values; "?" alone if all are empty."""
    return "?" + urlencode({name: value for name, value in values.items() if value})


def review_url(code: str, year: int) -> str:
    return reverse("review", args=[code, year])


def row_url(row: CountryRow, year: int) -> str:
    """Return the address of a country's name: the review if its report was sent in, else the country's own page."""
    return review_url(row.code, year) if row.sent_in else reverse("desk_country", args=[row.code])
