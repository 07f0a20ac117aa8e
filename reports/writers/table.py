"""Write a table as CSV or as a spreadsheet (xlsx). No text in it can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

Cell = str | int | date | datetime | None
Rows = Iterable[Sequence[Cell]]

FORMULA = tuple("=+-@＝＋－＠")  # full width, too: Excel in some languages takes these for the ASCII signs
BREAKS = ("\t", "\r", "\n")


def escape_formula(text: str) -> str:
    """Return a text that a spreadsheet would calculate with an apostrophe before it, so that it is shown as text."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(BREAKS) else text


def csv_value(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return escape_formula(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def write_csv(head: Sequence[str], rows: Rows) -> bytes:
    """Return CSV in UTF-8. It begins with a byte order mark, because Excel assumes another encoding without it."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (head, *rows):
        writer.writerow([csv_value(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, head: Sequence[str], rows: Rows) -> bytes:
    """Return a workbook with one sheet called `title`. Its cells have types, so texts need no apostrophe."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        day, moment = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(head) - 1, 16)
        for column, text in enumerate(head):
            sheet.write_string(0, column, text, bold)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):  # xlsx has no time zones
                    sheet.write_datetime(at, column, cell.replace(tzinfo=None), moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                elif cell:
                    sheet.write_string(at, column, cell)
    return file.getvalue()
