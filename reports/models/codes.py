"""The forms of codes that stand in addresses: what the database refuses is what no address could hold.

`reports/urls.py` takes its converters from here, and the constraints of the tables use the same expressions.
"""

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COUNTRY = "[A-Z]{2}"
QUESTION = r"[0-9A-Za-z][0-9A-Za-z.]{0,29}"
LARGEST_NUMBER = 99  # of a target, and of a goal in it
PART = r"\d{1,2}(\.\d{1,2})?"
WHOLE = "all"  # the page with the whole report
SECTION = r"[0-9A-Za-z]{1,28}(\.[0-9A-Za-z]{1,28}){1,4}"  # a question's code with a full stop: no other path has one
PAGE = rf"{WHOLE}|{PART}|{SECTION}"  # where sections are filled in: the report, a goal or target, or one section


def whole(expression: str) -> str:
    r"""Return the expression for a whole text. `$` would also match before a line break at the end; \Z does not."""
    return rf"^{expression}\Z"


def code_constraint(name: str, expression: str, message: "StrOrPromise") -> CheckConstraint:
    r"""Return the constraint that the column `code` matches. On SQLite, Django gives each connection REGEXP."""
    return CheckConstraint(name=name, condition=Q(code__regex=whole(expression)), violation_error_message=message)


def number_constraint(name: str, message: "StrOrPromise") -> CheckConstraint:
    condition = Q(number__gte=1, number__lte=LARGEST_NUMBER)
    return CheckConstraint(name=name, condition=condition, violation_error_message=message)
