"""Numbers and dates of a text, in whatever way a language writes them, so that those of two languages compare."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(rf"\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
# By month: its names in English, Dutch and French, and what these are shortened to.
_MONTHS = """
january januari janvier jan janv
february februari février feb fév févr fevrier
march maart mars mar mrt
april avril apr avr
may mei mai
june juni juin jun
july juli juillet jul juil
august augustus août aug aout
september septembre sep sept
october oktober octobre oct okt
november novembre nov
december décembre dec déc decembre
"""
_MONTH_OF = {name: at for at, line in enumerate(_MONTHS.strip().splitlines(), 1) for name in line.split()}
_NAMES = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|e)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = [
    re.compile(rf"\b{_DAY}\.?[{_SPACES}](?:of )?(?P<month>{_NAMES})\b\.?(?:,?[{_SPACES}]{_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_NAMES})\b\.?[{_SPACES}]{_DAY}\b(?:,?[{_SPACES}]{_YEAR}\b)?", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{_NAMES})\b\.?[{_SPACES}]{_YEAR}\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d?)-(?P<day>\d\d?)\b"),
    re.compile(r"\b(?P<day>\d\d?)([./-])(?P<number>\d\d?)\2(?P<year>(?:19|20)\d\d)\b"),
]
_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve
nul een twee drie vier vijf zes zeven acht negen tien elf twaalf
zéro un deux trois quatre cinq six sept huit neuf dix onze douze
"""
_IN_WORDS = {word: number for line in _WORDS.strip().splitlines() for number, word in enumerate(line.split())}
_IN_WORDS |= {"één": 1, "une": 1, "both": 2, "beide": 2}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Figure:
    """A number or a date as it was written, and all that it can mean: "1.234" is 1234 or 1.234."""

    text: str
    readings: frozenset[object]
    parts: tuple[int, ...] = ()  # of a date: its day and year, for a language whose months are not known here


def missing(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the numbers and dates of the source that the target lacks, and those that it has beyond the source's."""
    texts = (source, target)
    dates = [_dates(text) for text in texts]
    numbers = [_numbers(rest) for _found, rest in dates]
    lacks, beyond = _unmatched(dates[0][0], dates[1][0])
    if not lacks or not beyond:  # in a third language, the same date is a number, a word and a number
        numbers = [[*numbers[0], *_as_numbers(lacks)], [*numbers[1], *_as_numbers(beyond)]]
        lacks, beyond = [], []
    more_lacks, more_beyond = _unmatched(numbers[0], numbers[1])
    here, there = _in_words(source), _in_words(target)
    lacks += [one for one in more_lacks if not one.readings & there]
    beyond += [one for one in more_beyond if not one.readings & here]
    return [one.text for one in lacks], [one.text for one in beyond]


def _dates(text: str) -> tuple[list[Figure], str]:
    """Return the dates of a text, and the text without them."""
    found: list[Figure] = []
    for pattern in _DATES:
        parts = []
        end = 0
        for one in pattern.finditer(text):
            if date := _date(one):
                found.append(date)
                parts.append(text[end : one.start()])
                end = one.end()
        text = " ; ".join([*parts, text[end:]])
    return found, text


def _date(found: re.Match[str]) -> Figure | None:
    groups = found.groupdict()
    day, year = int(groups.get("day") or 0), int(groups.get("year") or 0)
    parts = tuple(number for number in (day, year) if number)
    if name := groups.get("month"):
        return Figure(found[0], frozenset({(day, _MONTH_OF[name.casefold()], year)}), parts)
    number = int(groups["number"])
    readings = {(day, number, year)} if number <= 12 else set()
    if found[0][0:4] != groups["year"] and day <= 12:
        readings.add((number, day, year))  # an American writes the month first
    return Figure(found[0], frozenset(readings), parts) if readings else None


def _as_numbers(dates: Sequence[Figure]) -> Iterator[Figure]:
    for date in dates:
        yield from (Figure(str(part), frozenset({Decimal(part)})) for part in date.parts)


def _numbers(text: str) -> list[Figure]:
    return [Figure(one[0], frozenset(_readings(one[0]))) for one in _NUMBER.finditer(text)]


def _readings(written: str) -> Iterator[Decimal]:
    marks = [mark for mark in written if not mark.isdigit()]
    groups = re.split(r"\D", written)
    if not marks:
        yield Decimal(written)
        return
    if all(len(group) == 3 for group in groups[1:]) and len(set(marks)) == 1:
        yield Decimal("".join(groups))
    if marks[-1] in ".," and (len(marks) == 1 or marks[-1] not in marks[:-1]):
        yield Decimal("".join(groups[:-1]) + "." + groups[-1])


def _unmatched(here: Sequence[Figure], there: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of each side without a partner. Those that can mean one thing only choose first."""
    by_reading: dict[object, list[int]] = {}
    for at, figure in reversed(list(enumerate(there))):
        for reading in figure.readings:
            by_reading.setdefault(reading, []).append(at)
    taken: set[int] = set()
    lacks: set[int] = set()
    for at, figure in sorted(enumerate(here), key=lambda one: len(one[1].readings)):
        partner = next((one for reading in figure.readings for one in _free(by_reading, reading, taken)), None)
        (lacks if partner is None else taken).add(at if partner is None else partner)
    return [here[at] for at in sorted(lacks)], [one for at, one in enumerate(there) if at not in taken]


def _free(by_reading: dict[object, list[int]], reading: object, taken: set[int]) -> list[int]:
    """Return the first figure with this reading that has no partner yet, if there is one."""
    places = by_reading.get(reading, [])
    while places and places[-1] in taken:
        places.pop()
    return places[-1:]


def _in_words(text: str) -> frozenset[object]:
    """Return the small numbers that a text says in words: "two training days"."""
    return frozenset(Decimal(_IN_WORDS[word]) for word in set(_WORD.findall(text.casefold())) if word in _IN_WORDS)
