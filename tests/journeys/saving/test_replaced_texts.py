"""Another version comes into an editor while somebody writes there: it shows, and the cursor stays in its paragraph."""

import os

from tests.journeys.saving.pages import share_tiptap

EXAMPLES = int(os.environ.get("EXAMPLES", "150"))
# Random versions of one text, and the cursor in one of its paragraphs, which is known again by its words.
REPLACE = r"""async ([first, examples]) => {
  const {replaceText} = await import("/static/js/editor/replace_text.js");
  const {editor} = document.querySelector("#section-2-1-a textarea");
  let state;
  const random = () => {  // mulberry32
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound) => Math.floor(random() * bound);
  const one = (choices) => choices[below(choices.length)];
  let words = 0;
  const word = () => random() < 0.3 ? one(["text", "the", "listItem", "a"]) : `w${words++}`;
  const several = (least, most, make) => Array.from({length: least + below(most - least + 1)}, make);
  const marked = (text) => one([text, text, text, `<strong>${text}</strong>`, `<em>${text}</em>`,
    `<a href="https://example.org/${below(3)}">${text}</a>`, `${text}<br>${word()}`]);
  const paragraph = () => ({tag: "p", words: several(1, 6, word).map(marked)});
  const nested = (depth) => (depth < 2 && random() < 0.25 ? [list(depth + 1)] : []);
  const item = (depth) => ({tag: "li", inside: [paragraph(), ...nested(depth)]});
  const list = (depth) => ({tag: one(["ul", "ol"]), inside: several(1, 4, () => item(depth))});
  const cell = () => ({tag: "td", inside: [paragraph(), ...(random() < 0.2 ? [list(1)] : [])]});
  const row = ({inside: cells}) => ({tag: "tr", inside: cells.map(cell)});
  const table = () => {
    const first = row({inside: several(1, 3, cell)});
    return {tag: "table", inside: [{tag: "tbody", inside: [first, ...several(0, 2, () => row(first))]}]};
  };
  const block = () => one([paragraph, paragraph, () => list(0), table])();
  const content = (node) => (node.words ? node.words.join(" ") : node.inside.map(html).join(""));
  const html = (node) => `<${node.tag}>${content(node)}</${node.tag}>`;
  const changed = (nodes, fresh, rate) => nodes.flatMap((node) => {
    const chance = random();
    if (chance < rate / 3 && nodes.length > 1 && fresh) return [];
    if (chance < rate * 2 / 3 && fresh) return random() < 0.5 ? [node, fresh(node)] : [fresh(node), node];
    if (node.words) return [random() < rate ? {...node, words: edited(node.words)} : node];
    const inner = {ul: () => item(2), ol: () => item(2), tbody: row}[node.tag];
    const inside = changed(node.inside, inner, rate);
    return inside.length ? [{...node, inside}] : [];
  });
  const edited = (pieces) => {
    const copy = [...pieces];
    const fresh = () => several(0, 3, word).map(marked);
    for (const _time of several(1, 3)) copy.splice(below(copy.length + 1), below(3), ...fresh());
    return copy.length ? copy : [word()];
  };
  const textblocks = () => {
    const found = [];
    editor.state.doc.descendants((node, at) => { if (node.isTextblock && node.content.size) found.push([node, at]); });
    return found;
  };
  const troubles = [];
  for (let seed = first; seed < first + examples; seed += 1) {
    state = seed;
    words = 0;
    const before = several(1, 6, block);
    const after = changed(before, block, one([0.1, 0.3, 0.6]));
    const [old, wanted] = [before, after].map((blocks) => blocks.map(html).join(""));
    editor.commands.setContent(wanted);
    const target = editor.state.doc;
    editor.commands.setContent(old);
    const [node, at] = one(textblocks());
    const offset = below(node.content.size + 1);
    editor.commands.setTextSelection(at + 1 + offset);
    const atEnd = offset === node.content.size;
    const typed = random() < 0.4 && atEnd ? " " : "";
    if (typed) editor.view.dispatch(editor.state.tr.insertText(typed));
    const stays = [];
    target.descendants((other) => { if (other.isTextblock && other.eq(node)) stays.push(other); });
    const twins = textblocks().filter(([other]) => other.textContent.trim() === node.textContent.trim());
    try {
      replaceText(editor, wanted);
    } catch (error) {
      troubles.push(`${seed} ${error}: ${old} became ${wanted}`);
      continue;
    }
    const {doc, selection: {$from}} = editor.state;
    const saved = typed ? editor.state.tr.delete($from.pos - 1, $from.pos).doc : doc;
    if (!doc.eq(target) && !saved.eq(target)) troubles.push(`${seed} is another text: ${doc} and not ${target}`);
    if (!/w\d/.test(node.textContent) || stays.length !== 1 || twins.length !== 1) continue;
    const place = $from.parent.textContent;
    if (place.trim() !== node.textContent.trim() || $from.parentOffset !== offset + typed.length) {
      const cursor = `${seed} cursor of "${node.textContent}" ${offset} is in "${place}" ${$from.parentOffset}`;
      troubles.push(`${cursor}: ${old} became ${wanted}`);
    }
  }
  return troubles;
}"""


def test_random_versions_show_and_leave_the_cursor_where_it_is(server, anke):
    share_tiptap(anke)
    assert anke.evaluate(REPLACE, [0, EXAMPLES]) == []
