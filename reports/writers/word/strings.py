"""The text of a Word file that is neither form nor answer, in each form language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strings:
    place: str  # where one types in a blank section
    another_place: str  # where one types after the contributions of a section
    heading_of_place: str  # the title of such a control, with the section's code


STRINGS = {
    "en": Strings(
        place="Type the answer here.",
        another_place="Type a further contribution here.",
        heading_of_place="Section {code}",
    ),
    "nl": Strings(
        place="Typ hier het antwoord.",
        another_place="Typ hier nog een bijdrage.",
        heading_of_place="Onderdeel {code}",
    ),
    "fr": Strings(
        place="Saisissez la réponse ici.",
        another_place="Saisissez ici une contribution supplémentaire.",
        heading_of_place="Section {code}",
    ),
}
