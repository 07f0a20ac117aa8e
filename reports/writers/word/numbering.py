"""Lists as Word numbers them: one definition of bullets, one of numbers, and a new count for every numbered list."""

from dataclasses import dataclass, field

from reports.writers.word.elements import Element, paragraph_properties, w
from reports.writers.word.styles import HANGING, NAMED_LEVELS, Layout, left, list_style

LEVELS = 9  # as many as Word has
BULLETS, NUMBERS = "1", "2"  # ids of the definitions, and of the lists that the styles refer to
_FIRST_OWN = 3


@dataclass
class Lists:
    """The lists of one file. Bullets share one; every numbered list has its own, which begins at 1."""

    starts: list[int] = field(default_factory=list)  # for each numbered list, the level at which it begins

    def numbered(self, level: int) -> str:
        """Begin a numbered list at a level, counted from 0; return its id."""
        self.starts.append(level)
        return str(_FIRST_OWN + len(self.starts) - 1)

    def part(self, layout: Layout) -> Element:
        """Return the root of the part with the numbering."""
        definitions = [
            _definition(BULLETS, "bullet", "List Bullet", layout),
            _definition(NUMBERS, "decimal", "List Number", layout),
        ]
        shared = [w("num", w("abstractNumId", val=one), numId=one) for one in (BULLETS, NUMBERS)]
        own = [
            w(
                "num",
                w("abstractNumId", val=NUMBERS),
                w("lvlOverride", w("startOverride", val=1), ilvl=level),
                numId=_FIRST_OWN + place,
            )
            for place, level in enumerate(self.starts)
        ]
        return w("numbering", *definitions, *shared, *own)


def _definition(number: str, kind: str, style: str, layout: Layout) -> Element:
    levels = [_level(level, kind, style, layout) for level in range(LEVELS)]
    return w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def _level(level: int, kind: str, style: str, layout: Layout) -> Element:
    bullet = "–" if level else "•"
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("pStyle", val=list_style(style, level).replace(" ", "")) if level < NAMED_LEVELS else None,
        w("lvlText", val=bullet if kind == "bullet" else f"%{level + 1}."),
        w("lvlJc", val="left"),
        paragraph_properties(w("ind", left=left(layout, level), hanging=HANGING)),
        ilvl=level,
    )
