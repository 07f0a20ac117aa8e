"""Where each line of a file belongs, going through it from top to bottom. What cannot be told is not guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.document.problem import gettext_noop
from reports.document.tree import Document, Target
from reports.readers import Line, Notice
from reports.readers.headings import Heading

WORDED_DIFFERENTLY = gettext_noop(
    "The prompt of section %(section)s is worded differently here; the text below it was placed in that section."
)
ANSWERED_JOINTLY = gettext_noop(
    "Operational goals %(goals)s are answered together. The text could belong to either: place it yourself."
)
PROMPT_TWICE = gettext_noop(
    "The prompt of section %(section)s occurs a second time. The text below it was not placed: place it yourself."
)
PROMPT_NOWHERE = gettext_noop(
    "This prompt could not be linked to an operational goal or policy target. The text below it was not "
    "placed: place it yourself."
)
GOAL_UNTOLD = gettext_noop(
    "There is no heading of operational goal %(goal)s here. It is the only one of its policy target, "
    "so the text was placed there."
)
GOAL_UNKNOWN = gettext_noop(
    "The operational goal named here is not in this form. The text below it was not placed: place it yourself."
)
HEADING_DIFFERS = gettext_noop("The heading here is not word for word that of the form; it was taken to be %(code)s.")
GOAL_MISSING = gettext_noop("Operational goal %(goal)s is missing from the file; its sections stay blank.")
TARGET_MISSING = gettext_noop("Policy target %(target)s is missing from the file; its sections stay blank.")
PROMPT_MISSING = gettext_noop("The prompt of section %(section)s is missing from the file; the section stays blank.")


@dataclass
class Answer:
    """A line, or the part of it from `start` on, that was written in a section."""

    line: int
    start: int
    section: str


class Places:
    def __init__(
        self, blank_form: Document, lines: Sequence[str], headings: Sequence[Heading], addresses: set[int]
    ) -> None:
        self.blank_form = blank_form
        self.lines = lines
        self.account: dict[int, Line] = {}
        self.answers: list[Answer] = []
        self.notices: list[Notice] = []
        self.target: Target | None = None
        self.goals: list[str] = []  # headings of goals since the last prompt
        self.section = ""
        self.near = ""
        self.visited: set[str] = set()
        self.headed: set[str] = set()  # targets and goals with a heading in the file
        self.joint: set[str] = set()  # goals that were answered together
        self.open_goals = False
        goals = [goal for target in blank_form.targets for goal in target.goals]
        self.goal_of = {section.code: goal.code for goal in goals for section in goal.sections}
        self.role_of = dict(_roles(blank_form))
        self.target_of = {goal.code: target for target in blank_form.targets for goal in target.goals}
        self.go_through({heading.first: heading for heading in headings}, addresses)
        self.notices.extend(self.missing())

    def go_through(self, headings: dict[int, Heading], addresses: set[int]) -> None:
        line = 0
        while line < len(self.lines):
            heading = headings.get(line)
            if heading and not (heading.is_letter and not self.is_expected(heading)):
                self.enter(heading)
                line = heading.last + 1
                continue
            if self.lines[line].strip() and line not in addresses:
                self.place(line, 0)
            line += 1

    def place(self, line: int, start: int) -> None:
        if self.section:
            self.answers.append(Answer(line, start, self.section))
            self.note(line, "answer", self.section)
        else:
            self.note(line, "loose")

    def note(self, line: int, kind: str, section: str = "", note: str = "") -> None:
        self.account[line] = account_of(line, self.lines[line], kind, section, note, self.near)

    def enter(self, heading: Heading) -> None:
        kind = "prompt" if heading.kind == "prompt" else "frame"
        if heading.kind == "target":
            self.enter_target(heading)
        elif heading.kind == "goal":
            self.enter_goal(heading)
        elif heading.kind == "prompt":
            self.enter_section(heading)
        for line in range(heading.first, heading.last + 1):
            if self.lines[line].strip():
                self.note(line, kind, self.section if kind == "prompt" else "")
        if heading.rest:
            self.place(heading.last, heading.rest)

    def enter_target(self, heading: Heading) -> None:
        code = heading.codes[0]
        if self.section and self.target and self.target.sections and code == str(self.target.number):
            return  # the heading again, at the top of a page
        self.target = next(target for target in self.blank_form.targets if str(target.number) == code)
        self.goals, self.open_goals, self.section = [], False, ""
        self.headed.add(code)
        if not heading.exact:
            self.tell(HEADING_DIFFERS, heading, code=code)

    def enter_goal(self, heading: Heading) -> None:
        self.section = ""
        if not heading.codes:
            self.goals, self.open_goals = [], False
            candidates = [goal.code for goal in self.target.goals] if self.target else []
            if len(candidates) != 1:
                self.tell(GOAL_UNKNOWN, heading)
                return
            self.tell(HEADING_DIFFERS, heading, code=candidates[0])
            heading = replace(heading, codes=tuple(candidates), exact=True)
        target = self.target_of[heading.codes[0]]
        before = self.goals if self.open_goals and target is self.target else []
        self.target = target
        self.goals = list(dict.fromkeys([*before, *heading.codes]))
        self.open_goals = True
        self.headed.update(heading.codes)
        self.near = next((code for code, goal in self.goal_of.items() if goal == heading.codes[-1]), self.near)
        if not heading.exact:
            self.tell(HEADING_DIFFERS, heading, code=", ".join(heading.codes))

    def enter_section(self, heading: Heading) -> None:
        self.open_goals = False
        if self.section in heading.codes:  # the heading above the box, then the label beside it
            return
        places = self.places_for(heading)
        joint = tuple(dict.fromkeys(self.goal_of[code] for code in places if code in self.goal_of))
        if len(places) > 1 and len(joint) > 1 and set(joint) <= set(self.goals):
            if not set(joint) <= self.joint:
                self.tell(ANSWERED_JOINTLY, heading, goals=", ".join(joint))
            self.joint.update(joint)
            self.section, self.near = "", places[0]
        elif len(places) != 1:
            self.tell(PROMPT_NOWHERE, heading)
            self.section = ""
        elif places[0] in self.visited:
            self.tell(PROMPT_TWICE, heading, section=places[0])
            self.section, self.near = "", places[0]
        else:
            self.section = self.near = places[0]
            self.visited.add(self.section)
            if not heading.exact or self.section not in heading.codes:
                self.tell(WORDED_DIFFERENTLY, heading, section=self.section)

    def places_for(self, heading: Heading) -> list[str]:
        """The sections that a prompt may mean here."""
        if not self.target:
            return []
        open_sections = [*self.target.sections]
        for goal in self.target.goals:
            open_sections.extend(goal.sections if goal.code in self.goals else ())
        here = [section.code for section in open_sections if section.code in heading.codes]
        if not here:  # worded as it is in another goal or target
            roles = {self.role_of[code] for code in heading.codes}
            here = [section.code for section in open_sections if self.role_of[section.code] in roles]
        if here or self.goals:
            return here
        under = [code for code in heading.codes if self.target_of.get(self.goal_of.get(code, "")) is self.target]
        if len(under) == 1 and self.goal_of[under[0]] not in self.headed:
            self.headed.add(self.goal_of[under[0]])
            self.tell(GOAL_UNTOLD, heading, goal=self.goal_of[under[0]])
        return under

    def is_expected(self, heading: Heading) -> bool:
        """Whether a mere "A)" can be the next prompt: A opens a goal, B follows A, C follows B."""
        if self.section:
            order = [section.code for section in self.blank_form.sections()]
            after = order[order.index(self.section) + 1 :][:1]
            same_goal = bool(after) and self.goal_of.get(after[0]) == self.goal_of.get(self.section)
            return same_goal and after[0] in heading.codes
        return self.open_goals and any(
            section.code in heading.codes
            for goal in (self.target.goals if self.target else ())
            if goal.code in self.goals
            for section in goal.sections[:1]
        )

    def tell(self, message: str, heading: Heading, **params: object) -> None:
        section = str(params.get("section", ""))
        self.notices.append(Notice(message, params, section, heading.first + 1))

    def missing(self) -> Iterator[Notice]:
        """What of the form is not in the file, named by the largest part that is missing as a whole."""
        for target in self.blank_form.targets:
            if target.sections and not self.headed & {str(target.number), *(goal.code for goal in target.goals)}:
                yield Notice(TARGET_MISSING, {"target": target.number})
                continue
            for goal in target.goals:
                if goal.sections and goal.code not in self.headed:
                    yield Notice(GOAL_MISSING, {"goal": goal.code})
                elif goal.code not in self.joint:
                    yield from self.missing_prompts(section.code for section in goal.sections)
            yield from self.missing_prompts(section.code for section in target.sections)

    def missing_prompts(self, codes: Iterator[str]) -> Iterator[Notice]:
        for code in codes:
            if code not in self.visited:
                yield Notice(PROMPT_MISSING, {"section": code}, code)


def _roles(blank_form: Document) -> Iterator[tuple[str, int]]:
    """For each section, which of the boxes of its goal or target it is."""
    for target in blank_form.targets:
        for sections in (target.sections, *(goal.sections for goal in target.goals)):
            for role, section in enumerate(sections):
                yield section.code, role


def account_of(line: int, text: str, kind: str, section: str = "", note: str = "", near: str = "") -> Line:
    """The account of one line. A loose line keeps the section that it stood after."""
    text = text.strip()
    match kind:
        case "loose":
            return Line(line + 1, text, "loose", near, note, near)
        case "address":
            return Line(line + 1, text, "address", section, note, near)
        case "prompt":
            return Line(line + 1, text, "prompt", section, note)
        case "answer":
            return Line(line + 1, text, "answer", section, note)
        case _:
            return Line(line + 1, text, "frame", "", note)
