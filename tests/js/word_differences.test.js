// @ts-nocheck The paragraph is a double with what the comparison asks of it.
// The ranges of a paragraph that differ from another version: they never leave the paragraph.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordDifferences } from "../../static/js/editor/word_differences.js";

/** A paragraph with one text, as far as the comparison asks it. */
function paragraph(text) {
  const child = { isText: true, text, nodeSize: text.length, marks: [], type: { name: "text" } };
  const content = {
    size: text.length,
    findDiffStart: (other) => firstDifference(text, other.text),
    findDiffEnd: (other) => lastDifference(text, other.text),
    nodesBetween: (from, to, each) => (0 < to && text.length > from ? each(child, 0) : undefined),
    text,
  };
  return {
    content,
    slice(from, to) {
      assert.ok(from >= 0 && to <= text.length, `Position ${to} out of range`);
      return text.slice(from, to);
    },
  };
}

function firstDifference(one, other) {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) if (one[at] !== other[at]) return at;
  return null;
}

function lastDifference(one, other) {
  let [a, b] = [one.length, other.length];
  while (a && b && one[a - 1] === other[b - 1]) [a, b] = [a - 1, b - 1];
  return { a, b };
}

for (const [before, after] of [
  ["The law applies.", "The new law applies."],
  ["The new law applies.", "The law applies."],
  ["The law applies since May in all courts.", "The new law applies since June in all higher courts."],
  ["a", "aa"],
]) {
  test(`${before} becomes ${after}`, () => {
    let text = before;
    for (const { from, to, slice } of wordDifferences(paragraph(before), paragraph(after)).reverse()) {
      assert.ok(to <= before.length);
      text = text.slice(0, from) + slice + text.slice(to);
    }
    assert.equal(text, after);
  });
}
