// Turns pasted paragraphs and list items into the HTML of the editor.

/**
 * @typedef {{ text: string, href?: string, strong?: boolean, em?: boolean, raised?: string }} Run Text of one style.
 * @typedef {object} Block A paragraph or list item as it was pasted.
 * @property {Run[]} runs
 * @property {string} [mark] What stood before a list item: "•", "2.", "b)".
 * @property {number} [level] How deep in lists it is.
 * @property {boolean} [continues] It belongs to the item before it.
 * @property {boolean} [heading]
 * @property {string} [table] The HTML of a table, which is a block without runs.
 * @typedef {{ kind: "p" | "ul" | "ol", depth: number, continues?: boolean, html: string }} Nested
 */

export const BREAK = "\n";
const DEEPEST = 8;
/** @type {("href" | "strong" | "em" | "raised")[]} */
const STYLE = ["href", "strong", "em", "raised"];

const SIGNS = "-•·▪◦‣●○■\uf0b7\uf0a7";
const TYPED_MARK = new RegExp(`^\\s*[${SIGNS}][ \\t\\u00a0]+(?=\\S)`);
// How Word's list paragraphs look without its comments around the mark: the mark, then no-break spaces up to the text.
const WORD_MARK = /^\s*([^\w\s(]|[o§]|\(?[\d.]*\d[.)]*|\(?[a-z]{1,4}[.)])[ \t\u00a0]{2,}(?=\S)/i;

/**
 * Return the HTML of blocks: tables, nested lists and paragraphs.
 * @param {Block[]} blocks
 */
export function htmlOf(blocks) {
  let html = "";
  let start = 0;
  blocks.forEach(({ table }, at) => {
    if (table === undefined) return;
    html += withoutTables(blocks.slice(start, at)) + table;
    start = at + 1;
  });
  return html + withoutTables(blocks.slice(start));
}

/** @param {Block[]} blocks */
function withoutTables(blocks) {
  return nest(inLists(blocks.flatMap(splitAtMarks).map(withMark)));
}

/**
 * Split a paragraph whose lines begin with marks, as in many e-mails, into a block for each line.
 * @param {Block} block
 */
function splitAtMarks(block) {
  if (block.mark || block.continues) return [block];
  /** @type {Run[][]} */
  const lines = [[]];
  for (const run of block.runs) {
    for (const part of run.text.split(/(\n)/)) {
      if (part === BREAK) lines.push([]);
      else lines[lines.length - 1].push({ ...run, text: part });
    }
  }
  const isItem = (/** @type {Run[]} */ runs) => TYPED_MARK.test(textOf(runs));
  return lines.length > 1 && lines.some(isItem) ? lines.map((runs) => ({ ...block, runs })) : [block];
}

/**
 * Find the mark at the beginning of a block's text, if the block has none yet.
 * @param {Block} block
 * @returns {Block}
 */
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

/**
 * Give each block its kind and depth. A number that the list would show differently stays in the text.
 * @param {Block[]} blocks
 */
function inLists(blocks) {
  /** @type {{ kind: "ul" | "ol", items: number }[]} The lists that the next block may continue, outermost first. */
  const open = [];
  return blocks.map((block) => nestIn(open, block)).filter(({ html }) => html);
}

/**
 * @param {{ kind: "ul" | "ol", items: number }[]} open
 * @param {Block} block
 * @returns {Nested}
 */
function nestIn(open, { runs, mark, level = 0, continues }) {
  if (continues && open.length) {
    open.length = Math.min(open.length, level);
    return { kind: open[open.length - 1].kind, depth: open.length, continues, html: inline(runs) };
  }
  const depth = Math.min(level, open.length + 1, DEEPEST);
  const same = open[depth - 1];
  const kind = mark ? kindOf(mark, same?.kind === "ol" ? same.items + 1 : 1) : "";
  if (!kind) {
    const text = mark ? [{ ...runs[0], text: `${mark} ` }, ...runs] : runs;
    if (mark && level > 1 && open.length) {
      open.length = Math.min(open.length, level - 1); // it is a line of the item that its list is in
      return { kind: open[open.length - 1].kind, depth: open.length, continues: true, html: inline(text) };
    }
    open.length = 0;
    return { kind: "p", depth: 0, html: inline(text) };
  }
  open.length = depth;
  open[depth - 1] = { kind, items: same?.kind === kind ? same.items + 1 : 1 };
  return { kind, depth, html: inline(runs) };
}

/**
 * Return the kind of list that a mark belongs to, "" for none: a number must be the one that the list shows next. A
 * letter or a Roman number is not what the list would show.
 * @param {string} mark
 * @param {number} expected
 */
function kindOf(mark, expected) {
  if (mark.length === 1 && !/\d/.test(mark)) return "ul";
  if (mark.length <= 2 && !/[\p{L}\p{N}]/u.test(mark)) return "ul";
  return Number(/^[\d.()]*?(\d+)[.)]*$/.exec(mark)?.[1]) === expected ? "ol" : "";
}

/**
 * Return the HTML of blocks whose kind and depth are known.
 * @param {Nested[]} blocks
 */
function nest(blocks) {
  /** @type {string[]} */
  const open = [];
  let html = "";
  const close = (/** @type {number} */ depth) => {
    while (open.length > depth) html += `</li></${open.pop()}>`;
  };
  for (const { kind, depth, continues, html: text } of blocks) {
    close(depth);
    if (kind !== "p" && !continues) {
      if (open.length === depth) {
        if (open[depth - 1] === kind) html += "</li>";
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

/** @param {Run[]} runs */
const textOf = (runs) => runs.map((run) => run.text).join("");

/**
 * Return the runs without their first `count` characters.
 * @param {Run[]} runs
 * @param {number} count
 */
function without(runs, count) {
  let left = count;
  return runs.map((run) => {
    const cut = Math.min(left, run.text.length);
    left -= cut;
    return { ...run, text: run.text.slice(cut) };
  });
}

/**
 * Return the HTML of a block's text: white space collapsed, none at the ends, in the style that both neighbours have.
 * @param {Run[]} runs
 */
function inline(runs) {
  /** @type {Run[]} */
  const out = [];
  let gap = "";
  for (const run of runs) {
    for (const piece of run.text.match(/[ \t\n\r\u00a0]+|[^ \t\n\r\u00a0]+/g) ?? []) {
      if (/^[ \t\n\r\u00a0]/.test(piece)) {
        gap += piece;
        continue;
      }
      if (gap && out.length) out.push(between(out[out.length - 1], run, gap));
      gap = "";
      out.push({ ...run, text: piece });
    }
  }
  return grouped(out).map(tagged).join("");
}

/**
 * @param {Run} before
 * @param {Run} after
 * @param {string} gap
 * @returns {Run}
 */
function between(before, after, gap) {
  const text = gap.includes(BREAK) ? BREAK : gap === "\u00a0" ? gap : " ";
  const href = before.href === after.href ? before.href : "";
  const raised = before.raised === after.raised ? before.raised : "";
  return { text, href, strong: before.strong && after.strong, em: before.em && after.em, raised };
}

/**
 * Join runs of the same style.
 * @param {Run[]} runs
 */
function grouped(runs) {
  /** @type {Run[]} */
  const out = [];
  for (const run of runs) {
    const last = out[out.length - 1];
    if (last && STYLE.every((name) => last[name] === run[name])) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {Run} run */
function tagged({ text, href, strong, em, raised }) {
  let html = escaped(text).replaceAll(BREAK, "<br>");
  if (raised) html = `<${raised}>${html}</${raised}>`;
  if (em) html = `<em>${html}</em>`;
  if (strong) html = `<strong>${html}</strong>`;
  return href ? `<a href="${escaped(href)}">${html}</a>` : html;
}
