"""The official form in its two layouts, as the body of a Word file. Compare the templates by-goal and by-target."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document.pdf_identity import DRAFT
from reports.document.tree import Document, Goal, Section, Target
from reports.writers import pdf_strings
from reports.writers.pdf_strings import OFFICIAL
from reports.writers.word.answers import paragraph, run
from reports.writers.word.controls import Places
from reports.writers.word.elements import RELATION, Element, w
from reports.writers.word.styles import LABEL, LAYOUTS, PAGE, Layout, mm, pt, text_width

ANSWER_HEIGHT = pt(82.5)
OUTSIDE = {"header": mm(12), "footer": mm(16), "gutter": 0}  # of the margins


@dataclass
class FormText:
    """Write the form around the answers. `mark` is that of a PDF: a draft says so on every page."""

    document: Document
    places: Places
    mark: str

    @property
    def language(self) -> str:
        return self.places.form_language

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.document.form.layout]

    @property
    def strings(self) -> pdf_strings.Strings:
        return pdf_strings.STRINGS[self.language]

    def own(self, text: str, *look: Element | None) -> Element:
        """Return a run in the language of the form text."""
        return run(text, self.language, self.document.country.code, *look)

    def text(self, text: Mapping[str, str], end: str = "") -> Element:
        """Return a run of a text in the form language, or in the official one where that is missing."""
        language = self.language if text.get(self.language) else OFFICIAL
        return run(text.get(language, "") + end, language, self.document.country.code)

    def body(self, section_properties: Element) -> Element:
        out = self.heading()
        for place, target in enumerate(self.document.targets):
            out += self.target_table(target, place) if self.layout.has_tables else self.target_with_goals(target)
        return w("body", *out, paragraph("End"), section_properties)

    def heading(self) -> list[Element]:
        name = dict(self.document.country.name)
        if not self.layout.has_tables:
            name = {language: text.upper() for language, text in name.items()}
        return [paragraph("Title", self.text(self.document.form.title)), paragraph("Country", self.text(name))]

    # By goal: headings and paragraphs.

    def target_with_goals(self, target: Target) -> list[Element]:
        out = [
            paragraph("heading 1", self.own(self.strings.target.format(number=target.number))),
            paragraph("Aim", self.text(target.text, ".")),
        ]
        for goal in target.goals:
            out += self.goal(goal)
        return out

    def goal(self, goal: Goal) -> list[Element]:
        label = self.own(self.strings.goal, w("b"), w("bCs"))
        out = [paragraph("heading 2", label, self.own(" "), self.text(goal.text, "."))]
        for section in goal.sections:
            out.append(paragraph("Prompt", self.own(f"{section.letter})\t"), self.text(section.prompt)))
            out += self.places.of_section(section)
        return out

    # By target: a table of two columns for each target.

    def target_table(self, target: Target, place: int) -> list[Element]:
        run_in = self.own(self.strings.target_run_in.format(number=target.number) + " ")
        begins = w("pageBreakBefore") if place else w("spacing", before=pt(22.5))
        heading = paragraph("heading 1", run_in, self.text(target.text), properties=[begins])
        rows = [self.goal_row(goal) for goal in target.goals]
        for section in target.sections:
            rows += [self.band(section), self.reply(section)]
        label, answer = mm(LABEL), self.text_width - mm(LABEL)
        table = w(
            "tbl",
            w(
                "tblPr",
                w("tblStyle", val="FormTable"),
                w("tblW", w=self.text_width, type="dxa"),
                w("tblLayout", type="fixed"),
                w("tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1),
                w("tblCaption", val=self.strings.target_run_in.format(number=target.number).rstrip("\u00a0: ")),
            ),
            w("tblGrid", w("gridCol", w=label), w("gridCol", w=answer)),
            *rows,
        )
        return [heading, table]

    @property
    def text_width(self) -> int:
        return text_width(self.layout)

    def goal_row(self, goal: Goal) -> Element:
        """Return a row with a goal. These rows are the table's head: Word repeats them on each of its pages."""
        label = paragraph("Table Text", self.own(self.strings.goal))
        text = paragraph("Table Text", self.text(goal.text))
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), self.label_cell(label), self.answer_cell([text]))

    def band(self, section: Section) -> Element:
        properties = w("tcPr", w("tcW", w=self.text_width, type="dxa"), w("gridSpan", val=2))
        heading = paragraph("heading 2", self.text(section.heading))
        return w("tr", w("trPr", w("cantSplit")), w("tc", properties, heading))

    def reply(self, section: Section) -> Element:
        """Return a row with an answer. A cell has to end with a paragraph, and a control is none."""
        prompt = paragraph("Prompt", self.text(section.prompt))
        answer = [*self.places.of_section(section), paragraph("End")]
        height = w("trPr", w("trHeight", val=ANSWER_HEIGHT, hRule="atLeast"))
        return w("tr", height, self.label_cell(prompt), self.answer_cell(answer))

    def label_cell(self, *content: Element) -> Element:
        margin = w("tcMar", w("right", w=mm(5), type="dxa"))
        return w("tc", w("tcPr", w("tcW", w=mm(LABEL), type="dxa"), margin), *content)

    def answer_cell(self, content: list[Element]) -> Element:
        width = w("tcW", w=self.text_width - mm(LABEL), type="dxa")
        return w("tc", w("tcPr", width), *content)

    # The page.

    def page(self, footer: str) -> Element:
        """Return the properties of the pages; `footer` is the id of the footer's relation."""
        left, right = self.layout.margins
        reference = w("footerReference", type="default")
        reference.set(RELATION, footer)
        return w(
            "sectPr",
            reference,
            w("pgSz", w=mm(PAGE[0]), h=mm(PAGE[1])),
            w("pgMar", top=mm(27), right=mm(right), bottom=mm(32), left=mm(left), **OUTSIDE),
        )

    def footer(self) -> Element:
        """Return the foot of every page: the country, what kind of copy this is, and the number of the page.

        That the form text is a translation stands here, not below the country as in a PDF: it must not be read as text
        of a filled-in form, and readers leave out what is in a foot.
        """
        stops = {"center": self.text_width // 2, "right": self.text_width}
        tabs = w("tabs", *(w("tab", val=side, pos=place) for side, place in stops.items()))
        line = paragraph("footer", self.text(self.document.country.name), w("r", w("tab")), properties=[tabs])
        if status := self.status:
            line.append(self.own(status, w("b"), w("bCs")))
        line.append(w("r", w("tab")))
        line.append(w("fldSimple", self.own("1"), instr=" PAGE "))
        return w("ftr", line, *self.note())

    def note(self) -> list[Element]:
        if self.language == OFFICIAL:
            return []
        has_text = any(section.contributions for section in self.document.sections())
        answers = f"{self.strings.answers_original} " if has_text else ""
        return [paragraph("Note", self.own(answers + self.strings.form_translated))]

    @property
    def status(self) -> str:
        copy = self.strings.copy if self.language != OFFICIAL else ""
        return " · ".join(filter(None, [self.strings.draft if self.mark == DRAFT else "", copy]))
