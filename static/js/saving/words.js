// What two versions of a paragraph have in common, word by word.
const TOKEN = /<[^>]*>|&[^;\s]+;|\s+|[\p{L}\p{M}\p{N}]+|[^]/gu;
const LARGEST = 4_000_000; // comparisons; beyond that the versions are shown as they are

const tokens = (html) => html.match(TOKEN) ?? [];
const isTag = (token) => token.startsWith("<");

/** The places of equal words, as pairs; null if that would take too long. */
function pairs(before, after) {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > LARGEST) return null;
  const width = columns + 1;
  const length = new Uint16Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      length[i * width + j] = before[i] === after[j]
        ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (before[i] === after[j]) found.push([i++, j++]);
    else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/** `version` as HTML with what is new since `base` in ins and what is gone in del. */
export function marked(base, version) {
  const [before, after] = [tokens(base), tokens(version)];
  const same = pairs(before, after);
  if (!same) return version;
  let html = "";
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...same, [before.length, after.length]]) {
    html += wrapped("del", before.slice(i, nextI).filter((token) => !isTag(token)));
    html += wrapped("ins", after.slice(j, nextJ));
    html += after[nextJ] ?? "";
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return html;
}

/** The words inside an element, the tags between them outside of it. */
function wrapped(name, words) {
  let html = "";
  let text = "";
  const close = () => {
    const [, before, inner, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
    html += inner ? `${before}<${name}>${inner}</${name}>${after}` : text;
    text = "";
  };
  for (const word of words) {
    if (isTag(word)) {
      close();
      html += word;
    } else {
      text += word;
    }
  }
  close();
  return html;
}

/** A first proposal that has both changes in it; where both changed the same words, one after the other. */
export function combined(base, mine, theirs) {
  if (!mine || !theirs) return mine || theirs;
  const [start, ours, others] = [tokens(base), tokens(mine), tokens(theirs)];
  const [inOurs, inOthers] = [new Map(pairs(start, ours)), new Map(pairs(start, others))];
  let html = "";
  let [i, j, k] = [0, 0, 0];
  for (let next = 0; next <= start.length; next += 1) {
    const isEnd = next === start.length;
    if (!isEnd && !(inOurs.has(next) && inOthers.has(next))) continue;
    const [nextJ, nextK] = isEnd ? [ours.length, others.length] : [inOurs.get(next), inOthers.get(next)];
    html += chosen(start.slice(i, next).join(""), ours.slice(j, nextJ).join(""), others.slice(k, nextK).join(""));
    html += start[next] ?? "";
    [i, j, k] = [next + 1, nextJ + 1, nextK + 1];
  }
  return html;
}

function chosen(base, mine, theirs) {
  if (mine === base || mine === theirs) return theirs;
  if (theirs === base) return mine;
  return [mine, theirs].filter(Boolean).join(" ");
}
