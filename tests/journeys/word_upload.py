"""Forms that were filled in with Word, and how they reach the upload page of a journey."""

import base64
import io

import docx

DROP = """([base64, name]) => {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  for (const type of ["dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(type, {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def drop(page, data: bytes) -> None:
    """Drop a file on the upload page, and wait for its preview."""
    page.evaluate(DROP, [base64.b64encode(data).decode(), "belgium.docx"])
    page.wait_for_url("**/readings/*/")


def word_file(form, answers):
    """Return a filled-in form as Word writes it; `answers` has three texts for each goal."""
    file = docx.Document()
    file.add_paragraph(form["title"])
    file.add_paragraph("BELGIUM")
    for target in form["targets"]:
        file.add_paragraph(f"Policy Target No. {target['number']}")
        for goal in target["goals"]:
            file.add_paragraph(f"Operational Goal: {goal['text']}.")
            for section, answer in zip(goal["sections"], answers.get(goal["code"], ["", "", ""]), strict=True):
                file.add_paragraph(f"{section['letter']}) {section['prompt']}")
                for line in answer.split("\n"):
                    file.add_paragraph(line)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def form_of(server) -> dict:
    """Return the English words of the blank form of 2014, as the portal stores them."""
    goals = server.sql(
        "SELECT t.number, g.number, g.text_en, g.id FROM reports_operationalgoal g"
        " JOIN reports_policytarget t ON t.id = g.target_id ORDER BY t.number, g.number"
    )
    title = server.sql("SELECT title_en FROM reports_reportingform WHERE year = 2014")[0][0]
    targets = {}
    for target, number, words, goal in goals:
        sections = server.sql(
            "SELECT q.letter, q.prompt_en FROM reports_question q JOIN reports_reportingform f ON f.id = q.form_id"
            " WHERE f.year = 2014 AND q.goal_id = ? ORDER BY q.position",
            goal,
        )
        if sections:
            asked = [{"letter": letter, "prompt": prompt} for letter, prompt in sections]
            one = {"code": f"{target}.{number}", "text": words, "sections": asked}
            targets.setdefault(target, {"number": target, "goals": []})["goals"].append(one)
    return {"title": title, "targets": list(targets.values())}
