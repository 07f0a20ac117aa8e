// The types that several scripts share. Only the type checker reads this file (jsconfig.json); no page loads it.

// Saving: what the page and the server exchange.

/** Which text: `contribution` is null for the empty box of a section, `language` is "" for the original text. */
interface TextAddress {
  section: string;
  contribution: number | null;
  language: string;
  row?: TextRow;
}

/** A row of a translation: its place in the original of this revision. Without it, the text is a whole one. */
interface TextRow {
  place: number;
  original: number;
}

/** What the empty box of a section asks for besides its text. */
interface TextMetadata {
  passage_language: string;
  authority: string;
}

type How = "typed" | "pasted";

/** One save. It keeps its id when it is repeated, so that the server stores it once. */
interface Attempt extends TextAddress, Partial<TextRow>, TextMetadata {
  id: string;
  base: number; // the revision that the text grew from
  from_sent: boolean; // it grew from what was sent as `base`, not from what the server merged into it
  html: string;
  how: How;
}

/** Where a text belongs, so that any page can send it. */
interface TextPlace {
  place: string;
  url: string;
  save_url: string;
  report: string;
  name?: string; // of the box, where the section and the language do not say which one it is
}

/** An unsent text as the browser's store keeps it. `conflict`: the text combines the two versions of that conflict. */
interface UnsentRecord extends TextAddress, TextPlace, Partial<TextMetadata> {
  base: number;
  seen?: number;
  from_sent?: boolean;
  attempt?: Attempt | null;
  html: string;
  how: How;
  at: number;
  conflict?: number;
}

/**
 * What somebody types into a box whose form a button sends: kept until the server says that it arrived. `sent`: the
 * text as it was sent last, under this id.
 */
interface KeptRecord {
  box: string;
  name: string;
  place: string;
  url: string;
  base: string; // what the box contained when the page came
  text: string;
  fields?: Record<string, string>; // what the page's script filled in beside the box, such as a comment's passage
  at: number;
  sent: { id: string; text: string } | null;
}

/** A kept record as it is read from the store. */
interface StoredKeptRecord extends KeptRecord {
  key: string;
  tab: string;
}

/** What a status line shows: a text that is saved while it is typed, a field, or a kept box. */
interface LineSource extends EventTarget {
  readonly isField?: boolean; // a field is never kept on this computer
  readonly state: string;
  readonly savedAt: string;
  readonly wasRecovered: boolean;
  readonly wasJoined?: boolean;
  readonly refusal: { message?: string } | null;
  readonly localCopy: { readonly isStored: boolean };
  readonly box: { readonly recoveredMessage: string; readonly hasFocus: boolean };
}

/** A record as it is read from the store. */
interface StoredRecord extends UnsentRecord {
  key: string;
  tab: string;
}

/** A paragraph that two people changed at the same time. The versions with marks are HTML for display only. */
interface Conflict {
  id: number;
  contribution: number;
  language: string;
  place?: number; // of its row in a translation
  base: string;
  mine: string;
  theirs: string;
  mine_by: string;
  theirs_by: string;
  number: number; // of the revision that has the conflict
  time: string;
  mine_marked: string;
  theirs_marked: string;
  combined: string; // a proposal with both changes
}

/** A text as the server has it now. */
interface CurrentText {
  contribution: number;
  language: string;
  place?: number;
  row?: RowNews;
  number: number;
  html: string;
  machine?: boolean; // of a translation: whether it has a machine's draft that no person has read
}

/** What stands around the box of a row of a translation, as HTML by the name of the part. */
interface RowNews {
  state: string;
  isLeft: boolean;
  words: string;
  parts: Record<string, string>;
}

interface SavedAnswer {
  outcome: "saved" | "unchanged";
  contribution: number;
  number: number;
  html: string;
  merged: boolean;
  joined?: boolean; // it has what the same person wrote in another window
  unwrapped?: boolean; // real addresses took the place of those that a mail program had put into links
  time: string;
  conflicts: Conflict[];
  row?: RowNews;
}

/**
 * The server refuses this text, or changes to this report. `message` says why; a proxy in between gives none. `row`: the
 * row of a translation, with a colleague's words that are there.
 */
interface RefusedAnswer {
  outcome: "refused" | "closed";
  message?: string;
  row?: RowNews;
}

/** "offline": no answer came. "trouble": an answer came that is not the portal's. */
interface FailedAnswer {
  outcome: "offline" | "trouble" | "signed-out" | "other-user" | "second-factor";
}

type SaveAnswer = SavedAnswer | RefusedAnswer | FailedAnswer;

/** The answer to the page's regular question about what others did. */
interface UpdatesAnswer {
  texts: CurrentText[];
  writing: { contribution: number; who: string }[];
  conflicts: Conflict[];
  changed?: number[]; // the contributions whose original is another one than the page of a translation shows
  /** `code` is that of a section in which a colleague has said something, else "". */
  comments: (CommentAsShown & { newest: number; code: string })[];
}

/** A comment as HTML, the id of its section, and the number of open comments about that. */
interface CommentAsShown {
  html: string;
  section: string;
  open: number;
}

/** "second-factor": the role of this person needs one, and the account has none yet. */
type Session = "open" | "signed-out" | "other-user" | "second-factor";

/** Where a saver reads and shows its text: an editor on the page, or nothing. */
interface TextBox {
  readonly html: string;
  readonly hasFocus: boolean;
  readonly recoveredMessage: string;
  show(html: string): boolean;
  metadata(): TextMetadata;
  restoreMetadata(metadata: Partial<TextMetadata>): void;
}

// What the scripts add to the page's elements and events.

interface EditorChange {
  html: string;
  byUser: boolean;
  pasted: boolean;
}

interface HTMLTextAreaElement {
  editor?: import("../django_prose_editor/editor.js").Editor | null;
  openedHtml?: string; // what the editor opened with
  writtenValue?: string; // the value that the editor wrote last
  wasRefilled?: boolean; // the browser put back what was typed before the page was left
  saver?: import("./saving/saver.js").Saver;
}

interface DocumentEventMap {
  "editor:mount": CustomEvent<null>;
  "editor:change": CustomEvent<EditorChange>;
  "editor:refill": CustomEvent<null>;
  "editor:unwrapped": CustomEvent<null>;
  "editor:comment": CustomEvent<null>;
  "box:unanswered": CustomEvent<null>; // a form was sent by the page's script, and the portal did not answer
  "box:recovered": CustomEvent<Record<string, string>>; // with what was filled in beside the box
  "comments:news": CustomEvent<UpdatesAnswer["comments"]>;
  "box:added": CustomEvent<null>; // a box that is to be kept came onto the page
}

interface HTMLElementEventMap {
  "editor:unwrapped": CustomEvent<null>;
  "editor:change": CustomEvent<EditorChange>;
}

// Interfaces of the browser that the oldest supported checker (TypeScript 4.8) does not know.

interface Array<T> {
  findLast(predicate: (value: T) => boolean): T | undefined;
}

interface Element {
  checkVisibility(): boolean;
}

declare class Highlight {
  constructor(...ranges: Range[]);
}

declare namespace CSS {
  const highlights: Map<string, Highlight> | undefined;
}

// Tiptap and ProseMirror, as far as the editor uses them.

declare module "*/django_prose_editor/editor.js" {
  type Commands = any; // Tiptap builds them from the extensions
  type Extension = any;

  interface Fragment {
    readonly size: number;
    readonly firstChild: Node | null;
    findDiffStart(other: Fragment): number | null;
    findDiffEnd(other: Fragment): { a: number; b: number } | null;
    nodesBetween(from: number, to: number, each: (node: Node, at: number) => boolean): void;
  }

  interface Slice {
    readonly content: Fragment;
    readonly size: number;
  }

  interface Node {
    readonly type: { name: string; schema: any };
    readonly content: Fragment;
    readonly nodeSize: number;
    readonly childCount: number;
    readonly textContent: string;
    readonly isBlock: boolean;
    readonly isText: boolean;
    readonly text?: string;
    descendants(callback: (node: Node, position: number) => void): void;
    readonly isTextblock: boolean;
    readonly isText: boolean;
    readonly text?: string;
    readonly marks: readonly { toJSON(): unknown }[];
    child(index: number): Node;
    cut(from: number, to?: number): Node;
    eq(other: Node): boolean;
    sameMarkup(other: Node): boolean;
    slice(from: number, to?: number): Slice;
    resolve(position: number): Position;
    canReplace(from: number, to: number, replacement: Fragment): boolean;
  }

  /** A resolved position: where in the tree of blocks it is. */
  interface Position {
    readonly pos: number;
    readonly depth: number;
    readonly parent: Node;
    readonly parentOffset: number;
    node(depth: number): Node;
    index(): number;
    before(depth: number): number;
    after(depth: number): number;
  }

  interface Selection {
    readonly empty: boolean;
    readonly from: number;
    readonly to: number;
    readonly $from: Position;
  }

  interface Mapping {
    map(position: number, side?: number): number;
    slice(from: number): Mapping;
  }

  interface Transaction {
    readonly doc: Node;
    readonly docChanged: boolean;
    readonly steps: unknown[];
    readonly mapping: Mapping;
    delete(from: number, to: number): Transaction;
    insert(position: number, content: Fragment): Transaction;
    insertText(text: string): Transaction;
    replace(from: number, to: number, slice: Slice): Transaction;
    replaceWith(from: number, to: number, content: Fragment): Transaction;
    setSelection(selection: Selection): Transaction;
    setMeta(name: string, value: unknown): Transaction;
    getMeta(name: string): any;
  }

  interface State {
    readonly doc: Node;
    readonly schema: { nodes: Record<string, unknown> };
    readonly selection: Selection;
    readonly tr: Transaction;
  }

  interface View {
    readonly dom: HTMLElement;
    readonly state: State;
    readonly composing: boolean;
    focus(): void;
    domAtPos(position: number, side?: number): { node: globalThis.Node; offset: number };
    dispatch(transaction: Transaction): void;
    pasteText(text: string): void;
  }

  export class Editor {
    constructor(options: Record<string, unknown>);
    readonly state: State;
    readonly view: View;
    readonly commands: Commands;
    chain(): Commands;
    can(): Commands;
    getHTML(): string;
    getText(): string;
    getAttributes(mark: string): Record<string, string | undefined>;
    isActive(name: string): boolean;
    on(event: string, callback: (options: { transaction: Transaction }) => void): void;
    destroy(): void;
  }

  export const pm: {
    model: {
      DOMParser: { fromSchema(schema: unknown): { parse(dom: HTMLElement): Node; parseSlice(dom: HTMLElement, options: object): Slice } };
      DOMSerializer: { fromSchema(schema: unknown): { serializeFragment(content: Fragment): DocumentFragment } };
      Fragment: { from(nodes: Node[]): Fragment };
      Slice: new (content: Fragment, openStart: number, openEnd: number) => Slice;
    };
    history: { closeHistory(transaction: Transaction): Transaction };
    state: { Selection: { near(position: Position, bias: number): Selection } };
  };
  export const wrappingInputRule: (options: { find: RegExp; type: unknown }) => unknown;
  export const Bold: Extension;
  export const BulletList: Extension;
  export const Document: Extension;
  export const Dropcursor: Extension;
  export const Gapcursor: Extension;
  export const HardBreak: Extension;
  export const Italic: Extension;
  export const Link: Extension;
  export const ListItem: Extension;
  export const OrderedList: Extension;
  export const Paragraph: Extension;
  export const Subscript: Extension;
  export const Superscript: Extension;
  export const Table: Extension;
  export const TableCell: Extension;
  export const TableHeader: Extension;
  export const TableRow: Extension;
  export const Text: Extension;
  export const UndoRedo: Extension;
}
