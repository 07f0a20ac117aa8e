"""One page of a report as one form: every section of a goal, or of a target, with its contributions."""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from functools import cached_property, partial

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.document import richtext
from reports.document.lengths import LONGEST_REPORT, MOST_PIECES_OF_REPORT, pieces
from reports.document.problem import Problem, gettext_noop
from reports.forms.answers import ContributionForm, Posted, SectionForm, TextForm
from reports.models import Contribution, Section, User
from reports.rules import permissions, writing

JUST = timedelta(days=1)


class SectionBlock:
    """A section on the page: its own form, a form for each contribution, and an empty box where one is wanted."""

    def __init__(
        self, section: Section, data: Posted = None, *, user: User, adding: bool = False, emptied: Collection[int] = ()
    ) -> None:
        self.section, self.user = section, user
        self.form = SectionForm(section, data)
        posted = data is not None
        rows = section.contributions.with_numbers() if posted else standing(section, emptied)
        self.contributions = [ContributionForm(section, row, data) for row in rows]
        for form in self.contributions:
            form.is_locked = not permissions.may(user, "write_contribution", form.contribution)
        if posted:
            # A colleague may have added one or taken one away since the page was shown: what was posted is what counts.
            self.contributions = [form for form in self.contributions if form.is_posted]
        new = ContributionForm(section, None, data)
        wanted = self.adds and (adding or not [form for form in self.contributions if not form.is_locked])
        self.new = new if (new.original.is_posted if posted else wanted) else None
        self.refusal: Problem | None = None  # why "nothing to report" was not taken
        self.gone: Callable[[], list[Contribution]] = list  # its removed and emptied contributions; see PartForm

    @property
    def is_open(self) -> bool:
        """Whether the user may write in this section, or typed something there that could not be saved."""
        return permissions.may(self.user, "write_in_section", self.section) or self.has_trouble

    @property
    def has_trouble(self) -> bool:
        return bool(self.refusal) or any(box.has_trouble for box in self.boxes)

    @property
    def adds(self) -> bool:
        return permissions.may(self.user, "add_contribution", self.section)

    @property
    def is_whole(self) -> bool:
        """Whether the user may write everything in it: also the others' contributions, and "nothing to report"."""
        return permissions.may(self.user, "write_section", self.section)

    @property
    def boxes(self) -> list[ContributionForm]:
        return self.contributions + ([self.new] if self.new else [])

    def keep(self, before: "SectionBlock") -> None:
        """Put the boxes with refused texts in their place among those that the report has now."""
        self.refusal = before.refusal
        boxes = {box.prefix: box for box in self.contributions}
        for old in [box for box in before.boxes if box.has_trouble]:
            if old.contribution is None:
                self.new = old
                continue
            if old.prefix not in boxes:  # it was taken out meanwhile
                row = self.section.contributions.with_numbers().get(pk=old.contribution.pk)
                boxes[old.prefix] = ContributionForm(self.section, row)
                boxes[old.prefix].is_locked = old.is_locked
                self.contributions.append(boxes[old.prefix])
            boxes[old.prefix].keep(old)

    @property
    def removed(self) -> list[Contribution]:
        """Contributions that the user may write and that were removed or emptied: they can be restored."""
        shown = [box.contribution.pk for box in self.contributions if box.contribution]
        rows = self.gone() if self.is_open else []
        mine = [row for row in rows if permissions.may(self.user, "write_contribution", row)]
        return [row for row in mine if row.pk not in shown]

    @property
    def just_removed(self) -> Contribution | None:
        """The contribution that was removed last, for a day: the page offers to undo that in its place."""
        recent = {row.removed_at: row for row in self.removed if row.removed_at}
        last = max(recent, default=None)
        return recent[last] if last and timezone.now() - last < JUST else None

    @property
    def is_plain(self) -> bool:
        """Whether there is one contribution without an authority: the section then looks like one plain box."""
        return len(self.boxes) == 1 and not any(box.contribution and box.contribution.authority for box in self.boxes)


def standing(section: Section, emptied: Collection[int]) -> list[Contribution]:
    """Return the contributions in the section and the given emptied ones, in order."""
    if not emptied:
        return section.contributions_now
    found = section.contributions.with_numbers().filter(pk__in=emptied)
    return sorted([*section.contributions_now, *found], key=lambda row: (row.position, row.pk))


class PartForm:
    """Bind and save a page, and remember what could not be saved: a refused text stays in its box."""

    def __init__(
        self,
        sections: Iterable[Section],
        data: Posted = None,
        *,
        user: User,
        adding: str = "",
        emptied: Collection[int] = (),
    ) -> None:
        """`emptied`: contributions without text that are shown because of an open conflict."""
        self.data, self.user = data, user
        self.blocks = [
            SectionBlock(section, data, user=user, adding=section.code == adding, emptied=emptied)
            for section in sections
        ]
        for block in self.blocks:
            block.gone = partial(self.gone_from, block.section)
        self.saved = 0
        self.in_conflict = 0

    def gone_from(self, section: Section) -> list[Contribution]:
        """Return the removed and the emptied contributions of a section; one query for the whole page."""
        return self._gone[section.pk]

    @cached_property
    def _gone(self) -> dict[int, list[Contribution]]:
        sections = {block.section.pk: block.section for block in self.blocks}
        gone: dict[int, list[Contribution]] = {pk: [] for pk in sections}
        rows = Contribution.objects.filter(section__in=sections)
        for row in rows.filter(Q(removed_at__isnull=False) | Q(body="")):
            row.section = sections[row.section_id]  # its report and question are here already
            gone[row.section_id].append(row)
        return gone

    def save(self) -> bool:
        """Save everything that changed, each text by itself; return whether all of it is in the report.

        Of a page with more text than a whole report may have, no text is parsed or saved.
        """
        posted = [text for block in self.blocks for box in block.boxes for text in box.texts if text.is_posted]
        is_too_long = has_too_much(posted)
        for text in posted:
            text.is_on_long_page = is_too_long
        for block in self.blocks:
            for box in block.boxes:
                box.full_clean()
                for text in box.texts:
                    if text.is_posted:
                        self.save_text(block, box, text)
                self.save_description(box)
            self.save_nothing(block)
        return not self.has_trouble

    @property
    def has_trouble(self) -> bool:
        return any(block.has_trouble for block in self.blocks)

    def kept(self, before: "PartForm") -> "PartForm":
        """Return this unbound form with what was refused of the form that was saved before."""
        for block, old in zip(self.blocks, before.blocks, strict=True):
            block.keep(old)
        return self

    def save_text(self, block: SectionBlock, box: ContributionForm, text: TextForm) -> None:
        text.full_clean()
        if text.errors:
            text.refusal = Problem(gettext_noop("Part of the page was not received. Press “Save” again."))
            return
        try:
            text.check()
            if text.is_on_long_page:
                raise page_too_long()
            body = text.typed_html()
            if body == text.stored_html:
                return
            if richtext.is_nothing(body):
                if not block.is_whole:
                    raise Problem(NOT_YOURS_TO_SAY)
                text.asks_nothing = not (
                    block.form["nothing"].data or (self.data or {}).get("nothing") == block.section.code
                )
                return
            saved = writing.save(text.as_save(body), box.contribution or block.section, by=self.user)
        except Problem as problem:
            text.refusal = problem
            return
        self.saved += saved.outcome == "saved"
        self.in_conflict += len(saved.conflicts)

    def save_description(self, box: ContributionForm) -> None:
        """Save authority and language if this user changed them: nobody else's change is taken back."""
        changed = {name for name in box.changed_data if name in box.cleaned_data}
        if not changed or (box.contribution is None and box.original.typed().strip()):
            return
        try:
            if box.contribution is None:
                raise Problem(TEXT_IS_MISSING)
            if "authority" in changed:
                writing.set_authority(box.contribution, box.cleaned_data["authority"], by=self.user)
            if "language" in changed and box.cleaned_data["language"]:
                writing.set_language(box.contribution, box.cleaned_data["language"], by=self.user)
        except Problem as problem:
            box.refusal = problem
            return
        self.saved += 1

    def save_nothing(self, block: SectionBlock) -> None:
        block.form.full_clean()
        if "nothing" in block.form.changed_data:
            try:
                writing.set_nothing(block.section, block.form.cleaned_data["nothing"], by=self.user)
            except Problem as problem:
                block.refusal = problem
                return
            self.saved += 1


def has_too_much(posted: Collection[TextForm]) -> bool:
    """Return whether these texts have more together than a report may have, and than is stored of them."""
    stored = sum(pieces(text.stored_html, is_html=True) for text in posted)
    has_too_many = sum(text.pieces for text in posted) > max(MOST_PIECES_OF_REPORT, 3 * stored)  # see `pieces`
    return has_too_many or sum(len(text.typed()) for text in posted) > LONGEST_REPORT


def page_too_long() -> Problem:
    return Problem(
        gettext_noop(
            "The texts of this page have together more than the %(limit)s characters, or more than the %(pieces)s "
            "paragraphs and list items, that a report may have, so none of them was saved. Save them one after the "
            "other, or shorten them. Nothing was lost: they are still in their boxes."
        ),
        limit=LONGEST_REPORT,
        pieces=MOST_PIECES_OF_REPORT,
    )


NOT_YOURS_TO_SAY = gettext_noop(
    "“--” means that there is nothing to report, and only a person who writes the whole section can "
    "say so. Leave your box empty, or write what there is to report."
)
TEXT_IS_MISSING = gettext_noop("Authority and language are saved together with a text. Write the text too.")
NOT_ALL_SAVED = _("Not everything is saved yet. What you typed is still in its box: look at the places marked below.")
