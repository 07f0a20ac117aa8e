"""Content controls: the places of a Word file where a contribution stands or where one types (ISO 29500-1, 17.5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.document.tree import Contribution, Section
from reports.document.word_identity import PLACE_STYLE, PLACES, contribution_tag, section_tag
from reports.writers.word.answers import Answers, paragraph, run
from reports.writers.word.elements import Element, on, only_for_older_programs, w

NOTHING = "--"
TITLES = {"en": "Section {code}", "nl": "Onderdeel {code}", "fr": "Section {code}"}  # of a place, by form language
LONGEST_TITLE = 64  # Word takes a longer title or tag for a damaged file


@dataclass
class Places:
    """Write the answers of sections, each in its control.

    `contributions` are the contributions of each section, by code, as pairs of primary key and revision; sections to
    which one may add are in `open_ends`. A contribution without such a pair stands in the text without a control.
    """

    answers: Answers
    form_language: str
    contributions: dict[str, Sequence[tuple[int, int] | None]]
    open_ends: frozenset[str]
    written: int = 0  # controls up to now

    def of_section(self, section: Section) -> list[Element]:
        blank, further = PLACES[self.form_language]
        if section.state == "blank":
            return [self.place(section, blank)]
        if section.state == "nothing":
            nothing = paragraph("Body Text", run(NOTHING, self.form_language, self.answers.country))
            return [self.control(section_tag(section.code), self.title_of(section), [nothing])]
        pairs = self.contributions.get(section.code, ())
        out: list[Element] = []
        for number, contribution in enumerate(section.contributions):
            out += self.contribution(contribution, pairs[number] if number < len(pairs) else None)
        if section.code in self.open_ends:
            out.append(self.place(section, further))
        return out

    def contribution(self, contribution: Contribution, pair: tuple[int, int] | None) -> list[Element]:
        content = self.answers.elements(contribution.original, contribution.language)
        if pair is None:
            return content
        return [self.control(contribution_tag(*pair), contribution.authority, content)]

    def place(self, section: Section, text: str) -> Element:
        """Return an empty control: Word shows the text until somebody types, and does not take it for content."""
        look = w("rStyle", val="PlaceholderText")
        shown = paragraph(PLACE_STYLE, run(text, self.form_language, self.answers.country, look))
        return self.control(section_tag(section.code), self.title_of(section), [shown], is_empty=True)

    def title_of(self, section: Section) -> str:
        return TITLES[self.form_language].format(code=section.code)

    def control(self, tag: str, title: str, content: list[Element], *, is_empty: bool = False) -> Element:
        self.written += 1
        properties = w(
            "sdtPr",
            w("alias", val=title[:LONGEST_TITLE]) if title else None,
            w("tag", val=tag),
            w("id", val=self.written),
            on("showingPlcHdr", is_empty),
            w("richText"),
        )
        return w("sdt", properties, w("sdtContent", self.first_paragraph(), *content))

    def first_paragraph(self) -> Element:
        """Return an empty paragraph that Word does not see.

        LibreOffice 7.4 makes plain text of the first paragraph of a control, and writes the addresses of its links
        into it. Word takes what is typed over a whole control for text of its first paragraph, so it must not have it.
        """
        return only_for_older_programs(paragraph("End"))
