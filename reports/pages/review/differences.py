"""What differs between two versions of a section that were sent in: its state, and each contribution's texts.

Every `html` has <ins> and <del> marks and is not cleaned yet: templates show it through the filter `marked`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.document import tree
from reports.document.alignment.contributions import pair_contributions
from reports.document.compare import compare
from reports.models import Submission


@dataclass(frozen=True)
class TextChange:
    """A translation that differs: `kind` is "new", "removed" or "changed". `has_machine`: one of its two texts has a
    machine's draft that no person had read."""

    language: str
    kind: str
    html: str
    has_machine: bool = False


@dataclass(frozen=True)
class PassageChange:
    """A contribution in two submissions: `kind` is "same", "changed", "new" or "removed".

    `html` is the original with its changes marked. `was_authority` is None and `was_language` "" if it is the same.
    """

    kind: str
    authority: str
    language: str
    html: str
    was_authority: str | None = None
    was_language: str = ""
    translations: tuple[TextChange, ...] = ()


@dataclass(frozen=True)
class SectionChange:
    """`sentence` says how the section's state changed, "" if it did not."""

    section: tree.Section
    sentence: str
    passages: tuple[PassageChange, ...]
    is_same: bool
    is_moved: bool = False  # only the order of its contributions differs
    is_reworded: bool = False  # the form's own text differs

    @property
    def code(self) -> str:
        return self.section.code


def says_the_same(old: tree.Section | None, new: tree.Section) -> bool:
    """Whether the country wrote the same in both, whatever the form's own text is."""
    if old is None:
        return False
    return (old.state, old.without_marks().contributions) == (new.state, new.without_marks().contributions)


def changed_codes(old: tree.Document, new: tree.Document) -> set[str]:
    before = {section.code: section for section in old.sections()}
    return {section.code for section in new.sections() if not says_the_same(before.get(section.code), section)}


def between(old: tree.Section | None, new: tree.Section, before: Submission, after: Submission) -> SectionChange:
    """Return what changed in one section from the submission `before` to the submission `after`."""
    known = old or new.blank()
    passages = tuple(passage(*pair) for pair in pair_contributions(known.contributions, new.contributions))
    same = says_the_same(known, new)
    return SectionChange(
        section=new,
        sentence=sentence(known.state, new.state, before.number, after.number),
        passages=passages,
        is_same=same,
        is_moved=not same and bool(passages) and all(is_untouched(one) for one in passages),
        is_reworded=(known.heading, known.prompt) != (new.heading, new.prompt),
    )


def is_untouched(one: PassageChange) -> bool:
    return one.kind == "same" and one.was_authority is None and not one.was_language and not one.translations


def sentence(old: str, new: str, before: int, after: int) -> str:
    """Say how the state changed; "" if it did not."""
    sentences = {
        ("blank", "text"): _("Blank in submission %(before)s, text in submission %(after)s."),
        ("blank", "nothing"): _("Blank in submission %(before)s, “Nothing to report” in submission %(after)s."),
        ("nothing", "text"): _("“Nothing to report” in submission %(before)s, text in submission %(after)s."),
        ("nothing", "blank"): _("“Nothing to report” in submission %(before)s, blank in submission %(after)s."),
        ("text", "blank"): _("Text in submission %(before)s, blank in submission %(after)s."),
        ("text", "nothing"): _("Text in submission %(before)s, “Nothing to report” in submission %(after)s."),
    }
    return sentences.get((old, new), "") % {"before": before, "after": after}


def passage(old: tree.Contribution | None, new: tree.Contribution | None) -> PassageChange:
    shown = new or old
    assert shown
    return PassageChange(
        kind=kind_of(old.original if old else None, new.original if new else None),
        authority=shown.authority,
        language=shown.language,
        html=compare(old.original if old else "", new.original if new else ""),
        was_authority=old.authority if old and new and old.authority != new.authority else None,
        was_language=old.language if old and new and old.language != new.language else "",
        translations=tuple(changed_translations(old, new)),
    )


def kind_of(old: str | None, new: str | None) -> str:
    if old is None or new is None:
        return "new" if new is not None else "removed"
    return "same" if old == new else "changed"


def changed_translations(*pair: tree.Contribution | None) -> Iterator[TextChange]:
    old, new = (translations(one) for one in pair)
    for language in dict.fromkeys([*new, *old]):
        texts = old.get(language), new.get(language)
        if (kind := kind_of(*texts)) != "same":
            has_machine = any(one and one.translation(language).machine for one in pair)
            yield TextChange(language, kind, compare(*(text or "" for text in texts)), has_machine)


def translations(one: tree.Contribution | None) -> tree.Text:
    return {language: text for language, text in one.body.items() if language != one.language} if one else {}
