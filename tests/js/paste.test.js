// Pasting plain text: lists by their marks, lines of a PDF, and the length of a clipboard.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { isBullet } from "../../static/js/editor/paste_marks.js";
import { isHeavy, lengthOf } from "../../static/js/editor/paste_size.js";
import { textAsHtml } from "../../static/js/editor/paste_text.js";

suite("the marks of list items", () => {
  for (const mark of "•●▪▫◦■□‣⁃·➢➤►▸▶✓✔❖◆◇○∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076") {
    test(`U+${mark.charCodeAt(0).toString(16)} is a bullet`, () => {
      assert.equal(textAsHtml(`${mark} a\n${mark}\tb`), "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
    });
  }
  for (const letter of "oØü§vqà") {
    test(`"${letter}" is a bullet before a tab only`, () => {
      assert.equal(textAsHtml(`${letter}\ta\n${letter}   b`), "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
      assert.equal(textAsHtml(`${letter} a\n${letter} b`), `<p>${letter} a</p><p>${letter} b</p>`);
    });
  }
  test("a new bullet is a level below, a known one returns", () => {
    assert.equal(
      textAsHtml("•\tTraining\no\tspring\no\tautumn\n•\tHelpline"),
      "<ul><li><p>Training</p><ul><li><p>spring</p></li><li><p>autumn</p></li></ul></li><li><p>Helpline</p></li></ul>",
    );
  });
  test("numbers that begin with 1 are a list", () => {
    assert.equal(textAsHtml("1) a\n2) b"), "<ol><li><p>a</p></li><li><p>b</p></li></ol>");
    assert.equal(textAsHtml("4. d\n5. e"), "<p>4. d</p><p>5. e</p>");
  });
  test("letters stay in the text", () => {
    assert.equal(textAsHtml("a) police\nb) schools"), "<p>a) police</p><p>b) schools</p>");
    assert.ok(!isBullet("a"));
  });
  test("a dash belongs to the sentence before it, or begins an item", () => {
    assert.equal(textAsHtml("Hij kwam\n– en ging"), "<p>Hij kwam</p><p>– en ging</p>");
    assert.equal(textAsHtml("Zo:\n– een\n– twee"), "<p>Zo:</p><ul><li><p>een</p></li><li><p>twee</p></li></ul>");
    assert.equal(textAsHtml("-Een\n-Twee\n-ing"), "<ul><li><p>Een</p></li><li><p>Twee</p></li></ul><p>-ing</p>");
  });
  test("a line separator breaks a line inside its paragraph", () => {
    assert.equal(textAsHtml("one\u2028two"), "<p>one<br>two</p>");
    assert.equal(textAsHtml("• one\u2028two\n• three"), "<ul><li><p>one<br>two</p></li><li><p>three</p></li></ul>");
    assert.equal(textAsHtml("one\u2029two"), "<p>one</p><p>two</p>");
  });
});

suite("lines that a page ended", () => {
  const lines = [
    "The police work with the schools and with the services for child",
    "protection to help the victims in the whole country, in import- and",
    "export as well.",
    "Six investigators were trained.",
    "• two courses in spring, for those who work with the new tools for",
    "the first time",
    "• one course",
  ];
  test("are put together to paragraphs and items", () => {
    assert.equal(
      textAsHtml(lines.join("\r\n")),
      `<p>${lines.slice(0, 3).join(" ")}</p><p>${lines[3]}</p>` +
        "<ul><li><p>two courses in spring, for those who work with the new tools for the first time</p></li>" +
        "<li><p>one course</p></li></ul>",
    );
  });
  test("lose the hyphen that shows only there, and keep any other", () => {
    const before = "The services for children and families in the whole country, kinder";
    assert.equal(textAsHtml(`${before}\u00ad\nbescherming.`), `<p>${before}bescherming.</p>`);
    assert.equal(textAsHtml(`${before}-\nen jeugdzorg.`), `<p>${before}- en jeugdzorg.</p>`);
  });
  test("are left alone in a text of whole paragraphs", () => {
    const long = "A paragraph of a text whose lines no page has ended is longer than any line of a page. ".repeat(2);
    assert.equal(textAsHtml(`${long}\nand another`), `<p>${long.trim()}</p><p>and another</p>`);
    assert.equal(textAsHtml("police\nschools\nhospitals"), "<p>police</p><p>schools</p><p>hospitals</p>");
  });
});

suite("the length of a clipboard", () => {
  test("counts what is text, and nothing else", () => {
    const html = `<style>${"p {}".repeat(99)}</style><!-- ${"x".repeat(99)} --><p class="${"y".repeat(99)}">12345&nbsp;</p>`;
    assert.equal(lengthOf({ html, text: "" }), 6);
    assert.equal(lengthOf({ html, text: "12345678" }), 8);
  });
  test("is bounded in time for hostile HTML", () => {
    for (const piece of ["<!--", "<style>", "<", "<p x='", "&"]) lengthOf({ html: piece.repeat(300_000), text: "" });
  });
  test("a picture inside HTML does not make it heavy", () => {
    const picture = `<img src="data:image/png;base64,${"A".repeat(6_000_000)}">`;
    assert.ok(!isHeavy(`<p>a</p>${picture}`));
    assert.ok(isHeavy("<b></b>".repeat(800_000)));
  });
});
