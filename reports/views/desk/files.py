"""Tables of the desk as files."""

from django.http import HttpResponse

from reports.views.http import attachment
from reports.writers import table

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(headings: list[str], rows: list[list[table.Cell]], name: str) -> HttpResponse:
    return attachment(table.write_csv(headings, rows), CSV, name)


def xlsx_file(sheet: str, headings: list[str], rows: list[list[table.Cell]], name: str) -> HttpResponse:
    return attachment(table.write_xlsx(sheet, headings, rows), XLSX, name)
