// Puts another text into an editor and touches only what differs: the cursor, the scroll position and the writer's own
// undo stay as they are.
import { pm } from "../django_prose_editor/editor.js";

const { DOMParser: Reader, Fragment, Slice } = pm.model;

/** The mark of a change that no person made at this keyboard. */
export const FROM_ELSEWHERE = "fromElsewhere";

export function putText(editor, html) {
  const { state, view } = editor;
  const page = new DOMParser().parseFromString(html, "text/html");
  const wanted = Reader.fromSchema(state.schema).parse(page.body);
  if (wanted.eq(state.doc)) return;
  let change = state.tr;
  for (const { from, to, slice } of differences(state.doc, wanted).reverse()) change.replace(from, to, slice);
  if (!change.doc.eq(wanted)) change = state.tr.replaceWith(0, state.doc.content.size, wanted.content);
  keepLastSpace(state, change);
  view.dispatch(change.setMeta("addToHistory", false).setMeta(FROM_ELSEWHERE, true));
}

/** A text's normal form ends without a space; the one that was just typed must not go before the next word comes. */
function keepLastSpace({ selection: { empty, $from } }, change) {
  const [typed] = (empty && endsAt($from) && LAST_SPACE.exec($from.parent.textContent)) || [];
  const { $from: $now } = change.selection;
  if (typed && endsAt($now) && $now.parent.content.size && !LAST_SPACE.test($now.parent.textContent)) {
    change.insertText(typed, $now.pos);
  }
}

const LAST_SPACE = /[ \u00a0]+$/;
const endsAt = ({ parent, parentOffset }) => parent.isTextblock && parentOffset === parent.content.size;

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
