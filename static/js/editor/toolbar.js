// The buttons above a text, there while somebody writes in it. One stop for Tab, arrows between the buttons,
// Alt+F10 from the text to them and Escape back.

const ITEM = "listItem";

const COMMANDS = {
  bold: { run: (chain) => chain.toggleBold(), isOn: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), isOn: (editor) => editor.isActive("italic") },
  bullets: { run: (chain) => chain.toggleBulletList(), isOn: (editor) => innerList(editor) === "bulletList" },
  numbers: { run: (chain) => chain.toggleOrderedList(), isOn: (editor) => innerList(editor) === "orderedList" },
  indent: { run: (chain) => chain.sinkListItem(ITEM), can: (editor) => editor.can().sinkListItem(ITEM) },
  outdent: { run: (chain) => chain.liftListItem(ITEM), can: (editor) => editor.can().liftListItem(ITEM) },
  link: { isOn: (editor) => editor.isActive("link") },
  undo: { run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },
};

function innerList(editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { name } = $from.node(depth).type;
    if (name.endsWith("List")) return name;
  }
  return "";
}

const unsettled = new Set();
let pressed = null; // what the pointer went down on
let pointerIsDown = false;

/** Buttons that come and go move the page. Not during a click, or it would land beside its mark. */
function settleSoon(toolbar) {
  unsettled.add(toolbar);
  if (!pointerIsDown) setTimeout(settle);
}

function settle() {
  const anchor = pressed?.isConnected ? pressed : document.activeElement;
  const before = anchor.getBoundingClientRect().top;
  for (const toolbar of unsettled) toolbar.showWhileWriting();
  unsettled.clear();
  pressed = null;
  // What was clicked on stays under the pointer.
  if (anchor.checkVisibility()) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
}

addEventListener("pointerdown", (event) => {
  pressed = event.target;
  pointerIsDown = true;
}, true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    pointerIsDown = false;
    if (unsettled.size) setTimeout(settle);
  }, true);
}

export class Toolbar {
  constructor(bar, editor, linkPanel) {
    Object.assign(this, { bar, editor, linkPanel });
    this.box = bar.parentElement;
    this.buttons = [...bar.querySelectorAll("button")];
    this.stopAt(this.buttons[0]);
    bar.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    bar.addEventListener("click", (event) => this.press(event.target.closest("button")));
    bar.addEventListener("keydown", (event) => this.key(event));
    const gone = new AbortController();
    for (const type of ["focusin", "focusout"]) {
      this.box.addEventListener(type, () => settleSoon(this), gone);
    }
    editor.on("transaction", () => this.refresh());
    editor.on("destroy", () => gone.abort());
  }

  showWhileWriting() {
    if (!document.hasFocus()) return; // another window is in front; this one will come back as it was
    const active = this.box.contains(document.activeElement);
    if (active === this.box.classList.contains("active")) return;
    this.box.classList.toggle("active", active);
    this.bar.hidden = !active;
    if (!active) this.linkPanel.panel.close();
    this.refresh();
  }

  refresh() {
    if (this.bar.hidden) return;
    for (const button of this.buttons) {
      const { isOn, can } = COMMANDS[button.dataset.command];
      if (isOn) button.setAttribute("aria-pressed", isOn(this.editor));
      if (can) button.setAttribute("aria-disabled", !can(this.editor));
    }
  }

  press(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    this.stopAt(button);
    const { run } = COMMANDS[button.dataset.command];
    if (run) run(this.editor.chain()).run();
    else this.linkPanel.open(this.editor);
  }

  key(event) {
    const here = this.buttons.indexOf(document.activeElement);
    const { length } = this.buttons;
    const next = { ArrowRight: (here + 1) % length, ArrowLeft: (here + length - 1) % length, Home: 0, End: length - 1 };
    if (event.key === "Escape") this.editor.view.focus();
    else if (event.key in next) this.focus(this.buttons[next[event.key]]);
    else return;
    event.preventDefault();
  }

  focus(button = this.buttons.find((one) => one.tabIndex === 0)) {
    this.stopAt(button);
    button.focus();
  }

  stopAt(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }
}
