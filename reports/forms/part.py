"""One page of a report as one form: every section of a goal, or of a target, with its contributions."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.forms.answers import ContributionForm, Posted, SectionForm, TextForm
from reports.models import Contribution, Section, User
from reports.rules import delegations, saving
from reports.rules.delegations import Pen


class SectionBlock:
    """A section on the page: its own form, a form for each contribution, and an empty box where one is wanted."""

    def __init__(
        self, section: Section, data: Posted = None, *, pen: Pen, adding: bool = False, emptied: Collection[int] = ()
    ) -> None:
        self.section, self.pen = section, pen
        self.form = SectionForm(section, data)
        posted = data is not None
        rows = section.contributions.with_numbers() if posted else standing(section, emptied)
        self.contributions = [ContributionForm(section, row, data) for row in rows]
        for form in self.contributions:
            form.is_locked = not pen.edits(form.contribution, section)
        if posted:
            # A colleague may have added one or taken one away since the page was shown: what was posted is what counts.
            self.contributions = [form for form in self.contributions if form.is_posted]
        new = ContributionForm(section, None, data)
        wanted = pen.adds(section) and (adding or not [form for form in self.contributions if not form.is_locked])
        self.new = new if (new.original.is_posted if posted else wanted) else None
        self.refusal: Problem | None = None  # why "nothing to report" was not taken

    @property
    def is_open(self) -> bool:
        """Whether this person writes anything in this section, or wrote something there that could not be saved."""
        return self.pen.writes_in(self.section) or self.has_trouble

    @property
    def has_trouble(self) -> bool:
        return bool(self.refusal) or any(box.has_trouble for box in self.boxes)

    @property
    def adds(self) -> bool:
        return self.pen.adds(self.section)

    @property
    def is_whole(self) -> bool:
        """Whether this person writes everything in it: also the others' contributions, and "nothing to report"."""
        return self.pen.writes(self.section)

    @property
    def boxes(self) -> list[ContributionForm]:
        return self.contributions + ([self.new] if self.new else [])

    def keep(self, before: "SectionBlock") -> None:
        """Puts the boxes of which something was refused in their place among what the report holds now."""
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
        """Contributions of this person's to write that were taken out or emptied, and can be brought back."""
        shown = [box.contribution.pk for box in self.contributions if box.contribution]
        rows = self.section.contributions.exclude(pk__in=shown) if self.is_open else []
        return [row for row in rows if (row.removed_at or not row.body) and self.pen.edits(row, self.section)]

    @property
    def is_plain(self) -> bool:
        """One contribution of nobody in particular: the section then looks like one plain box."""
        return len(self.boxes) == 1 and not any(box.contribution and box.contribution.authority for box in self.boxes)


def standing(section: Section, emptied: Collection[int]) -> list[Contribution]:
    """The contributions that stand, and those of these emptied ones, in order."""
    if not emptied:
        return section.contributions_now
    found = section.contributions.with_numbers().filter(pk__in=emptied)
    return sorted([*section.contributions_now, *found], key=lambda row: (row.position, row.pk))


class PartForm:
    """Binds, saves and remembers what could not be saved. Text is never dropped: what is refused stays in its box."""

    def __init__(
        self,
        sections: Iterable[Section],
        data: Posted = None,
        *,
        pen: Pen,
        adding: str = "",
        emptied: Collection[int] = (),
    ) -> None:
        """`emptied` are contributions without text that are shown all the same."""
        self.data, self.pen = data, pen
        self.blocks = [
            SectionBlock(section, data, pen=pen, adding=section.code == adding, emptied=emptied) for section in sections
        ]
        self.saved = 0
        self.in_conflict = 0

    def save(self, *, by: User) -> bool:
        """Saves everything that changed, each text by itself; says whether all of it is in the report."""
        for block in self.blocks:
            for box in block.boxes:
                box.full_clean()
                for text in box.texts:
                    if text.is_posted:
                        self.save_text(block, box, text, by=by)
                self.save_description(block, box, by=by)
            self.save_nothing(block, by=by)
        return not self.has_trouble

    @property
    def has_trouble(self) -> bool:
        return any(block.has_trouble for block in self.blocks)

    def kept(self, before: "PartForm") -> "PartForm":
        """This form, unbound, with what was refused of the one that was saved before."""
        for block, old in zip(self.blocks, before.blocks, strict=True):
            block.keep(old)
        return self

    def save_text(self, block: SectionBlock, box: ContributionForm, text: TextForm, *, by: User) -> None:
        text.full_clean()
        if text.errors:
            text.refusal = Problem(gettext_noop("Part of the page was not received. Press “Save” again."))
            return
        try:
            body = text.typed_html()
            if body == text.stored_html:
                return
            if box.contribution:
                delegations.check(block.pen.edits(box.contribution, block.section), block.section)
            if richtext.is_nothing(body):
                if not block.is_whole:
                    raise Problem(NOT_YOURS_TO_SAY)
                text.asks_nothing = not (block.form["nothing"].data or self.data.get("nothing") == block.section.code)
                return
            if box.contribution is None:
                self.add(block, box, text, body, by=by)
                return
            result = saving.save_text(
                box.contribution,
                body,
                base=text.cleaned_data["base"] or 0,
                by=by,
                save_id=text.cleaned_data["save_id"],
                language=text.language,
            )
        except Problem as problem:
            text.refusal = problem
            return
        self.saved += result.outcome == "saved"
        self.in_conflict += len(result.conflicts)

    def add(self, block: SectionBlock, box: ContributionForm, text: TextForm, body: str, *, by: User) -> None:
        if not body:
            return
        delegations.add_contribution(
            block.section,
            body,
            by=by,
            save_id=text.cleaned_data["save_id"],
            language=box.cleaned_data.get("language", ""),
            authority=box.cleaned_data.get("authority", ""),
        )
        self.saved += 1

    def save_description(self, block: SectionBlock, box: ContributionForm, *, by: User) -> None:
        """Authority and language, only where this person changed them: nobody else's change is taken back."""
        changed = {name for name in box.changed_data if name in box.cleaned_data}
        if not changed or (box.contribution is None and box.original.typed().strip()):
            return
        try:
            if box.contribution is None:
                raise Problem(TEXT_IS_MISSING)
            delegations.check(block.pen.edits(box.contribution, block.section), block.section)
            if "authority" in changed:
                saving.set_authority(box.contribution, box.cleaned_data["authority"], by=by)
            if "language" in changed and box.cleaned_data["language"]:
                saving.set_language(box.contribution, box.cleaned_data["language"], by=by)
        except Problem as problem:
            box.refusal = problem
            return
        self.saved += 1

    def save_nothing(self, block: SectionBlock, *, by: User) -> None:
        block.form.full_clean()
        if "nothing" in block.form.changed_data:
            try:
                delegations.check(block.is_whole, block.section)
                saving.set_nothing(block.section, block.form.cleaned_data["nothing"], by=by)
            except Problem as problem:
                block.refusal = problem
                return
            self.saved += 1


NOT_YOURS_TO_SAY = gettext_noop(
    "“--” means that there is nothing to report, and only a person who writes the whole section can "
    "say so. Leave your box empty, or write what there is to report."
)
TEXT_IS_MISSING = gettext_noop("Authority and language are saved together with a text. Write the text too.")
NOT_ALL_SAVED = _("Not everything is saved yet. What you typed is still in its box: look at the places marked below.")
