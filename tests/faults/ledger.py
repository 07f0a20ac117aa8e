"""What was typed where, by whom, and whether it is still there.

A character counts as typed once the browser has handled its key: it is then in the editor. Each must be in the
current text or in a conflict of its contribution, or, where the robot deleted it, in the history. The characters of
the last IN_FLIGHT seconds before a browser or a tab is killed may be missing: the page could not yet have put them
on the disk. They are counted on their own, and so are those of somebody who pressed what leads elsewhere and typed on
until the other page came. Closing a tab in the ordinary way gives no such excuse: the page can ask.

On a machine that has other work, keys and the disk are slow alike. There the last keystrokes count, and not the time:
those that were typed at the fastest in IN_FLIGHT on an idle machine.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.seat import Box

IN_FLIGHT = 0.15
KEYS_IN_FLIGHT = 15
BLOCK_ENDS = re.compile(r"</?(p|ul|ol|li|br)\b[^>]*>")
TAGS = re.compile(r"<[^>]*>")
WORDS = re.compile(r"[a-z0-9]+", re.IGNORECASE)


@dataclass
class Word:
    text: str
    box: Box
    person: str
    seat: int
    typed: list[float] = field(default_factory=list)  # the moment of each character
    safe: int | None = None  # so many characters had time to be kept before a kill
    killed: float = 0.0  # when that was
    allowed: int = 1
    deleted: bool = False

    @property
    def shown(self) -> str:
        return self.text[: len(self.typed)]

    def forms(self) -> list[str]:
        """What may be found of it, longest first. Where nothing has to be, no less than its number tells it from the
        beginning of another word."""
        least = len(self.typed) if self.safe is None else self.safe
        least = least or self.text.index("x") + 4
        return [self.text[:length] for length in range(len(self.typed), least - 1, -1)]


@dataclass
class Found:
    """The words of one text in one language."""

    now: Counter = field(default_factory=Counter)
    conflicts: Counter = field(default_factory=Counter)
    history: Counter = field(default_factory=Counter)
    first: dict = field(default_factory=dict)  # word -> who saved it first


def words_of(html: str | None) -> Counter:
    return Counter(WORDS.findall(TAGS.sub("", BLOCK_ENDS.sub(" ", html or ""))))


class Ledger:
    def __init__(self, *, by_keys: bool = False) -> None:
        self.by_keys = by_keys
        self.words: list[Word] = []
        self.lost = self.in_flight = 0

    def begin(self, text: str, box: Box, person: str, seat: int) -> Word:
        word = Word(text, box, person, seat)
        self.words.append(word)
        return word

    @property
    def typed(self) -> int:
        return sum(len(word.typed) for word in self.words)

    def killed(self, seats: set[int], moment: float) -> None:
        words = [word for word in self.words if word.seat in seats]
        flight = moment - IN_FLIGHT
        if self.by_keys:
            keys = sorted({at for word in words for at in word.typed})
            flight = min([flight, *keys[-KEYS_IN_FLIGHT:]])
        for word in words:
            if word.typed and word.typed[-1] >= flight:
                word.safe = sum(at < flight for at in word.typed)
            if not word.killed:
                word.killed = moment

    def check(self, database) -> list[str]:
        """Sentences about what is missing, doubled, out of place or under another name; none if all is well."""
        texts = read(database)
        authors = dict(database.ask("SELECT id, email FROM reports_user"))
        troubles = []
        for word in self.words:
            if word.typed:
                troubles += self.check_word(word, texts, authors)
        return troubles

    def check_word(self, word: Word, texts: dict, authors: dict) -> list[str]:
        right = [found for key, found in texts.items() if belongs(word.box, key)]
        told = f"{word.shown} of {word.person}, {word.box}, {ago(word)}"
        form = next((form for form in word.forms() if any(form in found.history for found in right)), None)
        if form is None:
            missing = len(word.typed)
            if word.safe == 0:
                self.in_flight += missing
                return []
            self.lost += missing
            elsewhere = any(word.shown in found.history for found in texts.values())
            return [f"IN ANOTHER TEXT {told}" if elsewhere else f"LOST {told}"]
        self.in_flight += len(word.typed) - len(form)
        troubles = []
        if not word.deleted and not any(form in found.now or form in found.conflicts for found in right):
            self.lost += len(form)
            troubles.append(f"ONLY IN THE HISTORY {told}")
        if form == word.text:  # what a kill cut short may be the beginning of another
            troubles += check_whole(word, right, texts, authors)
        return troubles


def check_whole(word: Word, right: list[Found], texts: dict, authors: dict) -> list[str]:
    told = f"{word.text} of {word.person}, {word.box}"
    troubles = []
    shown = sum(found.now[word.text] for found in texts.values())
    if shown > word.allowed:
        troubles.append(f"DOUBLED {told}: {shown} times")
    owners = {authors[found.first[word.text]] for found in right if word.text in found.first}
    if owners != {word.person}:
        troubles.append(f"UNDER ANOTHER NAME {told}: {', '.join(owners)}")
    return troubles


def ago(word: Word) -> str:
    if word.killed:
        return f"typed {1000 * (word.killed - word.typed[-1]):.0f} ms before its page was killed"
    return "its page was not killed"


def belongs(box: Box, key: tuple) -> bool:
    section, contribution, language = key
    return (section, language) == (box.section, box.language) and box.contribution in (None, contribution)


def read(database) -> dict[tuple, Found]:
    """Every text of the report, by (section, contribution, language)."""
    sections = {}
    texts: dict[tuple, Found] = {}
    rows = database.ask(
        "SELECT c.id, q.code, c.body, c.translation_en, c.translation_nl, c.translation_fr, c.removed_at"
        " FROM reports_contribution c JOIN reports_section s ON s.id = c.section_id"
        " JOIN reports_question q ON q.id = s.question_id"
    )
    for pk, code, *bodies, removed_at in rows:
        sections[pk] = code
        for language, body in zip(("", "en", "nl", "fr"), bodies, strict=True):
            found = texts.setdefault((code, pk, language), Found())
            found.now = Counter() if removed_at else words_of(body)
    for pk, language, body, sent, by in database.ask(
        "SELECT contribution_id, language, body, sent, by_id FROM reports_revision ORDER BY contribution_id, number"
    ):
        found = texts[sections[pk], pk, language]
        for word in words_of(body) + words_of(sent):
            found.history[word] += 1
            found.first.setdefault(word, by)
    for pk, language, *versions in database.ask(
        "SELECT r.contribution_id, r.language, c.base, c.mine, c.theirs FROM reports_conflict c"
        " JOIN reports_revision r ON r.id = c.revision_id"
    ):
        for version in versions[1:]:
            texts[sections[pk], pk, language].conflicts += words_of(version)
    return texts
