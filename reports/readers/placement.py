"""Place each line of a file in a section, or in none where that would be a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reports.document.problem import gettext_noop
from reports.readers import Line, Notice
from reports.readers.headings import Heading
from reports.readers.walk import FormOutline, Walk

GOAL_MISSING = gettext_noop("Operational goal %(goal)s is missing from the file; its sections stay blank.")
TARGET_MISSING = gettext_noop("Policy target %(target)s is missing from the file; its sections stay blank.")
PROMPT_MISSING = gettext_noop("The prompt of section %(section)s is missing from the file; the section stays blank.")


@dataclass
class Placement:
    """Where the lines of a file belong.

    `answers` says by section which lines, counted from 0, are its answer, and where in each line the answer starts.
    `account` has an entry for every line that is not blank, except for the link addresses at the ends of pages; `rests`
    has a second one where other words follow the form's own in a line.
    """

    answers: dict[str, dict[int, int]] = field(default_factory=dict)
    account: dict[int, Line] = field(default_factory=dict)
    rests: dict[int, Line] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def entries(self) -> Iterator[tuple[int, Line]]:
        """Yield every entry of the account with its line, from top to bottom."""
        for line in sorted(self.account):
            yield line, self.account[line]
            if line in self.rests:
                yield line, self.rests[line]

    def entry_of(self, line: int) -> Line:
        """Return the entry of a line of an answer, also of one behind its prompt."""
        return self.rests.get(line) or self.account[line]

    def take_out(self, line: int, kind: str, section: str) -> None:
        """Take a line out of a section's answer, and account for it as `kind`."""
        entries = self.rests if line in self.rests else self.account
        entries[line] = account_of(line, entries[line].text, kind, near=section)


def place_lines(
    outline: FormOutline, lines: Sequence[str], headings: Sequence[Heading], addresses: set[int]
) -> Placement:
    """Walk through a file from top to bottom. `addresses` are the lines that are placed later, with their links."""
    heading_at = {heading.first: heading for heading in headings}
    walk, placement = Walk(outline), Placement()
    line = 0
    while line < len(lines):
        heading = heading_at.get(line)
        if heading and (not heading.is_letter or walk.expects(heading)):
            placement.notices += walk.enter(heading)
            _note_heading(placement, walk, heading, lines)
            if heading.rest:
                _place_rest(placement, walk, lines, heading)
            line = heading.last + 1
            continue
        if lines[line].strip() and line not in addresses:
            _place(placement, walk, lines, line, 0)
        line += 1
    placement.notices += _missing(walk)
    return placement


def _place(
    placement: Placement, walk: Walk, lines: Sequence[str], line: int, start: int, *, is_answer: bool = True
) -> None:
    if walk.section and is_answer:
        placement.answers.setdefault(walk.section, {})[line] = start
        placement.account[line] = account_of(line, lines[line], "answer", walk.section)
    else:
        placement.account[line] = account_of(line, lines[line], "loose", near=walk.near)


def _place_rest(placement: Placement, walk: Walk, lines: Sequence[str], heading: Heading) -> None:
    """Place what follows the form's words in their line; the account has an entry for each of the two."""
    line, text = heading.last, lines[heading.last]
    words = placement.account[line]
    _place(placement, walk, lines, line, heading.rest, is_answer=heading.rest_is_answer)
    placement.rests[line] = replace(placement.account[line], text=text[heading.rest :].strip())
    placement.account[line] = replace(words, text=text[: heading.rest].strip())


def _note_heading(placement: Placement, walk: Walk, heading: Heading, lines: Sequence[str]) -> None:
    for line in range(heading.first, heading.last + 1):
        if not lines[line].strip():
            continue
        if heading.is_prompt:
            placement.account[line] = account_of(line, lines[line], "prompt", walk.section)
        else:
            placement.account[line] = account_of(line, lines[line], "frame")


def _missing(walk: Walk) -> Iterator[Notice]:
    """Yield a notice for each part of the form that is not in the file, naming the largest that is missing whole."""
    for target in walk.outline.targets:
        if target.sections and not walk.headed & {str(target.number), *(goal.code for goal in target.goals)}:
            yield Notice(TARGET_MISSING, {"target": target.number})
            continue
        for goal in target.goals:
            if goal.sections and goal.code not in walk.headed:
                yield Notice(GOAL_MISSING, {"goal": goal.code})
            elif goal.code not in walk.joint:
                yield from _missing_prompts(walk, [section.code for section in goal.sections])
        yield from _missing_prompts(walk, [section.code for section in target.sections])


def _missing_prompts(walk: Walk, sections: Sequence[str]) -> Iterator[Notice]:
    for code in sections:
        if code not in walk.entered:
            yield Notice(PROMPT_MISSING, {"section": code}, code)


def account_of(line: int, text: str, kind: str, section: str = "", *, near: str = "") -> Line:
    """Return the account of one line. A loose line keeps the section before it."""
    text = text.strip()
    match kind:
        case "loose":
            return Line(line + 1, text, "loose", near, near=near)
        case "address":
            return Line(line + 1, text, "address", section, near=near)
        case "prompt":
            return Line(line + 1, text, "prompt", section)
        case "answer":
            return Line(line + 1, text, "answer", section)
        case _:
            return Line(line + 1, text, "frame")
