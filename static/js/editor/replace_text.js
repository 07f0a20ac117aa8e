// Replaces the text of an editor and touches only what differs: the cursor, the scroll position and the writer's own
// undo history stay. The server aligns whole versions; here the editor has the cursor, and may hold what is not sent.
import { pm } from "../../django_prose_editor/editor.js";
import { parseHtml } from "../dom.js";
import { wordDifferences } from "./word_differences.js";

/**
 * @typedef {import("../../django_prose_editor/editor.js").Node} Node A block, or the whole document.
 * @typedef {import("../../django_prose_editor/editor.js").State} State
 * @typedef {import("../../django_prose_editor/editor.js").Slice} Slice
 * @typedef {import("./word_differences.js").Difference} Difference
 * @typedef {import("../../django_prose_editor/editor.js").Transaction} Transaction
 * @typedef {{ from: number, to: number }} Range
 */

/** The metadata of a transaction that nobody at this keyboard made. */
export const FROM_ELSEWHERE = "fromElsewhere";

const LARGEST = 40_000; // pairs of blocks to compare; a larger region is replaced as a whole
const EQUAL = 2; // an equal block counts for more than any that is only alike
const LAST_SPACES = /[ \u00a0]*$/;

/**
 * @param {import("../../django_prose_editor/editor.js").Editor} editor
 * @param {string} html
 */
export function replaceText(editor, html) {
  const { state, view } = editor;
  const target = pm.model.DOMParser.fromSchema(state.schema).parse(parseHtml(html));
  const pending = pendingInput(state);
  let change = state.tr;
  if (pending) change.delete(pending.from, pending.to);
  if (target.eq(state.doc) || target.eq(change.doc)) return;
  const deleting = change.steps.length;
  for (const { from, to, slice } of differences(change.doc, target).reverse()) change.replace(from, to, slice);
  if (!change.doc.eq(target)) {
    change = state.tr.replaceWith(0, state.doc.content.size, target.content); // a case that `differences` gets wrong
  } else if (pending) {
    const place = change.mapping.slice(deleting).map(pending.from);
    restoreInput(change, place, state.doc.slice(pending.from, pending.to));
  }
  view.dispatch(change.setMeta("addToHistory", false).setMeta(FROM_ELSEWHERE, true));
}

/**
 * Return the range of what the writer has just begun at the cursor and no saved text contains, because the server
 * removes it: a space at the end, a paragraph or item without words. The range is often empty; it is null while
 * something is selected.
 * @param {State} state
 * @returns {Range | null}
 */
function pendingInput({ doc, selection: { empty, $from } }) {
  if (!empty) return null;
  const { parent } = $from;
  if (!parent.isTextblock || $from.parentOffset < parent.content.size) return { from: $from.pos, to: $from.pos };
  const spaces = LAST_SPACES.exec(parent.textContent)?.[0].length ?? 0;
  if (parent.content.size > spaces || doc.textContent.length === spaces) {
    return { from: $from.pos - spaces, to: $from.pos };
  }
  let { depth } = $from;
  while (depth > 1 && $from.node(depth - 1).childCount === 1 && !isCell($from.node(depth - 1))) depth -= 1;
  const isWholeCell = depth > 1 && isCell($from.node(depth - 1)) && $from.node(depth - 1).childCount === 1;
  return isWholeCell ? { from: $from.pos, to: $from.pos } : { from: $from.before(depth), to: $from.after(depth) };
}

/** @param {Node} node A cell without words is kept: its row has others. */
const isCell = ({ type }) => type.name === "tableCell" || type.name === "tableHeader";

/**
 * Insert pending input where it was, with the cursor at its end; at the end of the paragraph before if its own is gone.
 * @param {Transaction} change
 * @param {number} place
 * @param {Slice} input
 */
function restoreInput(change, place, { content }) {
  const { Selection } = pm.state;
  const isBlock = content.firstChild?.isBlock;
  const at = isBlock ? place : Selection.near(change.doc.resolve(place), -1).to;
  const $at = change.doc.resolve(at);
  if (!$at.parent.canReplace($at.index(), $at.index(), content)) return;
  change.insert(at, content);
  change.setSelection(Selection.near(change.doc.resolve(at + content.size), -1));
}

/**
 * Return the ranges of `old` that differ from `target`, in order, counted from where its content starts.
 * @param {Node} old
 * @param {Node} target
 * @returns {Difference[]}
 */
function differences(old, target) {
  const { Fragment, Slice } = pm.model;
  const [before, after] = [childrenOf(old), childrenOf(target)];
  /** @type {Difference[]} */
  const found = [];
  let [i, j, at] = [0, 0, 0];
  for (const [nextI, nextJ] of [...pairsOf(old, before, after), [before.length, after.length]]) {
    const [removed, added] = [before.slice(i, nextI), after.slice(j, nextJ)];
    const end = at + removed.reduce((size, node) => size + node.nodeSize, 0);
    if (removed.length || added.length) {
      found.push({ from: at, to: end, slice: new Slice(Fragment.from(added), 0, 0) });
    }
    const [node, other] = [before[nextI], after[nextJ]];
    if (node && !node.eq(other)) found.push(...differencesWithin(node, other, end));
    [i, j, at] = [nextI + 1, nextJ + 1, end + (node?.nodeSize ?? 0)];
  }
  return found;
}

/**
 * Return the pairs of children. The cells of two rows of one length are paired by their column.
 * @param {Node} parent
 * @param {Node[]} before
 * @param {Node[]} after
 */
function pairsOf(parent, before, after) {
  const isRow = parent.type.name === "tableRow" && before.length === after.length;
  if (!isRow) return pairBlocks(before, after);
  return before.flatMap((cell, i) => (cell.sameMarkup(after[i]) ? [[i, i]] : []));
}

/**
 * Return what differs inside two blocks of one kind: words of a paragraph, items of a list, cells of a table. A change
 * of another item must not move the cursor.
 * @param {Node} node
 * @param {Node} other
 * @param {number} at Where the block starts in the document.
 * @returns {Difference[]}
 */
function differencesWithin(node, other, at) {
  const inside = node.isTextblock ? wordDifferences(node, other) : differences(node, other);
  return inside.map(({ from, to, slice }) => ({ from: at + 1 + from, to: at + 1 + to, slice }));
}

/**
 * Return which block of `before` became which of `after`, as pairs of indexes in order. Usually both ends of a text
 * are unchanged, and only the blocks between them have to be compared.
 * @param {Node[]} before
 * @param {Node[]} after
 */
function pairBlocks(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start].eq(after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end].eq(after[after.length - 1 - end])) end += 1;
  const [first, second] = [before, after].map((blocks) => blocks.slice(start, blocks.length - end));
  return [
    ...Array.from({ length: start }, (_, i) => [i, i]),
    ...likeliestPairs(first, second).map(([i, j]) => [start + i, start + j]),
    ...Array.from({ length: end }, (_, i) => [before.length - end + i, after.length - end + i]),
  ];
}

/**
 * Return the pairs of indexes, in order, whose likeness adds up to the most (a longest common subsequence with weights).
 * @param {Node[]} before
 * @param {Node[]} after
 */
function likeliestPairs(before, after) {
  if (before.length * after.length > LARGEST) return [];
  const like = before.map((node) => after.map((other) => likeness(node, other)));
  const best = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1], like[i][j] && like[i][j] + best[i + 1][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (like[i][j] && like[i][j] + best[i + 1][j + 1] === best[i][j]) pairs.push([i++, j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/**
 * Return how much two blocks have in common at their ends: 0 for different kinds, up to 1, EQUAL for equal blocks.
 * @param {Node} node
 * @param {Node} other
 */
function likeness(node, other) {
  if (!node.sameMarkup(other)) return 0;
  const [mine, theirs] = [node.content, other.content];
  const start = mine.findDiffStart(theirs);
  if (start === null) return EQUAL;
  const shared = start + mine.size - (mine.findDiffEnd(theirs)?.a ?? mine.size);
  return (1 + Math.min(shared, mine.size, theirs.size)) / (1 + Math.max(mine.size, theirs.size));
}

/** @param {Node} node */
const childrenOf = (node) => Array.from({ length: node.childCount }, (_, i) => node.child(i));
