// Finds the words in which two versions of one paragraph differ: a cursor between two changes of a colleague stays there.

/**
 * @typedef {import("../../django_prose_editor/editor.js").Node} Node
 * @typedef {import("../../django_prose_editor/editor.js").Slice} Slice
 * @typedef {{ from: number, to: number, slice: Slice }} Difference A range of the old text, and what comes in its place.
 * @typedef {{ key: string, from: number, to: number }} Token A word, a gap or another inline node.
 */

const LARGEST = 40_000; // pairs of words to compare; what differs in a longer passage is replaced as a whole

/**
 * Return the ranges of a block that differ from another version, in order, counted from where its content starts.
 * @param {Node} node
 * @param {Node} other
 * @returns {Difference[]}
 */
export function wordDifferences(node, other) {
  const start = node.content.findDiffStart(other.content) ?? 0;
  const end = node.content.findDiffEnd(other.content) ?? { a: node.content.size, b: other.content.size };
  const overlap = Math.max(0, start - Math.min(end.a, end.b)); // "aa" in place of "a": both ends match it
  const whole = { from: start, to: end.a + overlap };
  const wholeThere = { from: start, to: end.b + overlap };
  const [before, after] = [tokensOf(node, whole), tokensOf(other, wholeThere)];
  /** @type {Difference[]} */
  const found = [];
  let [at, there] = [whole.from, wholeThere.from];
  for (const [i, j] of [...equalTokens(before, after), [before.length, after.length]]) {
    const [to, until] = [before[i]?.from ?? whole.to, after[j]?.from ?? wholeThere.to];
    if (to > at || until > there) found.push({ from: at, to, slice: other.slice(there, until) });
    [at, there] = [before[i]?.to ?? to, after[j]?.to ?? until];
  }
  return found;
}

/**
 * Return the words and gaps of a block in a range; other inline nodes, such as line breaks, are tokens as well.
 * @param {Node} node
 * @param {{ from: number, to: number }} range
 * @returns {Token[]}
 */
function tokensOf(node, { from, to }) {
  /** @type {Token[]} */
  const tokens = [];
  node.content.nodesBetween(from, to, (child, at) => {
    const [start, stop] = [Math.max(from, at), Math.min(to, at + child.nodeSize)];
    const marks = child.marks.map((mark) => JSON.stringify(mark.toJSON())).join();
    const text = child.isText ? (child.text ?? "").slice(start - at, stop - at) : "";
    if (child.isText && !text) return false; // the range is empty: something is only added there
    const pieces = text ? (text.match(/\s+|\S+/g) ?? []) : [child.type.name];
    let place = start;
    for (const piece of pieces) {
      const size = text ? piece.length : child.nodeSize;
      tokens.push({ key: `${child.isText}${marks}${piece}`, from: place, to: place + size });
      place += size;
    }
    return false;
  });
  return tokens;
}

/**
 * Return a longest common subsequence as pairs of indexes; none where comparing would take long.
 * @param {Token[]} before
 * @param {Token[]} after
 */
function equalTokens(before, after) {
  if (before.length * after.length > LARGEST) return [];
  const best = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const isEqual = before[i].key === after[j].key;
      best[i][j] = isEqual ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i].key === after[j].key) pairs.push([i++, j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}
