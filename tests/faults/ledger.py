"""Records what was typed, where and by whom, and checks that it is still there.

A character counts as typed when the browser has handled its key: it is in the editor then. It must be in the current
text or in a conflict of its contribution, or in the history if the robot deleted it. Characters of the last IN_FLIGHT
seconds before a tab or a browser is killed may be missing, because the page cannot have stored them yet. They are
counted separately, like those that are typed after a click that leaves the page. A tab that is closed normally must
lose nothing, because its page can ask.

On a machine with other work both keys and writes take longer. There the last KEYS_IN_FLIGHT keystrokes may be missing
as well: about as many as the robot types in IN_FLIGHT seconds on an idle machine.
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
    typed: list[float] = field(default_factory=list)  # when each character was typed
    safe: int | None = None  # how many characters must survive a kill
    killed: float = 0.0  # when its page was killed
    allowed: int = 1
    deleted: bool = False

    @property
    def shown(self) -> str:
        return self.text[: len(self.typed)]

    def forms(self) -> list[str]:
        """Return the prefixes that may be found, longest first. The shortest still contains the number, which tells it
        from the prefix of another word."""
        least = len(self.typed) if self.safe is None else self.safe
        least = least or self.text.index("x") + 4
        return [self.text[:length] for length in range(len(self.typed), least - 1, -1)]


@dataclass
class Found:
    """How often each word occurs in one text in one language."""

    now: Counter = field(default_factory=Counter)
    conflicts: Counter = field(default_factory=Counter)
    history: Counter = field(default_factory=Counter)
    first: dict = field(default_factory=dict)  # user who saved the word first


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
        """Return a sentence for each word that is missing, doubled, misplaced or under another name."""
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
        if form == word.text:  # a shorter form may be the prefix of another word
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
    """Return every text of the report, by (section, contribution, language)."""
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
    return texts | kept_boxes(database)


def kept_boxes(database) -> dict[tuple, Found]:
    """Return what arrived from boxes that a button sends, by (name of the box, number, language)."""
    texts: dict[tuple, Found] = {}
    messages = (
        "SELECT r.id, r.section_id, r.private, m.by_country, m.text, m.by_id FROM reports_remarkmessage m"
        " JOIN reports_remark r ON r.id = m.remark_id ORDER BY m.id"
    )
    rows = []
    for remark, section, private, by_country, text, by in database.ask(messages):
        name = f"reply-to-{remark}" if by_country else f"{'note' if private else 'question'}-{section}"
        rows.append((name, text, by))
    for pk, text, by in database.ask("SELECT id, comment, official_id FROM reports_approval"):
        rows.append((f"approval-{pk}", text, by))
    for name, text, by in rows:
        found = texts.setdefault((name, None, ""), Found())
        words = words_of(text)
        found.now += words
        found.history += words
        for word in words:
            found.first.setdefault(word, by)
    return texts
