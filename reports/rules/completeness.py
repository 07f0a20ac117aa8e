"""How far a report is: which sections are blank, have text, or nothing to report. A blank section may be sent in."""

from dataclasses import dataclass

from reports.models import Report, Section


@dataclass(frozen=True)
class Progress:
    texts: tuple[Section, ...]
    nothings: tuple[Section, ...]
    blanks: tuple[Section, ...]
    is_open: bool  # whether the country may write in the report

    @property
    def total(self) -> int:
        return len(self.texts) + len(self.nothings) + len(self.blanks)

    @property
    def filled(self) -> int:
        """The number of sections with text or nothing to report."""
        return len(self.texts) + len(self.nothings)

    @property
    def open_blanks(self) -> list[Section]:
        return [section for section in self.blanks if section not in self.closed_blanks]

    @property
    def closed_blanks(self) -> list[Section]:
        """The blank sections that cannot be filled in now, because the secretariat returned only other sections."""
        return [section for section in self.blanks if section.frozen and self.is_open]

    @property
    def open_codes(self) -> list[str]:
        return [section.code for section in self.texts + self.nothings + self.blanks if not section.frozen]


def progress(report: Report) -> Progress:
    """Return the sections of a report, fetched `with_sections`, grouped by their state."""
    by_state: dict[str, list[Section]] = {"text": [], "nothing": [], "blank": []}
    for section in report.sections.all():
        by_state[section.state].append(section)
    return Progress(tuple(by_state["text"]), tuple(by_state["nothing"]), tuple(by_state["blank"]), report.is_open)
