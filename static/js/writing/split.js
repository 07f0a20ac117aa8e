// "Split at the cursor": cuts the text of an editor in two, and lets the page's form send both parts.
import { pm } from "../../django_prose_editor/editor.js";
import { findAll } from "../dom.js";

/**
 * Return the HTML of a text before and after its cursor.
 * @param {import("../../django_prose_editor/editor.js").Editor} editor
 * @returns {[string, string]}
 */
function cut({ state }) {
  const { doc, schema, selection } = state;
  const serializer = pm.model.DOMSerializer.fromSchema(schema);
  /** @param {import("../../django_prose_editor/editor.js").Node} part */
  const html = (part) => {
    const element = document.createElement("div");
    element.append(serializer.serializeFragment(part.content));
    return element.innerHTML;
  };
  return [html(doc.cut(0, selection.from)), html(doc.cut(selection.from))];
}

/**
 * Show the button of a text that has an editor; pressed, it adds both parts to the form.
 * @param {HTMLTextAreaElement} textarea
 */
export function offerSplit(textarea) {
  const [button] = findAll(textarea.closest(".contribution") ?? textarea, "[name=split]", HTMLButtonElement);
  if (!button?.hidden || textarea.closest(".translations")) return;
  button.hidden = false;
  button.form?.addEventListener("formdata", ({ formData }) => {
    const { editor, saver } = textarea;
    if (formData.get("split") !== button.value || !editor || !saver) return;
    const [first, second] = cut(editor);
    formData.set("split-first", first);
    formData.set("split-second", second);
    // Without what a colleague wrote meanwhile, the text must not be cut: the server refuses a base that is not its newest.
    formData.set("split-base", String(saver.fromSent ? 0 : saver.base));
  });
}
