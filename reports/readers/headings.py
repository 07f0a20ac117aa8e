"""Find the lines of a file that are the form's own words, and say what each of them announces.

What is word for word the form's is always recognised. Other words are recognised only where nothing else can be meant:
a paragraph of its own, or a text after a letter or a label, that has most of its words in common with one of the form.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.readers.file_text import FileText
from reports.readers.form_phrases import FormPhrases, Phrase, PhraseKind, similar_start
from reports.readers.labels import (
    COUNTRY_LABELS,
    GOAL_LABELS,
    after_label,
    answer_start,
    goal_codes,
    has_colon_after,
    target_number,
)
from reports.readers.leftover import Leftover, after_sentence, leftover, nothing_behind

_LETTER = re.compile(r"[^\w]*([A-Ca-c])(?:\W*[).:\]]|\W*$)")

# Shares of common words, in order. Prompts of different layouts have up to 0.59 in common; prompts that ask the same in
# slightly different words have 0.63 to 1.
_SIMILAR_FROM = 0.65
_SIMILAR_WITH_LETTER_FROM = 0.6
_SIMILAR_START_FROM = 0.8  # of a paragraph's first words, where an answer follows them
_MOST_LINES_OF_A_TEXT = 8
_MOST_GUESSES = 200  # places whose words are compared with every prompt; a form has some twenty prompts
_LONGEST_TITLE = 30  # words
_LONG_TEXT = 12  # words of a phrase: a shorter one fits on one line of any page


@dataclass(frozen=True)
class Heading:
    """Lines `first` to `last` of the file are the form's words.

    `codes` are the targets, goals or sections that they may announce. If `rest` is not 0, other words follow at that
    place of the last line: an answer, unless `rest_is_answer` is False. `exact` is False where the words are not the
    form's, `is_letter` True where there is only "A)". `year` is the year that a title names.
    """

    kind: PhraseKind
    codes: tuple[str, ...]
    first: int
    last: int
    rest: int = 0
    rest_is_answer: bool = True
    exact: bool = True
    is_letter: bool = False
    year: int = 0

    @property
    def is_prompt(self) -> bool:
        return self.kind == "prompt"


@dataclass(frozen=True)
class FoundHeadings:
    """The headings of a file, from top to bottom.

    `is_wrapped` says that lines end where the page does, as in text taken out of a PDF, and not where a paragraph does.
    """

    headings: tuple[Heading, ...]
    is_wrapped: bool

    def exact_prompts(self) -> int:
        return sum(heading.is_prompt and heading.exact for heading in self.headings)


def find_headings(text: FileText, phrases: FormPhrases, *, exactly: bool = False) -> FoundHeadings:
    """Return every heading of one form in a file; with `exactly` only those in the form's own words."""
    search = _Search(text, phrases, guesses_left=0 if exactly else _MOST_GUESSES)
    line = 0
    while line < len(text.lines):
        heading = search.heading_at(line)
        if heading:
            search.headings.append(heading)
            search.is_past_front = search.is_past_front or heading.kind in ("target", "goal")
        line = heading.last + 1 if heading else line + 1
    # A program that keeps paragraphs whole writes even the form's long texts on one line.
    is_wrapped = sum(search.cut_texts) * 2 > len(search.cut_texts)
    return FoundHeadings(tuple(search.headings), is_wrapped)


@dataclass
class _Search:
    """What the search has found so far. `cut_texts` says of each long text whether it runs over several lines."""

    text: FileText
    phrases: FormPhrases
    guesses_left: int
    is_past_front: bool = False  # title and country come before the first target or goal
    headings: list[Heading] = field(default_factory=list)
    cut_texts: list[bool] = field(default_factory=list)

    def heading_at(self, line: int) -> Heading | None:
        position = self.text.first_of[line]
        if position == self.text.first_of[line + 1]:
            return None
        return (
            self.target_at(line, position)
            or self.goal_at(line, position)
            or self.prompt_at(line, position)
            or self.unlabelled_text_at(line, position)
            or self.title_at(line)
            or self.altered_prompt_at(line, position)
        )

    def target_at(self, line: int, position: int) -> Heading | None:
        """Find "Policy target No. 1", with or without its text."""
        number, end = target_number(self.text, self.phrases, position)
        if not number:
            return None
        found = self.phrases.at(self.text, end, "target")
        if found:
            self.note_length(found[0], end, found[1])
            last, rest = self.text.line_before(found[1]), self.rest_after(found[1])
            return Heading("target", found[0].codes, line, last, rest, exact=number in found[0].codes)
        altered = self.altered_text(end, "target", (number,))
        if altered:
            return Heading("target", (number,), line, altered[1], exact=False)
        if not self.text.ends_line(end):
            return None
        return Heading("target", (number,), line, self.text.line_before(end))

    def goal_at(self, line: int, position: int) -> Heading | None:
        """Find "Operational Goal:", with one number or several and the text of one goal or several."""
        label_end = after_label(self.text, position, GOAL_LABELS)
        if not label_end:
            return None
        numbers, end = goal_codes(self.text, self.phrases, label_end)
        texts, text_end = self.goal_texts(end)
        if texts:
            codes = tuple(dict.fromkeys((*numbers, *texts)))
            exact = not numbers or set(numbers) == set(texts)
            last, rest = self.text.line_before(text_end), self.rest_after(text_end)
            return Heading("goal", codes, line, last, rest, exact=exact)
        altered = self.altered_text(end, "goal", numbers)
        if altered:
            return Heading("goal", numbers or altered[0].codes, line, altered[1], exact=False)
        if not self.text.ends_line(end) and not has_colon_after(self.text, end):
            return None
        last, rest = self.text.line_before(end), answer_start(self.text, end)
        return Heading("goal", numbers, line, last, rest=rest, exact=bool(numbers))

    def goal_texts(self, position: int) -> tuple[list[str], int]:
        codes: list[str] = []
        while found := self.phrases.at(self.text, position, "goal"):
            self.note_length(found[0], position, found[1])
            codes.extend(found[0].codes)
            position = found[1]
        return codes, position

    def unlabelled_text_at(self, line: int, position: int) -> Heading | None:
        """Find a target's or goal's text without its label, the title, or, on the front page, the country."""
        kinds: tuple[PhraseKind, ...] = ("target", "goal", "title")
        start = position
        if not self.is_past_front:  # a country's name below a question is an answer
            kinds = (*kinds, "country")
            start = after_label(self.text, position, COUNTRY_LABELS) or position
        found = self.phrases.at(self.text, start, *kinds)
        if not found or not self.text.ends_line(found[1]) or (start > position and found[0].kind != "country"):
            return None
        phrase, end = found
        self.note_length(phrase, start, end)
        year = int(phrase.codes[0]) if phrase.kind == "title" and phrase.codes[0] in phrase.words else 0
        return Heading(phrase.kind, phrase.codes, line, self.text.line_before(end), year=year)

    def title_at(self, line: int) -> Heading | None:
        """Find a title that is not word for word this form's: another year's, or a shortened one."""
        words = self.text.words_of(line)
        if self.is_past_front or len(words) > _LONGEST_TITLE:
            return None
        for phrase in self.phrases.phrases:
            if phrase.kind == "title" and tuple(words[:6]) == phrase.words[:6]:
                years = [int(word) for word in words if re.fullmatch(r"20\d\d", word)]
                return Heading("title", (), line, line, exact=False, year=years[0] if years else 0)
        return None

    def prompt_at(self, line: int, position: int) -> Heading | None:
        """Find a prompt, or a heading above a box, word for word, with or without its letter."""
        letter = _LETTER.match(self.text.lines[line])
        for start in (position + 1, position) if letter else (position,):
            found = self.phrases.at(self.text, start, "prompt")
            if not found:
                continue
            phrase, end = found
            last = self.text.line_before(end)
            if self.text.ends_line(end):
                self.note_length(phrase, start, end)
                rest_of_line = nothing_behind(self.text.lines[last], self.text.end_of[end - 1])
                return Heading("prompt", phrase.codes, line, last, rest_of_line)
            if rest := self.leftover(phrase, end, is_lettered=letter is not None):
                return Heading("prompt", phrase.codes, line, last, rest.start, rest.is_answer)
        if letter and list(self.text.words_of(line)) == [letter[1].lower()]:
            codes = self.phrases.letters.get(letter[1].upper(), ())
            return Heading("prompt", codes, line, line, exact=False, is_letter=True)
        return None

    def altered_prompt_at(self, line: int, position: int) -> Heading | None:
        """Find a prompt in other words, if it is a paragraph of its own or follows its letter."""
        letter = _LETTER.match(self.text.lines[line])
        start = position + 1 if letter else position
        words = self.text.words[start : self.text.first_of[line + 1]]
        # Before anything is compared: at least half of the line's words must be words of some prompt.
        if len(words) < 2 or sum(word in self.phrases.prompt_vocabulary for word in words) * 2 < len(words):
            return None
        if not letter and not self.begins_paragraph(line):
            return None
        codes = self.phrases.letters.get(letter[1].upper(), ()) if letter else ()
        phrase, similarity, last = self.most_similar_from(start, "prompt", codes)
        if phrase and similarity >= (_SIMILAR_WITH_LETTER_FROM if letter else _SIMILAR_FROM):
            if not letter and not self.ends_paragraph(last):
                return None
            end = self.end_of_phrase(phrase, start, last)
        else:
            found = self.phrases.most_similar_start(self.text.words[start : self.text.first_of[line + 1]], codes)
            if not found or found[1] < (_SIMILAR_FROM if letter else _SIMILAR_START_FROM):
                return None
            phrase, end = found[0], start + found[2]
        if self.text.ends_line(end):
            return Heading("prompt", phrase.codes, line, self.text.line_before(end), exact=False)
        rest = self.leftover(phrase, end, is_lettered=letter is not None)
        if not rest:
            return None
        last = self.text.line_before(end)
        return Heading("prompt", phrase.codes, line, last, rest.start, rest.is_answer, exact=False)

    def end_of_phrase(self, phrase: Phrase, start: int, last: int) -> int:
        """Return the position after the words, up to the end of line `last`, that have most in common with a phrase."""
        words = self.text.words[start : self.text.first_of[last + 1]]
        return start + similar_start(phrase, words)[1]

    def ends_paragraph(self, line: int) -> bool:
        return line + 1 == len(self.text.lines) or not self.text.lines[line + 1].strip()

    def leftover(self, phrase: Phrase, end: int, *, is_lettered: bool) -> Leftover | None:
        """Return what follows a phrase in the line where it ends, at position `end`."""
        line = self.text.lines[self.text.line_before(end)]
        return leftover(line, self.text.end_of[end - 1], len(phrase.words), is_lettered=is_lettered)

    def rest_after(self, end: int) -> int:
        """Return where the words begin that follow a target's or goal's text in its line, 0 if there are none."""
        if self.text.ends_line(end):
            return 0
        return after_sentence(self.text.lines[self.text.line_before(end)], self.text.end_of[end - 1])

    def begins_paragraph(self, line: int) -> bool:
        """Return whether the line is after a blank line or a heading."""
        follows_heading = bool(self.headings) and self.headings[-1].last == line - 1
        return not line or not self.text.lines[line - 1].strip() or follows_heading

    def altered_text(self, position: int, kind: PhraseKind, codes: tuple[str, ...]) -> tuple[Phrase, int] | None:
        """Return the target or goal that is meant by the lines from this position on, and the last of those lines."""
        if position >= len(self.text.words):
            return None
        phrase, similarity, last = self.most_similar_from(position, kind, codes)
        return (phrase, last) if phrase and similarity >= _SIMILAR_FROM else None

    def most_similar_from(
        self, position: int, kind: PhraseKind, codes: Sequence[str]
    ) -> tuple[Phrase | None, float, int]:
        """Return the phrase most similar to the lines from this position on, how similar, and the last of the lines."""
        first = last = self.text.line_of[position]
        best: tuple[Phrase | None, float, int] = (None, 0.0, last)
        if not self.guesses_left:
            return best
        self.guesses_left -= 1
        while True:
            words = self.text.words[position : self.text.first_of[last + 1]]
            phrase, similarity = self.phrases.most_similar(words, kind, codes)
            if similarity > best[1]:
                best = phrase, similarity, last
            last += 1
            is_blank = last == len(self.text.lines) or not self.text.lines[last].strip()
            if is_blank or last - first == _MOST_LINES_OF_A_TEXT:
                return best

    def note_length(self, phrase: Phrase, position: int, end: int) -> None:
        if len(phrase.words) > _LONG_TEXT:
            self.cut_texts.append(self.text.line_of[position] != self.text.line_before(end))
