// Paragraphs and list items as they were pasted, and the HTML they become. A block has `runs` of text; if it looked
// like an item it has its `mark` ("•", "2.", "b)") and `level`; `continues`: it goes on in the item before it.

export const BREAK = "\n";
const DEEPEST = 8;

const SIGNS = "-•·▪◦‣●○■\uf0b7\uf0a7";
const TYPED_MARK = new RegExp(`^\\s*[${SIGNS}][ \\t\\u00a0]+(?=\\S)`);
// Word without its own frame around the mark: the mark, then a run of no-break spaces up to the text.
const WORD_MARK = /^\s*([^\w\s(]|[o§]|\(?[\d.]*\d[.)]*|\(?[a-z]{1,4}[.)])[ \t\u00a0]{2,}(?=\S)/i;

export function htmlOf(blocks) {
  return nest(inLists(blocks.flatMap(splitAtMarks).map(withMark)));
}

/** A paragraph whose lines begin with marks, as many e-mails have them, is one block for each line. */
function splitAtMarks(block) {
  if (block.mark || block.continues) return [block];
  const lines = [[]];
  for (const run of block.runs) {
    for (const part of run.text.split(/(\n)/)) {
      if (part === BREAK) lines.push([]);
      else lines.at(-1).push({ ...run, text: part });
    }
  }
  const isItem = (runs) => TYPED_MARK.test(textOf(runs));
  return lines.length > 1 && lines.some(isItem) ? lines.map((runs) => ({ ...block, runs })) : [block];
}

/** Finds the mark of a block that has none yet at the beginning of its text. */
function withMark(block) {
  const { runs, continues, level, heading } = block;
  if (continues) return block;
  const mark = block.mark?.replace(/\s+/g, " ").trim() ?? "";
  if (heading && mark) return { runs: [{ ...runs[0], text: `${mark} ` }, ...runs] };
  if (mark) return { ...block, mark };
  const found = (level ? WORD_MARK : TYPED_MARK).exec(textOf(runs));
  if (!found) return { runs };
  return { runs: without(runs, found[0].length), mark: found[1] ?? "•", level: level ?? 1 };
}

/** Kind and depth for each block. A number that a list would not show again stays in the text. */
function inLists(blocks) {
  const open = [];
  return blocks.map(({ runs, mark, level, continues }) => {
    if (continues && open.length) {
      open.length = Math.min(open.length, level);
      return { kind: open.at(-1).kind, depth: open.length, continues, html: inline(runs) };
    }
    const depth = Math.min(level ?? 0, open.length + 1, DEEPEST);
    const same = open[depth - 1];
    const kind = mark && kindOf(mark, same?.kind === "ol" ? same.items + 1 : 1);
    if (!kind) {
      open.length = 0;
      const text = mark ? [{ ...runs[0], text: `${mark} ` }, ...runs] : runs;
      return { kind: "p", depth: 0, html: inline(text) };
    }
    open.length = depth;
    open[depth - 1] = { kind, items: same?.kind === kind ? same.items + 1 : 1 };
    return { kind, depth, html: inline(runs) };
  }).filter(({ html }) => html);
}

function kindOf(mark, expected) {
  if (mark.length === 1 && !/\d/.test(mark)) return "ul";
  if (mark.length <= 2 && !/[\p{L}\p{N}]/u.test(mark)) return "ul";
  const last = /^[\d.()]*?(\d+|[a-z]|[ivxlc]+)[.)]*$/i.exec(mark)?.[1].toLowerCase() ?? "";
  const values = [Number(last), last.length === 1 ? last.charCodeAt(0) - 96 : 0, roman(last)];
  return last && values.includes(expected) ? "ol" : "";
}

function roman(letters) {
  const digits = [...letters].map((letter) => ({ i: 1, v: 5, x: 10, l: 50, c: 100 })[letter] ?? NaN);
  return digits.reduce((sum, digit, at) => sum + (digit < digits[at + 1] ? -digit : digit), 0);
}

function nest(blocks) {
  const open = [];
  let html = "";
  const close = (depth) => { while (open.length > depth) html += `</li></${open.pop()}>`; };
  for (const { kind, depth, continues, html: text } of blocks) {
    close(depth);
    if (kind !== "p" && !continues) {
      if (open.length === depth) {
        if (open.at(-1) === kind) html += "</li>";
        else close(depth - 1);
      }
      if (open.length < depth) {
        html += `<${kind}>`;
        open.push(kind);
      }
      html += "<li>";
    }
    html += `<p>${text}</p>`;
  }
  close(0);
  return html;
}

const textOf = (runs) => runs.map((run) => run.text).join("");

function without(runs, count) {
  return runs.map((run) => {
    const cut = Math.min(count, run.text.length);
    count -= cut;
    return { ...run, text: run.text.slice(cut) };
  });
}

/** The HTML of a block: gaps collapsed, none at the ends, a gap styled as both its neighbours are. */
function inline(runs) {
  const out = [];
  let gap = "";
  for (const run of runs) {
    for (const piece of run.text.match(/[ \t\n\r\u00a0]+|[^ \t\n\r\u00a0]+/g) ?? []) {
      if (/^[ \t\n\r\u00a0]/.test(piece)) {
        gap += piece;
        continue;
      }
      if (gap && out.length) out.push(between(out.at(-1), run, gap));
      gap = "";
      out.push({ ...run, text: piece });
    }
  }
  return grouped(out).map(tagged).join("");
}

function between(before, after, gap) {
  const text = gap.includes(BREAK) ? BREAK : gap === "\u00a0" ? gap : " ";
  const href = before.href === after.href ? before.href : "";
  return { text, href, strong: before.strong && after.strong, em: before.em && after.em };
}

function grouped(runs) {
  const out = [];
  for (const run of runs) {
    const last = out.at(-1);
    const same = last && ["href", "strong", "em"].every((name) => last[name] === run[name]);
    if (same) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function tagged({ text, href, strong, em }) {
  let html = escaped(text).replaceAll(BREAK, "<br>");
  if (em) html = `<em>${html}</em>`;
  if (strong) html = `<strong>${html}</strong>`;
  return href ? `<a href="${escaped(href)}">${html}</a>` : html;
}
