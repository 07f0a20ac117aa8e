// Puts another text into an editor and touches only what differs: the cursor, the scroll position and the writer's own
// undo stay as they are.
import { pm } from "../../django_prose_editor/editor.js";

const { DOMParser: Reader, Fragment, Slice } = pm.model;
const { Selection } = pm.state;

/** The mark of a change that no person made at this keyboard. */
export const FROM_ELSEWHERE = "fromElsewhere";

const LARGEST = 250_000; // comparisons; beyond that everything between the equal start and end is replaced

export function putText(editor, html) {
  const { state, view } = editor;
  const page = new DOMParser().parseFromString(html, "text/html");
  const wanted = Reader.fromSchema(state.schema).parse(page.body);
  const begun = justBegun(state);
  let change = state.tr;
  if (begun) change.delete(begun.from, begun.to);
  if (wanted.eq(state.doc) || wanted.eq(change.doc)) return;
  const taken = change.steps.length;
  for (const { from, to, slice } of differences(change.doc, wanted).reverse()) change.replace(from, to, slice);
  if (!change.doc.eq(wanted)) change = state.tr.replaceWith(0, state.doc.content.size, wanted.content);
  else if (begun) putBack(change, change.mapping.slice(taken).map(begun.from), state.doc.slice(begun.from, begun.to));
  view.dispatch(change.setMeta("addToHistory", false).setMeta(FROM_ELSEWHERE, true));
}

/**
 * What the writer has begun at the cursor and no text from elsewhere holds: a space at the end, a paragraph or item
 * without words, often nothing. Null while something is selected.
 */
function justBegun({ doc, selection: { empty, $from } }) {
  if (!empty) return null;
  const { parent } = $from;
  if (!parent.isTextblock || $from.parentOffset < parent.content.size) return { from: $from.pos, to: $from.pos };
  const spaces = LAST_SPACES.exec(parent.textContent)[0].length;
  if (parent.content.size > spaces || doc.textContent.length === spaces) {
    return { from: $from.pos - spaces, to: $from.pos };
  }
  let { depth } = $from;
  while (depth > 1 && $from.node(depth - 1).childCount === 1) depth -= 1;
  return { from: $from.before(depth), to: $from.after(depth) };
}

/** Puts it where it was, with the cursor at its end; if its paragraph is gone, at the end of the one before. */
function putBack(change, place, { content }) {
  const isBlock = content.firstChild?.isBlock;
  const at = isBlock ? place : Selection.near(change.doc.resolve(place), -1).to;
  const $at = change.doc.resolve(at);
  if (!$at.parent.canReplace($at.index(), $at.index(), content)) return;
  change.insert(at, content);
  change.setSelection(Selection.near(change.doc.resolve(at + content.size), -1));
}

const LAST_SPACES = /[ \u00a0]*$/;

/** The ranges of `old` to replace, in order, each with what comes in its place. */
function differences(old, wanted) {
  const [before, after] = [childrenOf(old), childrenOf(wanted)];
  const found = [];
  let at = 0;
  for (const { gone, come, pair } of gaps(before, after, sameOrAlike(before, after))) {
    const end = at + sizeOf(gone);
    if (gone.length || come.length) found.push({ from: at, to: end, slice: new Slice(Fragment.from(come), 0, 0) });
    const [node, other] = pair;
    if (node && !node.eq(other)) found.push(within(node, other, end));
    at = end + (node?.nodeSize ?? 0);
  }
  return found;
}

/** What differs inside two blocks of one kind. */
function within(node, other, at) {
  const start = node.content.findDiffStart(other.content);
  const end = node.content.findDiffEnd(other.content);
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const slice = other.slice(start, end.b + overlap);
  return { from: at + 1 + start, to: at + 1 + end.a + overlap, slice };
}

/** What lies between pairs: [{gone, come, at, pair}], `at` the places of both, `pair` the two blocks that end the gap. */
function gaps(before, after, pairs) {
  let at = [0, 0];
  return [...pairs, [before.length, after.length]].map(([i, j]) => {
    const gap = { gone: before.slice(at[0], i), come: after.slice(at[1], j), at, pair: [before[i], after[j]] };
    at = [i + 1, j + 1];
    return gap;
  });
}

/** The places of equal blocks, as pairs, and between these of blocks that became others: a cursor stays in its own. */
function sameOrAlike(before, after) {
  const same = equal(before, after);
  return gaps(before, after, same).flatMap(({ gone, come, at: [i, j] }, number) => {
    const alike = aligned(gone, come, likeness).map(([one, other]) => [i + one, j + other]);
    return [...alike, ...same.slice(number, number + 1)];
  });
}

/** Most of a text is as it was: only what lies between its equal start and end has to be aligned. */
function equal(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start].eq(after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end).eq(after.at(-1 - end))) end += 1;
  const middle = [before, after].map((blocks) => blocks.slice(start, blocks.length - end));
  const pairs = aligned(...middle, (node, other) => (node.eq(other) ? 1 : 0));
  return [
    ...Array.from({ length: start }, (_, i) => [i, i]),
    ...pairs.map(([i, j]) => [start + i, start + j]),
    ...Array.from({ length: end }, (_, i) => [before.length - end + i, after.length - end + i]),
  ];
}

/** From 0 for what is another kind of block to 1 for what begins or ends like it from end to end. */
function likeness(node, other) {
  if (!node.sameMarkup(other)) return 0;
  const [mine, theirs] = [node.content, other.content];
  const start = mine.findDiffStart(theirs) ?? mine.size;
  const shared = start + mine.size - (mine.findDiffEnd(theirs)?.a ?? mine.size);
  return (1 + Math.min(shared, mine.size, theirs.size)) / (1 + Math.max(mine.size, theirs.size));
}

/** The pairs of places, in order, that together have the most in common; `weight` says how much two blocks have. */
function aligned(before, after, weight) {
  if (before.length * after.length > LARGEST) return [];
  const best = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  const together = (i, j, common = weight(before[i], after[j])) => common && common + best[i + 1][j + 1];
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], together(i, j));
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (together(i, j) === best[i][j] && best[i][j]) pairs.push([i++, j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

const childrenOf = (node) => Array.from({ length: node.childCount }, (_, i) => node.child(i));
const sizeOf = (nodes) => nodes.reduce((sum, node) => sum + node.nodeSize, 0);
