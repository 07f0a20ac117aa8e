"""A save as a page sends it, with scripts (JSON) or without (the form's fields), and the verb that carries it out."""

from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from reports.document import richtext
from reports.document.lengths import LONGEST_TEXT, too_long
from reports.document.problem import Problem, gettext_noop
from reports.languages import OTHER_LANGUAGES, PORTAL_LANGUAGES
from reports.models import Contribution, How, Revision, Section, User
from reports.rules.writing.texts import Saved, add_contribution, save_text, unsettled
from reports.rules.writing.translations import Shown, row_as_sent, save_row

LONGEST_AUTHORITY = Contribution._meta.get_field("authority").max_length
NOT_UNDERSTOOD = gettext_noop("The portal could not read what was sent. Open the page again; your text is kept.")


def without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("no database column takes a NUL")
    return text


def cut_authority(value: Any) -> Any:
    """Cut a long authority, so that it does not keep the text beside it from being saved."""
    return value[:LONGEST_AUTHORITY] if isinstance(value, str) else value


def known_language(code: str) -> str:
    if code not in ("", *PORTAL_LANGUAGES, *OTHER_LANGUAGES):
        raise ValueError("not a language that a passage may be written in")
    return code


# Both databases refuse a larger number, and PostgreSQL a NUL, with an error instead of "no such row".
RowNumber = Annotated[int, Field(ge=0, lt=2**31)]
Word = Annotated[str, AfterValidator(without_nul)]
# A long authority is cut, so that it does not keep the text beside it from being saved.
Authority = Annotated[
    Word, BeforeValidator(lambda value: value[:LONGEST_AUTHORITY] if isinstance(value, str) else value)
]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
AnyModel = TypeVar("AnyModel", bound=BaseModel)


class Sent(BaseModel):
    """What a page sends. `user` is whose page it was, to notice another session."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    user: Any = None


class Save(Sent):
    """One text of a page, or one row of a translation. `contribution` is None for the first save of an empty box.

    `id` comes from the page: the same id is the same save. `base` is the number of the revision that the text is based
    on; with `from_sent`, on what was sent with it. A row of a translation says with `place` and `original` where it was
    shown (`Shown`).
    """

    id: UUID
    section: Word
    contribution: RowNumber | None = None
    language: Word = ""
    base: RowNumber
    html: Text
    how: Literal[How.TYPED, How.PASTED] = How.TYPED
    from_sent: bool = False
    passage_language: Annotated[str, AfterValidator(known_language)] = ""
    authority: Authority = ""
    place: RowNumber | None = None
    original: RowNumber = 0

    @property
    def shown(self) -> Shown | None:
        """The row of a translation, if the save is of one."""
        return None if self.place is None else Shown(self.language, self.place, self.original, self.base)


class Choice(BaseModel):
    """A choice between the two versions of a paragraph; `number` is the save that the page showed."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    keep: Literal["mine", "theirs", "edited"]
    html: Text = ""
    number: Annotated[int, Field(strict=True)] | None = None


def from_json(model: type[AnyModel], body: bytes) -> AnyModel:
    """Return what a page sent. Raise Problem; the length of a text is checked before anything else reads it."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise refusal(error) from error


def from_fields(**fields: Any) -> Save:
    """Return a save made from a form's fields. Raise Problem like `from_json`."""
    try:
        return Save(**fields)
    except ValidationError as error:
        raise refusal(error) from error


def refusal(error: ValidationError) -> Problem:
    for found in error.errors(include_url=False):
        if found["type"] == "string_too_long":
            return too_long(len(found["input"]))
    return Problem(NOT_UNDERSTOOD)


def save(wanted: Save, on: Contribution | Section, *, by: User) -> Saved:
    """Carry out one save: of a text of a contribution, or, on a section, of its first text. Raise Problem.

    A save that arrived before, and whose answer was lost, is no failure although the text has been closed since.
    """
    try:
        if richtext.is_nothing(wanted.html):
            raise Problem(gettext_noop("“--” means that there is nothing to report. Tick “Nothing to report” instead."))
        return save_first(wanted, on, by=by) if isinstance(on, Section) else save_again(wanted, on, by=by)
    except Problem:
        arrived = arrived_before(wanted, on if isinstance(on, Section) else on.section, by=by)
        if arrived is None:
            raise
        return arrived


def save_first(wanted: Save, section: Section, *, by: User) -> Saved:
    made = add_contribution(
        section,
        wanted.html,
        by=by,
        save_id=wanted.id,
        how=How(wanted.how),
        language=wanted.passage_language,
        authority=wanted.authority,
    )
    return Saved("saved", made, made.revisions.get(pk=wanted.id))


def save_again(wanted: Save, contribution: Contribution, *, by: User) -> Saved:
    if wanted.shown:
        how, from_sent = How(wanted.how), wanted.from_sent
        return save_row(contribution, wanted.html, wanted.shown, by=by, save_id=wanted.id, how=how, from_sent=from_sent)
    return save_text(
        contribution,
        wanted.html,
        base=wanted.base,
        by=by,
        save_id=wanted.id,
        language=wanted.language,
        how=How(wanted.how),
        from_sent=wanted.from_sent,
    )


def arrived_before(wanted: Save, section: Section, *, by: User) -> Saved | None:
    rows = Revision.objects.filter(pk=wanted.id, by=by, contribution__section=section)
    found = rows.select_related("contribution").first()
    if found is None or not is_what_was_sent(found, wanted):
        return None
    return Saved("saved", found.contribution, found, unsettled(found))


def is_what_was_sent(found: Revision, wanted: Save) -> bool:
    sent = row_as_sent(found, wanted.shown) if wanted.shown else found.as_sent
    return sent == richtext.from_typed(wanted.html, is_html=True)
