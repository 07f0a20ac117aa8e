"""Follow the headings and prompts of a filled-in form from top to bottom, and tell which section comes next.

Nothing in here reads a file: whatever finds headings in some format can drive a walk. Where a heading leaves two
sections possible, the walk enters neither and says so. A text in no section is shown to a person, who places it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reports.document.problem import gettext_noop
from reports.document.tree import Document, Target
from reports.readers import Notice
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


@dataclass(frozen=True)
class FormOutline:
    """What a form says of its sections. Sections are named by their codes, goals and targets too."""

    targets: tuple[Target, ...]
    order: tuple[str, ...]  # of the sections
    goal_of: Mapping[str, str]  # by section; one that belongs to a whole target is not in it
    role_of: Mapping[str, int]  # by section: which of the sections of its goal or target it is
    target_of: Mapping[str, Target]  # by goal


def outline_of(blank_form: Document) -> FormOutline:
    goals = [goal for target in blank_form.targets for goal in target.goals]
    groups = [target.sections for target in blank_form.targets] + [goal.sections for goal in goals]
    return FormOutline(
        targets=blank_form.targets,
        order=tuple(section.code for section in blank_form.sections()),
        goal_of={section.code: goal.code for goal in goals for section in goal.sections},
        role_of={section.code: role for sections in groups for role, section in enumerate(sections)},
        target_of={goal.code: target for target in blank_form.targets for goal in target.goals},
    )


@dataclass
class Walk:
    """Where in the form a file has come to.

    `section` is the section that text belongs to now, "" where that is ambiguous; `near` is then the last section
    that was certain. `goals` are the goals under whose headings the walk is: several where a country answers them
    together. While `goals_open`, one more heading adds to them, since no prompt has followed yet.
    """

    outline: FormOutline
    target: Target | None = None
    goals: tuple[str, ...] = ()
    goals_open: bool = False
    section: str = ""
    near: str = ""
    entered: set[str] = field(default_factory=set)  # sections
    headed: set[str] = field(default_factory=set)  # targets and goals that have a heading
    joint: set[str] = field(default_factory=set)  # goals that are answered together

    def enter(self, heading: Heading) -> list[Notice]:
        """Go on to what a heading announces. Return what a person should look at there."""
        match heading.kind:
            case "target":
                return list(self._enter_target(heading))
            case "goal":
                return list(self._enter_goal(heading))
            case "prompt":
                return list(self._enter_section(heading))
            case _:
                return []

    def expects(self, heading: Heading) -> bool:
        """Return whether a mere "A)" can be the next prompt: A after a goal's heading, B after A, C after B."""
        if self.section:
            following = self.outline.order[self.outline.order.index(self.section) + 1 :][:1]
            same_goal = [code for code in following if self._goal(code) == self._goal(self.section)]
            return bool(same_goal) and same_goal[0] in heading.codes
        goals = self.target.goals if self.target else ()
        first = [goal.sections[0].code for goal in goals if goal.code in self.goals and goal.sections]
        return self.goals_open and any(code in heading.codes for code in first)

    def _goal(self, section: str) -> str:
        return self.outline.goal_of.get(section, "")

    def _enter_target(self, heading: Heading) -> Iterator[Notice]:
        code = heading.codes[0]
        if self.section and self.target and self.target.sections and code == str(self.target.number):
            return  # the heading is repeated at the top of a page
        self.target = next(target for target in self.outline.targets if str(target.number) == code)
        self.goals, self.goals_open, self.section = (), False, ""
        self.headed.add(code)
        if not heading.exact:
            yield _notice(HEADING_DIFFERS, heading, code=code)

    def _enter_goal(self, heading: Heading) -> Iterator[Notice]:
        self.section = ""
        if not heading.codes:
            self.goals, self.goals_open = (), False
            candidates = tuple(goal.code for goal in self.target.goals) if self.target else ()
            if len(candidates) != 1:
                yield _notice(GOAL_UNKNOWN, heading)
                return
            yield _notice(HEADING_DIFFERS, heading, code=candidates[0])
            heading = replace(heading, codes=candidates, exact=True)
        target = self.outline.target_of[heading.codes[0]]
        before = self.goals if self.goals_open and target is self.target else ()
        self.target = target
        self.goals = tuple(dict.fromkeys([*before, *heading.codes]))
        self.goals_open = True
        self.headed.update(heading.codes)
        self.near = next((code for code in self.outline.order if self._goal(code) == heading.codes[-1]), self.near)
        if not heading.exact:
            yield _notice(HEADING_DIFFERS, heading, code=", ".join(heading.codes))

    def _enter_section(self, heading: Heading) -> Iterator[Notice]:
        self.goals_open = False
        if self.section in heading.codes:
            return  # the by-target layout has a heading above the box and then a label beside it
        sections = self._sections_meant(heading)
        if not sections and not self.goals:
            sections = self._sections_without_goal_heading(heading)
            goal = self._goal(sections[0]) if len(sections) == 1 else ""
            if goal and goal not in self.headed:
                self.headed.add(goal)
                yield _notice(GOAL_UNTOLD, heading, goal=goal)
        goals = tuple(dict.fromkeys(goal for code in sections if (goal := self._goal(code))))
        if len(sections) > 1 and len(goals) > 1 and set(goals) <= set(self.goals):
            if not set(goals) <= self.joint:
                yield _notice(ANSWERED_JOINTLY, heading, goals=", ".join(goals))
            self.joint.update(goals)
            self.section, self.near = "", sections[0]
        elif len(sections) != 1:
            yield _notice(PROMPT_NOWHERE, heading)
            self.section = ""
        elif sections[0] in self.entered:
            yield _notice(PROMPT_TWICE, heading, section=sections[0])
            self.section, self.near = "", sections[0]
        else:
            self.section = self.near = sections[0]
            self.entered.add(self.section)
            if not heading.exact or self.section not in heading.codes:
                yield _notice(WORDED_DIFFERENTLY, heading, section=self.section)

    def _sections_meant(self, heading: Heading) -> list[str]:
        """Return the sections that a prompt may mean here: of the target, and of the goals whose headings came."""
        if not self.target:
            return []
        goals = [goal for goal in self.target.goals if goal.code in self.goals]
        sections = [*self.target.sections, *(section for goal in goals for section in goal.sections)]
        here = [section.code for section in sections]
        if meant := [code for code in here if code in heading.codes]:
            return meant
        # The prompt has the words of another goal or target: somebody copied it. Then its role says what is meant.
        roles = {self.outline.role_of[code] for code in heading.codes}
        return [code for code in here if self.outline.role_of[code] in roles]

    def _sections_without_goal_heading(self, heading: Heading) -> list[str]:
        """Return the sections that a prompt announces in any goal of the target."""
        if not self.target:
            return []
        return [code for code in heading.codes if self.outline.target_of.get(self._goal(code)) is self.target]


def _notice(message: str, heading: Heading, **params: object) -> Notice:
    return Notice(message, params, str(params.get("section", "")), heading.first + 1)
