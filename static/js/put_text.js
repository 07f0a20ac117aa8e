// Puts another text into an editor and touches only what differs: the cursor, the scroll position and the writer's own
// undo stay as they are.
import { pm } from "../django_prose_editor/editor.js";

const { DOMParser: Reader, Fragment, Slice } = pm.model;
const { Selection } = pm.state;

/** The mark of a change that no person made at this keyboard. */
export const FROM_ELSEWHERE = "fromElsewhere";

export function putText(editor, html) {
  const { state, view } = editor;
  const page = new DOMParser().parseFromString(html, "text/html");
  const wanted = Reader.fromSchema(state.schema).parse(page.body);
  const begun = justBegun(state);
  let change = state.tr;
  if (begun) change.delete(begun.from, begun.to);
  if (wanted.eq(state.doc) || wanted.eq(change.doc)) return;
  for (const { from, to, slice } of differences(change.doc, wanted).reverse()) change.replace(from, to, slice);
  if (!change.doc.eq(wanted)) change = state.tr.replaceWith(0, state.doc.content.size, wanted.content);
  else if (begun) putBack(change, begun, state.doc.slice(begun.from, begun.to));
  view.dispatch(change.setMeta("addToHistory", false).setMeta(FROM_ELSEWHERE, true));
}

/** What the writer has begun and no text from elsewhere holds: a space at the end, a paragraph or item without words. */
function justBegun({ doc, selection: { empty, $from } }) {
  const { parent } = $from;
  if (!empty || !parent.isTextblock || $from.parentOffset < parent.content.size) return null;
  const spaces = LAST_SPACES.exec(parent.textContent)[0].length;
  if (parent.content.size > spaces || doc.textContent.length === spaces) {
    return spaces ? { from: $from.pos - spaces, to: $from.pos } : null;
  }
  let { depth } = $from;
  while (depth > 1 && $from.node(depth - 1).childCount === 1) depth -= 1;
  return { from: $from.before(depth), to: $from.after(depth) };
}

/** Puts it where it was, with the cursor at its end; `change` took it out first. */
function putBack(change, { from }, begun) {
  const at = change.mapping.slice(1).map(from);
  const $at = change.doc.resolve(at);
  if (!$at.parent.canReplace($at.index(), $at.index(), begun.content)) return;
  change.replace(at, at, begun);
  change.setSelection(Selection.near(change.doc.resolve(at + begun.size), -1));
}

const LAST_SPACES = /[ \u00a0]*$/;

/** The ranges of `old` to replace, in order, each with what comes in its place. */
function differences(old, wanted) {
  const before = childrenOf(old);
  const after = childrenOf(wanted);
  const found = [];
  let at = 0;
  for (const { gone, come, kept } of gaps(before, after)) {
    if (gone.length === come.length) {
      let from = at;
      gone.forEach((node, i) => {
        found.push(within(node, come[i], from));
        from += node.nodeSize;
      });
    } else {
      found.push({ from: at, to: at + sizeOf(gone), slice: new Slice(Fragment.from(come), 0, 0) });
    }
    at += sizeOf(gone) + (kept?.nodeSize ?? 0);
  }
  return found;
}

function within(node, other, at) {
  const whole = { from: at, to: at + node.nodeSize, slice: new Slice(Fragment.from(other), 0, 0) };
  const start = node.content.findDiffStart(other.content);
  if (!node.sameMarkup(other) || start === null) return whole;
  const end = node.content.findDiffEnd(other.content);
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const slice = other.slice(start, end.b + overlap);
  return { from: at + 1 + start, to: at + 1 + end.a + overlap, slice };
}

/** What lies between the blocks that both have: [{gone, come, kept}], `kept` the block that ends the gap. */
function gaps(before, after) {
  const shared = common(before, after);
  const found = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...shared, [before.length, after.length]]) {
    found.push({ gone: before.slice(i, nextI), come: after.slice(j, nextJ), kept: before[nextI] });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return found;
}

/** The longest row of equal blocks, as pairs of their places. */
function common(before, after) {
  const length = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      length[i][j] = before[i].eq(after[j])
        ? length[i + 1][j + 1] + 1
        : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i].eq(after[j])) pairs.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

const childrenOf = (node) => Array.from({ length: node.childCount }, (_, i) => node.child(i));
const sizeOf = (nodes) => nodes.reduce((sum, node) => sum + node.nodeSize, 0);
