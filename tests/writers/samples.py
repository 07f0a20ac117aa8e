"""Filled-in documents for the tests of the writers, with everything that is hard to print."""

import random
from pathlib import Path

from reports import readers
from reports.document.translation_marks import Gap, Translation, Whose
from reports.document.tree import Contribution, Country, Document, Form, Goal, Section, Target
from tests import blank_forms

TARGETS = {
    1: (
        (
            "Enhancing efforts to identify victims and ensuring that they receive the necessary assistance, support and"
            " protection"
        ),
        [
            (
                "Increase the number of identified victims in the International Child Sexual Exploitation images"
                " database (ICSE database) managed by INTERPOL by at least 10% yearly"
            )
        ],
    ),
    2: (
        "Enhancing efforts to investigate cases of child sexual abuse online and to identify and prosecute offenders",
        [
            "Establish the necessary framework for the criminalization of child sexual abuse online",
            "Share best practices among Global Alliance countries about online, self-exploitative conduct",
        ],
    ),
}
PROMPTS = {
    "A": "Please report on implementation of any measures announced in your country's 2013 report",
    "B": "Please assess progress made in your country to pursue this shared policy target",
    "C": "Please indicate specific actions that your country will undertake as a follow-up",
}
BOXES = {
    "undertaken": ("Actions ALREADY UNDERTAKEN", "Description of the actions already undertaken"),
    "planned": (
        "Actions that WILL BE UNDERTAKEN",
        "Description of the actions that will be undertaken and timeframe",
    ),
}
BELGIUM = Country(code="BE", name={"en": "Belgium", "nl": "België", "fr": "Belgique"})
BY_GOAL = Form(
    year=2014,
    layout="by-goal",
    title={
        "en": "Global Alliance Against Child Sexual Abuse Online – 2014 Reporting Form",
        "fr": "Alliance mondiale – Formulaire de rapport 2014",
    },
)
BY_TARGET = Form(
    year=2013,
    layout="by-target",
    title={"en": "Global Alliance against Child Sexual Abuse Online", "fr": "Alliance mondiale"},
)

LISTS = (
    "<p>The police:</p>"
    "<ul><li><p>One, the first of the measures.</p><ul><li><p>Two, below the first.</p>"
    "<ul><li><p>Three, the deepest level, with a text that is long enough to be broken once over the line’s end and"
    " a little more.</p></li></ul></li></ul></li><li><p>Four, beside the first.</p></li></ul>"
    "<ol><li><p>First step.</p><ol><li><p>Sub-step.</p></li></ol></li><li><p>Second step.</p></li></ol>"
    "<p>A text that ends at a comma,</p>"
)
ADDRESS = "https://www.example.org/" + "averylongsegmentwithoutanybreak" * 5 + "/index.html?session=0123-456&amp;page=2"
LINKS = (
    '<p><a href="https://www.example.org/first">First</a> stands at the start, <a href="mailto:unit@example.org">'
    'unit@example.org</a> in the middle (<a href="http://www.example.org/">www.example.org</a>), '
    '<strong><a href="https://www.example.org/?a=1&amp;b=2">bold</a></strong> and then '
    '<a href="https://www.example.org/long">a link whose own text is so long that it cannot stand in a single line of'
    " the form and goes on in the next</a>.</p>"
    f'<ul><li><p><a href="http://www.stopchildporno/">www.stopchildporno</a></p></li><li><p>See (<a href="{ADDRESS}">'
    f"{ADDRESS}</a>).</p></li></ul>"
    '<p>At the end <a href="https://www.example.org/κόμβος">an address with Greek letters</a></p>'
)
SIGNS = (
    "<p>R&amp;D, “quotes”, ‘single’, 5 &lt; 6, § 2, 4°, 5 ème, ® and … at 02/123.45.67; in-4-mation, e-mail, hard- and"
    " software, notice-and-take-down, Prosecutors-general, self-</p>"
    "<p>pre-<br>and <em>post-</em> <strong>war</strong>, <em>re-</em> and so on.</p>"
    "<p>«\u00a0espaces insécables\u00a0» et « espaces simples » : « Père, mère… Quelle galère !? » ; ‘notion’"
    " (ainsi).</p>"
    "<p>10<sup>6</sup> pictures, CO<sub>2</sub>, in 2013<sup><strong>1</strong></sup> and 40 m².</p>"
)
NAMES = (
    "<p>The minister, Γεώργιος Παπαδόπουλος, and his colleague Георги Иванов signed; Łódź, Şişli, Győr, Čačak,"
    " Reykjavík, Ħal Qormi, Rīga; Ἀθῆναι, ἐν ἔτει.</p>"
)
BULGARIAN = "<p>Министерство на вътрешните работи: <strong>Георги Иванов</strong> и <em>Мария Петрова</em>.</p>"
ROWS = "".join(
    f"<tr><td><p>{2000 + number}</p></td><td><p>Case number {number} of the federal police</p></td>"
    f"<td><ul><li><p>first</p></li><li><p>second</p></li></ul></td></tr>"
    for number in range(60)
)
TABLE = (
    "<p>Cases:</p><table><thead><tr><th><p>Year</p></th><th><p>What was done</p></th>"
    '<th><p><a href="https://www.example.org/">Steps</a></p></th></tr></thead>'
    f"<tbody>{ROWS}</tbody></table><p>And without headings:</p>"
    "<table><tbody><tr><td><p><strong>a</strong></p></td><td></td></tr><tr><td><p>c</p></td><td><p>d</p></td></tr>"
    "</tbody></table>"
)
WIDE = (
    f"<table><thead><tr>{'<th><p>Responsibilities</p></th>' * 12}</tr></thead>"
    f"<tbody><tr>{'<td><p>2014</p></td>' * 12}</tr></tbody></table>"
)
DUTCH = "<p>De lokale politie meldt elke zaak binnen vijf werkdagen aan de centrale dienst.</p>"
FRENCH = "<ul><li><p>Le service central tient à jour la liste des « points de contact ».</p></li></ul>"


def text(*bodies: tuple[str, str], authority: str = "Federal Police", **translations: str) -> list[Contribution]:
    """Return contributions from pairs of language and text. The translations belong to the first."""
    contributions = [Contribution(authority=authority, language=code, body={code: html}) for code, html in bodies]
    first = contributions[0]
    contributions[0] = first.model_copy(update={"body": {**first.body, **translations}})
    return contributions


RICH = {
    "first": text(("en", LISTS), ("nl", DUTCH), fr="<p>Les mesures de la police.</p>"),
    "second": text(("en", LINKS)),
    "third": text(("fr", FRENCH), ("en", SIGNS)),
    "fourth": text(("en", NAMES), ("bg", BULGARIAN), ("en", "<p>See below</p>")),
}


def by_goal(country: Country = BELGIUM, **fill: list[Contribution] | str) -> Document:
    """Return a form by goal. `fill` maps sections (a_1_1 is 1.1.A) to their contributions, or to "--"."""
    targets = []
    for number, (aim, goals) in TARGETS.items():
        parts = []
        for position, goal in enumerate(goals, start=1):
            code = f"{number}.{position}"
            sections = tuple(
                filled(Section(code=f"{code}.{letter}", letter=letter, heading={}, prompt={"en": prompt}), fill)
                for letter, prompt in PROMPTS.items()
            )
            parts.append(Goal(code=code, text={"en": goal}, sections=sections))
        targets.append(Target(number=number, text={"en": aim}, goals=tuple(parts)))
    return Document(form=BY_GOAL, country=country, targets=tuple(targets))


def by_target(country: Country = BELGIUM, **fill: list[Contribution] | str) -> Document:
    """Return a form by target. `fill` maps sections (undertaken_1 is 1.undertaken) to contributions, or to "--"."""
    targets = []
    for number, (aim, goals) in TARGETS.items():
        sections = tuple(
            filled(Section(code=f"{number}.{name}", letter="", heading={"en": heading}, prompt={"en": prompt}), fill)
            for name, (heading, prompt) in BOXES.items()
        )
        parts = tuple(Goal(code=f"{number}.{i}", text={"en": goal}) for i, goal in enumerate(goals, start=1))
        targets.append(Target(number=number, text={"en": aim}, goals=parts, sections=sections))
    return Document(form=BY_TARGET, country=country, targets=tuple(targets))


def filled(section: Section, fill: dict[str, list[Contribution] | str]) -> Section:
    *place, name = section.code.lower().split(".")
    contributions = fill.get("_".join([name, *place]), [])
    return section.with_nothing_to_report() if contributions == "--" else section.with_contributions(*contributions)


def with_tables(layout: str) -> Document:
    """Return a form with a table over several pages, one without headings, and one with as many columns as possible."""
    answers = {"first": text(("en", TABLE)), "second": text(("nl", WIDE))}
    if layout == "by-goal":
        return by_goal(a_1_1=answers["first"], b_1_1=answers["second"])
    return by_target(undertaken_1=answers["first"], planned_1=answers["second"])


GERMAN = "<p>Die Polizei meldet jeden Fall innerhalb von fünf Arbeitstagen.</p>"
STEPS = (
    "<p>Das Gesetz ist am 10. April in Kraft getreten.</p><p>Der Dienst hat 12 Fälle gemeldet.</p><ul><li><p>Jede"
    " Staatsanwaltschaft hat eine Kontaktperson.</p></li><li><p>Es gab zwei Schulungstage.</p></li></ul><p>Siehe"
    " www.example.org.</p><table><thead><tr><th><p>Jahr</p></th><th><p>Fälle</p></th></tr></thead><tbody><tr><td>"
    "<p>2013</p></td><td><p>10</p></td></tr><tr><td></td><td><p>12</p></td></tr></tbody></table>"
    "<p>Ein dritter Tag folgt.</p>"
)
# Of STEPS: a current translation, one for an older wording, one by a machine, and the headings of the table.
STEPS_IN = {
    "en": ("The act entered into force on 10 April.", "The service reported 10 cases.", "Two training days.", "Year"),
    "nl": ("De wet trad in werking op 10 april.", "De dienst meldde 10 zaken.", "Twee opleidingsdagen.", "Jaar"),
    "fr": ("La loi est en vigueur depuis le 10 avril.", "Le service a signalé 10 cas.", "Deux formations.", "Année"),
}


def with_marks(layout: str, into: str, whose: Whose = "country") -> Document:
    """Return a form in which one answer has a translation with every mark, and others are wholly of one kind."""
    first, older, machine, year = STEPS_IN[into]
    table = f"<table><tbody><tr><td><p>{year}</p></td></tr><tr><td></td><td><p>12</p></td></tr></tbody></table>"
    body = {"de": STEPS, into: f"<p>{first}</p><p>{older}</p><ul><li><p>{machine}</p></li></ul>{table}"}
    marks = Translation(
        whose=whose,
        older=(1, 4),
        machine=(2,),
        unwanted=(Gap(block=4, before=3),),
        untranslated=tuple(Gap(block=block, before=before) for block, before in ((2, 2), (6, 4), (8, 5))),
    )
    alike = [
        ({"de": GERMAN, into: f"<p>{first}</p>"}, Translation(whose=whose)),
        ({"de": GERMAN, into: f"<p>{older}</p>"}, Translation(whose=whose, older=(0,))),
        ({"de": GERMAN, into: f"<p>{machine}</p>"}, Translation(whose=whose, machine=(0,))),
        ({"de": GERMAN, into: f"<p>{machine}</p>"}, Translation(whose=whose, machine=(0,), older=(0,))),
        ({"de": GERMAN}, Translation(unwanted=(Gap(block=0, before=0),))),
        ({"de": GERMAN}, Translation()),
    ]
    mixed = [contribution(body, {into: marks})]
    rest = [contribution(texts, {into: one}) for texts, one in alike]
    return by_goal(a_1_1=mixed, b_1_1=rest) if layout == "by-goal" else by_target(undertaken_1=mixed, planned_1=rest)


def contribution(body: dict[str, str], marks: dict[str, Translation]) -> Contribution:
    return Contribution(authority="Federal Police", language="de", body=body, translations=marks)


def rich_by_goal() -> Document:
    return by_goal(a_1_1=RICH["first"], c_1_1="--", a_2_1=RICH["second"], b_2_1=RICH["third"], c_2_2=RICH["fourth"])


def rich_by_target() -> Document:
    return by_target(undertaken_1=RICH["first"], planned_1=RICH["second"], undertaken_2=RICH["third"], planned_2="--")


def real_form(path: Path) -> Document:
    """Read a real form. Its file name ends in its year."""
    return readers.read(path.read_bytes(), path.name, blank_forms.expected(int(path.stem[-4:]))).document


def long_text(seed: int, paragraphs: int) -> list[Contribution]:
    """Return many paragraphs, lists and links of all lengths, always the same for a seed."""
    chance = random.Random(seed)
    words = (
        "the police of a region reports well-known in-4-mation, every measure; investigations (again) and internet"
        " contributions/consultations what?!yes jours…et"
    )

    def sentence() -> str:
        parts = chance.choices(words.split(), k=chance.randrange(3, 60))
        for _ in range(len(parts) // 12):
            place = chance.randrange(len(parts))
            parts[place] = chance.choice(
                [
                    f"<strong>{parts[place]} of all</strong>",
                    f'<a href="https://www.example.org/{place}">www.example.org/{place}</a>',
                    "« points de contact »",
                    "« Fiche » : voir",
                ]
            )
        return " ".join(parts)

    html = ""
    for _ in range(paragraphs):
        item = f"<li><p>{sentence()}</p></li>"
        nested = f"<ul><li><p>{sentence()}</p><ul>{item}</ul></li></ul>"
        html += chance.choice([f"<p>{sentence()}</p>", f"<ul>{item}{item}</ul>", nested])
    return text(("en", html))
