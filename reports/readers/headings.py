"""Which lines of a file are the form's own words, and what each of them announces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.readers.wording import Kind, Phrase, Wording, Words

_TARGET_LABELS = (("policy", "target"), ("beleidsdoelstelling",), ("objectif", "strategique"))
_NUMBER_LABELS = {"no", "nr", "n", "number", "nummer", "numero"}
_GOAL_LABELS = (
    ("operational", "goal"),
    ("operational", "goals"),
    ("operationeel", "doel"),
    ("operationele", "doelen"),
    ("operationele", "doelstelling"),
    ("but", "operationnel"),
    ("buts", "operationnels"),
    ("objectif", "operationnel"),
)
_AND = {"and", "en", "et", "und"}

_LETTER = re.compile(r"[^\w]*([A-Ca-c])(?:\W*[).:\]]|\W*$)")
_AFTER_PROMPT = re.compile(r"[\s*_]*[:?](?:[\s*_]*(?=\S))|[\s]*\*+\s*")
_AFTER_LETTERED_PROMPT = re.compile(r"[\s*_]*[:?.–—-][\s*_]*|[\s]*\*+\s*")

_LIKE_ENOUGH = 0.65  # words in common, for a prompt that stands by itself and for a target's or goal's text
_LIKE_ENOUGH_WITH_LETTER = 0.6
_MOST_LINES_OF_A_TEXT = 8
_MOST_GUESSES = 200  # places that are compared with every prompt; a form has some twenty


@dataclass(frozen=True)
class Heading:
    """Lines `first` to `last` of the file are the form's words.

    `codes` says which targets, goals or sections they may announce. From `rest` on, the last line is already answer.
    `exact` is False where the words differ from the form's, and `is_letter` True where only "A)" stands there.
    """

    kind: Kind
    codes: tuple[str, ...]
    first: int
    last: int
    rest: int = 0
    exact: bool = True
    is_letter: bool = False
    year: int = 0

    @property
    def spans_lines(self) -> bool:
        return self.last > self.first


class Scan:
    """Finds every heading of one form in the lines of a file; `exactly` leaves out those in other words."""

    def __init__(self, lines: Sequence[str], words: Words, wording: Wording, *, exactly: bool = False) -> None:
        self.lines = lines
        self.words = words
        self.wording = wording
        self.begun = False  # past the first target or goal: before it stand title and country
        self.guesses = _MOST_GUESSES if exactly else 0
        self.vocabulary = {word for phrase in wording.phrases if phrase.kind == "prompt" for word in phrase.words}
        self.long_texts: list[bool] = []  # for each long text of the form, whether it runs over several lines
        self.headings: list[Heading] = []
        line = 0
        while line < len(lines):
            heading = self.heading_at(line)
            if heading:
                self.headings.append(heading)
                self.begun = self.begun or heading.kind in ("target", "goal")
            line = heading.last + 1 if heading else line + 1

    def heading_at(self, line: int) -> Heading | None:
        position = self.words.first[line]
        if position == self.words.first[line + 1]:
            return None
        return (
            self.target_at(line, position)
            or self.goal_at(line, position)
            or self.prompt_at(line, position)
            or self.text_at(line, position)
            or self.title_at(line)
            or self.altered_prompt_at(line, position)
        )

    def target_at(self, line: int, position: int) -> Heading | None:
        """ "Policy target No. 1", with or without its text."""
        number, end = self.target_number(position)
        if not number:
            return None
        found = self.wording.at(self.words, end, "target")
        if found and self.words.ends_line(found[1]):
            self.note_length(found[0], end, found[1])
            return Heading("target", found[0].codes, line, self.line_before(found[1]), exact=number in found[0].codes)
        altered = self.altered_text(end, "target", (number,))
        if altered:
            return Heading("target", (number,), line, altered[1], exact=False)
        return Heading("target", (number,), line, self.line_before(end)) if self.words.ends_line(end) else None

    def target_number(self, position: int) -> tuple[str, int]:
        end = self.label(position, _TARGET_LABELS)
        if not end:
            return "", 0
        row = self.words.words
        if row[end : end + 1] and row[end] in _NUMBER_LABELS:
            end += 1
        number = row[end] if end < len(row) else ""
        known = any(number in phrase.codes for phrase in self.wording.phrases if phrase.kind == "target")
        return (number, end + 1) if known else ("", 0)

    def goal_at(self, line: int, position: int) -> Heading | None:
        """ "Operational Goal:", with one number or several and the text of one goal or several."""
        label_end = self.label(position, _GOAL_LABELS)
        if not label_end:
            return None
        numbers, end = self.goal_numbers(label_end)
        texts, text_end = self.goal_texts(end)
        if texts and self.words.ends_line(text_end):
            codes = tuple(dict.fromkeys((*numbers, *texts)))
            return Heading(
                "goal", codes, line, self.line_before(text_end), exact=not numbers or set(numbers) == set(texts)
            )
        altered = self.altered_text(end, "goal", numbers)
        if altered:
            return Heading("goal", numbers or altered[0].codes, line, altered[1], exact=False)
        if self.words.ends_line(end) or self.has_colon_after(end):
            return Heading("goal", numbers, line, self.line_before(end), rest=self.rest_after(end), exact=bool(numbers))
        return None

    def goal_numbers(self, position: int) -> tuple[tuple[str, ...], int]:
        """The goals' codes behind the label: "2.1", "2.1 and 2.2"."""
        row = self.words.words
        codes: list[str] = []
        end = position
        if row[end : end + 1] and row[end] in _NUMBER_LABELS:
            end += 1
        while (code := ".".join(row[end : end + 2])) and self.is_goal(code):
            codes.append(code)
            end += 2
            if row[end : end + 1] and row[end] in _AND and self.is_goal(".".join(row[end + 1 : end + 3])):
                end += 1
        return (tuple(codes), end) if codes else ((), position)

    def is_goal(self, code: str) -> bool:
        return any(code in phrase.codes for phrase in self.wording.phrases if phrase.kind == "goal")

    def goal_texts(self, position: int) -> tuple[list[str], int]:
        codes: list[str] = []
        while found := self.wording.at(self.words, position, "goal"):
            self.note_length(found[0], position, found[1])
            codes.extend(found[0].codes)
            position = found[1]
        return codes, position

    def text_at(self, line: int, position: int) -> Heading | None:
        """A target's or goal's text without its label, the title, or before the first target the country."""
        kinds: tuple[Kind, ...] = ("target", "goal", "title") if self.begun else ("target", "goal", "title", "country")
        start = position if self.begun else self.label(position, (("country",), ("land",), ("pays",))) or position
        found = self.wording.at(self.words, start, *kinds)
        if not found or not self.words.ends_line(found[1]) or (start > position and found[0].kind != "country"):
            return None
        self.note_length(found[0], start, found[1])
        year = int(found[0].codes[0]) if found[0].kind == "title" and found[0].codes[0] in found[0].words else 0
        return Heading(found[0].kind, found[0].codes, line, self.line_before(found[1]), year=year)

    def title_at(self, line: int) -> Heading | None:
        """A title that is not word for word this form's: another year's, a shorter one."""
        words = self.words.of_line(line)
        if self.begun or len(words) > 30:
            return None
        for phrase in self.wording.phrases:
            if phrase.kind == "title" and words[:6] == list(phrase.words[:6]):
                years = [int(word) for word in words if re.fullmatch(r"20\d\d", word)]
                return Heading("title", (), line, line, exact=False, year=years[0] if years else 0)
        return None

    def prompt_at(self, line: int, position: int) -> Heading | None:
        """A prompt or a heading above a box, word for word, with or without its letter."""
        letter = _LETTER.match(self.lines[line])
        for start in (position + 1, position) if letter else (position,):
            found = self.wording.at(self.words, start, "prompt")
            if not found:
                continue
            last = self.line_before(found[1])
            if self.words.ends_line(found[1]):
                self.note_length(found[0], start, found[1])
                return Heading("prompt", found[0].codes, line, last)
            after = _AFTER_LETTERED_PROMPT if letter else _AFTER_PROMPT
            if rest := after.match(self.lines[last], self.words.end[found[1] - 1]):
                return Heading("prompt", found[0].codes, line, last, rest=rest.end())
        if letter and self.words.of_line(line) == [letter[1].lower()]:
            return Heading(
                "prompt", self.wording.letters.get(letter[1].upper(), ()), line, line, exact=False, is_letter=True
            )
        return None

    def altered_prompt_at(self, line: int, position: int) -> Heading | None:
        """A prompt whose words differ: it stands by itself, or after its letter."""
        letter = _LETTER.match(self.lines[line])
        start = position + 1 if letter else position
        first = self.words.words[start : self.words.first[line + 1]]
        if len(first) < 2 or sum(word in self.vocabulary for word in first) * 2 < len(first):
            return None
        if not letter and line and self.lines[line - 1].strip() and not self.follows_heading(line):
            return None
        codes = self.wording.letters.get(letter[1].upper(), ()) if letter else ()
        phrase, likeness, last = self.likest_from(start, "prompt", codes)
        return self.as_altered(line, likeness, phrase, last, bool(letter))

    def as_altered(
        self, line: int, likeness: float, phrase: Phrase | None, last: int, has_letter: bool
    ) -> Heading | None:
        if not phrase or likeness < (_LIKE_ENOUGH_WITH_LETTER if has_letter else _LIKE_ENOUGH):
            return None
        if not has_letter and last + 1 < len(self.lines) and self.lines[last + 1].strip():
            return None
        return Heading("prompt", phrase.codes, line, last, exact=False)

    def follows_heading(self, line: int) -> bool:
        return bool(self.headings) and self.headings[-1].last == line - 1

    def altered_text(self, position: int, kind: Kind, codes: tuple[str, ...]) -> tuple[Phrase, int] | None:
        """The target or goal whose text is meant by the lines that begin here, and the last of those lines."""
        if position >= len(self.words.words):
            return None
        phrase, likeness, last = self.likest_from(position, kind, codes)
        return (phrase, last) if phrase and likeness >= _LIKE_ENOUGH else None

    def likest_from(self, position: int, kind: Kind, codes: tuple[str, ...]) -> tuple[Phrase | None, float, int]:
        """The text of the form that is likest to the lines that begin here; how like; and the last of those lines."""
        first = last = self.words.line[position]
        best: tuple[Phrase | None, float, int] = (None, 0.0, last)
        self.guesses += 1
        while self.guesses <= _MOST_GUESSES:
            words = self.words.words[position : self.words.first[last + 1]]
            phrase, likeness = self.wording.likest(words, kind, codes)
            if likeness > best[1]:
                best = phrase, likeness, last
            last += 1
            if last == len(self.lines) or last - first == _MOST_LINES_OF_A_TEXT or not self.lines[last].strip():
                break
        return best

    def label(self, position: int, labels: Sequence[tuple[str, ...]]) -> int:
        """Where the label that begins here ends, else 0."""
        return max(self.words.after(position, label) for label in labels)

    def line_before(self, position: int) -> int:
        return self.words.line[position - 1]

    def has_colon_after(self, position: int) -> bool:
        rest = self.lines[self.line_before(position)][self.words.end[position - 1] :]
        return bool(re.match(r"[\s*_]*:", rest))

    def rest_after(self, position: int) -> int:
        """Where text goes on in the line after a label, else 0."""
        if self.words.ends_line(position):
            return 0
        line, end = self.line_before(position), self.words.end[position - 1]
        found = re.match(r"[\s*_:.]*", self.lines[line][end:])
        return end + (found.end() if found else 0)

    def is_wrapped(self) -> bool:
        """Whether lines end where the page does, as they do in text taken out of a PDF."""
        return sum(self.long_texts) * 2 > len(self.long_texts)

    def note_length(self, phrase: Phrase, position: int, end: int) -> None:
        if len(phrase.words) > 12:
            self.long_texts.append(self.words.line[position] != self.line_before(end))
