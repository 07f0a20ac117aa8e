// The small panel in which a link gets its address.

const USABLE = /^(https?:\/\/[^/?#\s]|mailto:\S)/i;

export const isLinkAddress = (address) => USABLE.test(address);

/** The address that was meant, or "" if it cannot be one. */
export function linkAddress(typed) {
  let address = typed.trim();
  if (/^www\./i.test(address)) address = `https://${address}`;
  else if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) address = `mailto:${address}`;
  return isLinkAddress(address) && !/\s/.test(address) && URL.canParse(address) ? address : "";
}

export class LinkPanel {
  constructor(panel, id) {
    this.panel = panel;
    this.field = panel.querySelector("input");
    this.error = panel.querySelector("[role=alert]");
    this.field.id = `${id}-address`;
    this.error.id = `${id}-address-error`;
    panel.querySelector("label").htmlFor = this.field.id;
    panel.addEventListener("keydown", (event) => this.key(event));
    panel.addEventListener("click", (event) => this[event.target.closest("[data-link]")?.dataset.link]?.());
  }

  open(editor) {
    this.editor = editor;
    const address = editor.getAttributes("link").href ?? "";
    this.field.value = address;
    this.refuse(false);
    this.panel.querySelector("[data-link=remove]").hidden = !address;
    this.panel.show();
    this.field.focus();
    this.field.select();
    return true;
  }

  key(event) {
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && event.target === this.field) this.save();
    else return;
    event.preventDefault(); // Enter would send the page's form
    event.stopPropagation();
  }

  save() {
    const href = linkAddress(this.field.value);
    if (!href) {
      this.refuse(true);
      return;
    }
    const { editor } = this;
    const link = { type: "link", attrs: { href } };
    if (editor.isActive("link")) editor.chain().extendMarkRange("link").setLink({ href }).run();
    else if (!editor.state.selection.empty) editor.chain().setLink({ href }).run();
    else editor.chain().insertContent({ type: "text", text: this.field.value.trim(), marks: [link] }).run();
    this.cancel();
  }

  remove() {
    this.editor.chain().extendMarkRange("link").unsetLink().run();
    this.cancel();
  }

  cancel() {
    this.panel.close();
    this.editor.view.focus();
  }

  refuse(wrong) {
    this.error.hidden = !wrong;
    if (wrong) {
      this.field.setAttribute("aria-invalid", "true");
      this.field.setAttribute("aria-describedby", this.error.id);
      this.field.focus();
    } else {
      this.field.removeAttribute("aria-invalid");
      this.field.removeAttribute("aria-describedby");
    }
    this.field.classList.toggle("is-invalid", wrong);
  }
}
