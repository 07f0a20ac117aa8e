// What somebody selects in a passage is put into the remark's quote, with its language; quotes of the remarks on this
// page are marked in the text, where they still stand there.

const quote = document.querySelector("[data-quote]");
const language = document.querySelector("[data-quote-language]");
const passages = [...document.querySelectorAll("[data-passage]")];
const BLOCK = "p, li";
const WAIT = 150; // ms after the last change of the selection

const folded = (text) => text.replace(/\s+/g, " ").trim();

/** The words of the selection, without what was removed since the submission before. */
function words(range) {
  const part = document.createElement("div");
  part.append(range.cloneContents());
  for (const gone of part.querySelectorAll("del")) gone.remove();
  for (const block of part.querySelectorAll(BLOCK)) block.append(" ");
  return folded(part.textContent);
}

/** The part of a selection that lies in a passage: three clicks on a paragraph select up to the one behind it. */
function within(passage, selected) {
  const range = selected.cloneRange();
  const whole = new Range();
  whole.selectNodeContents(passage);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(passage, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(passage, passage.childNodes.length);
  return range;
}

function take() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const selected = selection.getRangeAt(0);
  for (const passage of passages.filter((one) => selected.intersectsNode(one))) {
    const text = words(within(passage, selected));
    if (text) {
      quote.value = text;
      language.value = passage.lang;
      return;
    }
  }
}

/** The text of a passage with its spaces folded, and for each character the node and the place it comes from. */
function mapped(passage) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("del")) continue;
    const here = node.parentElement.closest(BLOCK);
    if (here !== block && text && !text.endsWith(" ")) {
      text += " ";
      places.push({ node, at: 0 });
    }
    block = here;
    [...node.data].reduce((at, character) => {
      const space = /\s/.test(character);
      if (!space || (text && !text.endsWith(" "))) {
        text += space ? " " : character;
        for (let unit = 0; unit < character.length; unit += 1) places.push({ node, at: at + unit });
      }
      return at + character.length;
    }, 0);
  }
  return { text, places };
}

function found(sentence) {
  for (const passage of passages) {
    const { text, places } = mapped(passage);
    const start = text.indexOf(sentence);
    if (start >= 0) {
      const [first, last] = [places[start], places[start + sentence.length - 1]];
      const range = new Range();
      range.setStart(first.node, first.at);
      range.setEnd(last.node, last.at + 1);
      return range;
    }
  }
  return null;
}

if (globalThis.Highlight && CSS.highlights) {
  const quotes = [...document.querySelectorAll("[data-quoted]")].map((element) => folded(element.textContent));
  const ranges = quotes.filter(Boolean).map(found).filter(Boolean);
  if (ranges.length) CSS.highlights.set("quoted", new Highlight(...ranges));
}

if (quote) {
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(take, WAIT);
  });
}
