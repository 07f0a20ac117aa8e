"""One page of a report as one form: every section of a goal, or of a target, with its contributions."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.forms.answers import ContributionForm, Posted, SectionForm, TextForm
from reports.models import Contribution, Section, User
from reports.rules import delegations, saving
from reports.rules.delegations import Pen


class SectionBlock:
    """A section on the page: its own form, a form for each contribution, and an empty box where one is wanted."""

    def __init__(self, section: Section, data: Posted = None, *, pen: Pen, adding: bool = False) -> None:
        self.section, self.pen = section, pen
        self.form = SectionForm(section, data)
        posted = data is not None
        rows = section.contributions.with_numbers() if posted else section.contributions_now
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
        places = {box.prefix: place for place, box in enumerate(self.contributions)}
        for box in [box for box in before.boxes if box.has_trouble]:
            if box.contribution is None:
                self.new = box
            elif box.prefix in places:
                box.stand_upon(self.contributions[places[box.prefix]])
                self.contributions[places[box.prefix]] = box
            else:
                self.contributions.append(box)  # a colleague took it out meanwhile

    @property
    def removed(self) -> list[Contribution]:
        """Contributions of this person's to write that were taken out or emptied, and can be brought back."""
        rows = self.section.contributions.all() if self.is_open else []
        return [row for row in rows if (row.removed_at or not row.body) and self.pen.edits(row, self.section)]

    @property
    def is_plain(self) -> bool:
        """One contribution of nobody in particular: the section then looks like one plain box."""
        return len(self.boxes) == 1 and not any(box.contribution and box.contribution.authority for box in self.boxes)


class PartForm:
    """Binds, saves and remembers what could not be saved. Text is never dropped: what is refused stays in its box."""

    def __init__(self, sections: Iterable[Section], data: Posted = None, *, pen: Pen, adding: str = "") -> None:
        self.data, self.pen = data, pen
        self.blocks = [SectionBlock(section, data, pen=pen, adding=section.code == adding) for section in sections]
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
            text.refusal = Problem(gettext_noop("The page was not sent whole. Press “Save” again."))
            return
        try:
            body = text.typed_html()
            if body == text.stored_html:
                return
            if box.contribution:
                delegations.check(block.pen.edits(box.contribution, block.section), block.section)
            if richtext.is_nothing(body):
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
        if box.contribution is None or not block.pen.edits(box.contribution, block.section):
            return
        changed = {name for name in box.changed_data if name in box.cleaned_data}
        try:
            if "authority" in changed:
                saving.set_authority(box.contribution, box.cleaned_data["authority"], by=by)
            if "language" in changed and box.cleaned_data["language"]:
                saving.set_language(box.contribution, box.cleaned_data["language"], by=by)
        except Problem as problem:
            box.refusal = problem
            return
        self.saved += bool(changed)

    def save_nothing(self, block: SectionBlock, *, by: User) -> None:
        block.form.full_clean()
        if "nothing" in block.form.changed_data and block.is_whole:
            try:
                saving.set_nothing(block.section, block.form.cleaned_data["nothing"], by=by)
            except Problem as problem:
                block.refusal = problem
                return
            self.saved += 1


NOT_ALL_SAVED = _("Not everything is saved yet. What you typed is still in its box: look at the places marked below.")
