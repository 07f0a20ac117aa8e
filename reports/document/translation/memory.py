"""What was translated before: the same passage in an earlier report, and near ones with their difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import Indel

from reports.document.alignment.similarity import word_ratio
from reports.document.block import Block, text_of
from reports.document.compare import compare
from reports.document.translation.units import Unit, html_of, words_of

MOST_PAIRS = 10_000  # that are searched, the first ones given
NEAR = 0.7  # of the words: below it, a translator reads more than she would write
_ROUGHLY = 60  # percent of the letters: what is less is not compared word by word
_CANDIDATES = 20
_SEEN = 2_000  # characters of a passage that are compared


@dataclass(frozen=True)
class Earlier:
    """A unit of an earlier text, and where it is from, which the caller knows."""

    unit: Unit
    where: str = ""


@dataclass(frozen=True)
class Suggestion:
    """An earlier translation. `percent` of the words are the same; `difference` marks what is not, for display."""

    target: tuple[Block, ...]
    percent: int
    difference: str
    where: str

    @property
    def is_exact(self) -> bool:
        return self.percent == 100


def suggestions(source: Sequence[Block], earlier: Iterable[Earlier], *, most: int = 3) -> list[Suggestion]:
    """Return the best earlier translations of these paragraphs: exact ones first, of equals the first given, no
    translation twice. A machine's draft that nobody has read is no memory."""
    known = [one for one in islice(earlier, MOST_PAIRS) if one.unit.target and one.unit.origin != "machine"]
    words = [words_of(block) for block in source]
    found = [(100, at) for at, one in enumerate(known) if [words_of(block) for block in one.unit.source] == words]
    exact = {at for _percent, at in found}
    text = _text(source)
    choices = {at: _text(one.unit.source) for at, one in enumerate(known) if at not in exact}
    ranked = process.extract(
        text, choices, scorer=Indel.normalized_similarity, score_cutoff=_ROUGHLY / 100, limit=_CANDIDATES
    )
    for candidate, _score, at in ranked:
        ratio = word_ratio(text.split(), candidate.split())
        if ratio >= NEAR:
            found.append((min(99, int(ratio * 100)), at))
    best: dict[str, Suggestion] = {}
    for percent, at in sorted(found, key=lambda one: (-one[0], one[1])):
        unit, html = known[at].unit, html_of(known[at].unit.target)
        if html not in best and len(best) < most:
            difference = compare(html_of(unit.source), html_of(source))
            best[html] = Suggestion(unit.target, percent, difference, known[at].where)
    return list(best.values())


def _text(found: Sequence[Block]) -> str:
    return "\n".join(line for block in found for line in text_of(block))[:_SEEN]
