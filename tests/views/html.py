"""A page as a person without JavaScript has it: what its form would send, and the text that one reads."""

import lxml.html

DESK = [  # every page and file of the desk
    "/desk/2014/",
    "/desk/2014/?sort=-activity",
    "/desk/2014/countries.csv",
    "/desk/2014/countries.xlsx",
    "/desk/2014/sections/",
    "/desk/2014/sections.csv",
    "/desk/2014/progress/",
    "/desk/2014/goals/2.1/",
    "/desk/2014/goals/2.1/?translation=fr",
    "/desk/countries/BE/",
]


def parse(answer):
    return lxml.html.fromstring(answer.content.decode())


def fields(answer, form="part-form"):
    """What the form would send if its default button were pressed now."""
    page = parse(answer)
    found = page.get_element_by_id(form) if form else page.xpath("//main//form[@method='post']")[0]
    return {name: value.removeprefix("\n") for name, value in found.form_values()}


def text(answer):
    """The words of the page's main part, spaces folded."""
    return " ".join(parse(answer).get_element_by_id("main").text_content().split())
