"""The labels of targets and goals in a file, with the numbers behind them: "Policy target No. 1", "Goals 2.1 and 2.2:".

Labels are no texts of the form that the database knows: countries write them in any of the form's languages, and the
official layouts word them differently.
"""

import re
from collections.abc import Sequence

from reports.readers.file_text import FileText
from reports.readers.form_phrases import FormPhrases

TARGET_LABELS = (("policy", "target"), ("beleidsdoelstelling",), ("objectif", "strategique"))
GOAL_LABELS = (
    ("operational", "goal"),
    ("operational", "goals"),
    ("operationeel", "doel"),
    ("operationele", "doelen"),
    ("operationele", "doelstelling"),
    ("but", "operationnel"),
    ("buts", "operationnels"),
    ("objectif", "operationnel"),
)
COUNTRY_LABELS = (("country",), ("land",), ("pays",))

_NUMBER_LABELS = {"no", "nr", "n", "number", "nummer", "numero"}
_AND = {"and", "en", "et", "und"}
_COLON = re.compile(r"[\s*_]*:")
_BETWEEN = re.compile(r"[\s*_:.]*")  # a label and the text that goes on in its line


def after_label(text: FileText, position: int, labels: Sequence[tuple[str, ...]]) -> int:
    """Return the position after the label that begins here, else 0."""
    return max(text.after(position, label) for label in labels)


def target_number(text: FileText, phrases: FormPhrases, position: int) -> tuple[str, int]:
    """Return the number of the target whose label begins here, and the position after it; ("", 0) if there is none."""
    end = after_label(text, position, TARGET_LABELS)
    if not end:
        return "", 0
    end = _after_number_label(text, end)
    number = text.words[end] if end < len(text.words) else ""
    return (number, end + 1) if number in phrases.codes.get("target", ()) else ("", 0)


def goal_codes(text: FileText, phrases: FormPhrases, position: int) -> tuple[tuple[str, ...], int]:
    """Return the codes behind a goal's label, as in "2.1 and 2.2", and the position after them."""
    known = phrases.codes.get("goal", frozenset())
    codes: list[str] = []
    end = _after_number_label(text, position)
    # "2.1" is two words here, as every other mark than a letter or a digit ends a word.
    while (code := ".".join(text.words[end : end + 2])) in known:
        codes.append(code)
        end += 2
        joins = end < len(text.words) and text.words[end] in _AND
        if joins and ".".join(text.words[end + 1 : end + 3]) in known:
            end += 1
    return (tuple(codes), end) if codes else ((), position)


def has_colon_after(text: FileText, position: int) -> bool:
    return bool(_COLON.match(text.rest_of_line(position)))


def answer_start(text: FileText, position: int) -> int:
    """Return where in its line the text after a label begins, else 0."""
    if text.ends_line(position):
        return 0
    found = _BETWEEN.match(text.rest_of_line(position))
    return text.end_of[position - 1] + (found.end() if found else 0)


def _after_number_label(text: FileText, position: int) -> int:
    is_label = position < len(text.words) and text.words[position] in _NUMBER_LABELS
    return position + 1 if is_label else position
