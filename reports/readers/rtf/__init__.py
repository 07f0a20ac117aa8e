"""Read an RTF file into a flow: one pass over its control words, without recursion."""

import re
from dataclasses import dataclass, field, replace

from reports.document.problem import Problem, gettext_noop
from reports.readers.draft import TOO_DEEP, Style
from reports.readers.flow import Flow
from reports.readers.package import DAMAGED, TOO_LARGE
from reports.readers.rtf.paragraphs import Paragraphs, Story
from reports.readers.rtf.words import (
    CODE_PAGES,
    MARKS,
    NO_TEXT,
    OPENED,
    PAGE_FIELDS,
    RAISED,
    ROW_WORDS,
    SIGNS,
    STORIES,
    SYMBOLS,
    TABLES,
    TOKEN,
    UNCOUNTED,
    Tables,
    To,
    address_in,
    known_encoding,
    language_of,
    text_in,
)

DEEPEST_GROUP = 500
_MOST_TOKENS = 1_000_000  # words, braces and pieces of text: a form of Word has some 30,000
_MOST_INSTRUCTIONS = 200  # pieces of a field's instruction
_LONGEST_MARK = 40
_WITHIN_CHARACTERS = (b"u", b"uc")  # a character above U+FFFF is two \\u

NO_RTF = gettext_noop("This is not an RTF file. Save the report anew as .rtf or .docx, and upload that file.")


@dataclass
class _State:
    """What a group inherits from the one around it, and may change."""

    story: Story
    to: To = "text"
    style: Style = field(default_factory=Style)
    hidden: bool = False
    deleted: bool = False
    repeats: int = 1  # how many characters after \u repeat it for old programs
    font: int = 0
    instruction: list[str] | None = None  # of the field that is open
    in_contents: bool = False
    in_nested_row: bool = False


def flow_of(data: bytes) -> Flow:
    """Return the flow of an RTF file. Raise Problem if it cannot be read."""
    if not data[:100].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise Problem(NO_RTF)
    reader = _Reader()
    reader.read(data)
    return reader.flow


class _Reader:
    def __init__(self) -> None:
        self.flow = Flow("rtf", "paragraph")
        self._words = Tables()
        self._paragraphs = Paragraphs(self.flow, self._words)
        self._state = _State(self._paragraphs.body)
        self._stack: list[_State] = []
        self._bytes = bytearray()  # text that is not decoded yet, in the encoding of its font
        self._units = bytearray()  # or in UTF-16
        self._skip = 0  # how many characters still repeat a \\u
        self._notes = 0
        self._reference = ""  # number of the note that comes next

    def read(self, data: bytes) -> None:
        at, starred, tokens = data.index(b"{"), False, 0
        while at < len(data) and (found := TOKEN.match(data, at)):
            at = found.end() + self._token(found, starred)
            starred = found["sign"] == b"*"
            tokens += 1
            if tokens > _MOST_TOKENS:
                raise Problem(TOO_LARGE)
            if not self._stack:
                break
        if self._stack:
            raise Problem(DAMAGED)  # its end is missing
        self._paragraphs.finish(self._paragraphs.body)

    def _token(self, found: re.Match[bytes], starred: bool) -> int:
        """Take in a token. Return how many bytes after it are no text."""
        if code := found["code"]:
            self._add(bytes([int(code, 16)]))
        elif text := found["text"]:
            self._add(text)
        elif word := found["word"]:
            if word not in _WITHIN_CHARACTERS or self._bytes:
                self._flush()
            number = int(found["number"]) if found["number"] else None
            self._word(word.decode(), number, starred)
            return max(0, number or 0) if word == b"bin" else 0
        elif sign := found["sign"]:
            self._sign(sign)
        elif brace := found["brace"]:
            self._brace(brace)
        return 0

    # Text

    def _add(self, text: bytes) -> None:
        repeated = min(self._skip, len(text))
        self._skip -= repeated
        if self._units and len(text) > repeated:
            self._flush()
        self._bytes += text[repeated:]

    def _flush(self) -> None:
        """Decode what has come, and add it where it belongs."""
        if self._bytes:
            encoding = self._words.fonts.get(self._state.font, self._words.page)
            text, self._bytes = text_in(bytes(self._bytes), encoding), bytearray()
            self._say(text)
        elif self._units:
            text, self._units = self._units.decode("utf-16-le", "replace"), bytearray()
            self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.to == "mark":
            state.story.mark = (state.story.mark + text)[:_LONGEST_MARK]
        elif state.to == "instruction" and state.instruction is not None:
            if len(state.instruction) < _MOST_INSTRUCTIONS:
                state.instruction.append(text)
        elif state.to == "text":
            draft = self._paragraphs.open(state.story, in_contents=state.in_contents)
            if state.story.trims:
                text = text.lstrip(" \t")
                state.story.trims = not text
            draft.put(text, state.style)

    def _sign(self, sign: bytes) -> None:
        self._flush()
        if sign in b"\r\n":
            self._word("par", None, False)
        elif sign in SYMBOLS:
            self._say(SYMBOLS[sign])

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip = 0
        if brace == b"{":
            self._stack.append(self._state)
            self._state = replace(self._state)
            if len(self._stack) > DEEPEST_GROUP:
                raise Problem(TOO_DEEP)
            return
        inner, self._state = self._state.story, self._stack.pop()
        if inner is not self._state.story:
            self._paragraphs.finish(inner)
            self._paragraphs.put_into(self._state.story, inner)

    # Control words

    def _word(self, word: str, number: int | None, starred: bool) -> None:
        state = self._state
        if self._leaves_out(word, starred):
            return
        if word in CODE_PAGES:
            self._words.page = CODE_PAGES[word]
        elif word in TABLES:
            state.to = TABLES[word]
        elif state.to in TABLES:
            self._words.read(state.to, word, number or 0)
        elif word in STORIES:
            self._begin_story(word)
        elif handler := getattr(self, f"on_{word}", None):
            handler(number)
        else:
            self._character_or_paragraph_word(word, number)

    def _character_or_paragraph_word(self, word: str, number: int | None) -> None:
        state = self._state
        if word in SIGNS:
            self._say(SIGNS[word])
        elif word in MARKS:
            self._mark(MARKS[word], number != 0)
        elif word in RAISED:
            state.style = replace(state.style, raised=RAISED[word] if number != 0 else "")
        elif state.to != "text":
            pass  # the mark of a list has a \\pard of its own
        elif word in ROW_WORDS:
            self._paragraphs.define_row(state.story, word, number or 0, nested=state.in_nested_row)
        elif not (state.deleted and word == "par"):  # else the next paragraph goes on with this one
            self._paragraphs.word(state.story, word, number or 0)

    def _leaves_out(self, word: str, starred: bool) -> bool:
        """Return whether a word is of no use here, or begins a group that is no text."""
        state = self._state
        if state.to == "uncounted":
            return True
        if word in ("pict", "object", "moMath"):
            self.flow.left_out["picture" if word == "pict" else "object"] += 1
            state.to = "nothing"
        elif word in UNCOUNTED:
            state.to = "uncounted"
        elif word in NO_TEXT or (starred and word not in OPENED):
            state.to = "nothing"
        return state.to in ("nothing", "uncounted")

    def _begin_story(self, word: str) -> None:
        state = self._state
        story = Story(STORIES[word] or state.story.kind)
        if word == "footnote":
            story.note, self._reference = self._reference, ""
        self._state = _State(story, repeats=state.repeats, font=state.font)

    def _mark(self, name: str, is_on: bool) -> None:
        state = self._state
        match name:
            case "strong":
                state.style = replace(state.style, strong=is_on)
            case "em":
                state.style = replace(state.style, em=is_on)
            case "struck":
                state.style = replace(state.style, struck=is_on)
            case _:
                setattr(state, name, is_on)
                state.style = replace(state.style, hidden=state.hidden or state.deleted)

    def on_u(self, number: int | None) -> None:
        if number is not None:
            self._units += (number % 65536).to_bytes(2, "little")
            self._skip = self._state.repeats

    def on_uc(self, number: int | None) -> None:
        self._state.repeats = max(0, min(number or 0, 10))

    def on_f(self, number: int | None) -> None:
        self._state.font = number or 0

    def on_page(self, number: int | None) -> None:
        """Let a break of page or column within a paragraph part its words."""
        if self._state.story.draft and self._state.story.draft.last:
            self._say("\n")

    on_column = on_page

    def on_plain(self, number: int | None) -> None:
        state = self._state
        state.hidden = state.deleted = False
        state.style = Style(href=state.style.href)

    def on_lang(self, number: int | None) -> None:
        self._state.style = replace(self._state.style, language=language_of(number or 0))

    def on_ansicpg(self, number: int | None) -> None:
        self._words.page = known_encoding(number or 0, self._words.page)

    def on_listtext(self, number: int | None) -> None:
        self._state.to, self._state.story.mark = "mark", ""

    on_pntext = on_listtext

    def on_field(self, number: int | None) -> None:
        self._state.instruction = []

    def on_fldinst(self, number: int | None) -> None:
        self._state.to = "instruction"

    def on_fldrslt(self, number: int | None) -> None:
        """Read what a field shows, unless it is a number of a page."""
        state = self._state
        instruction = "".join(state.instruction or [])
        name = instruction.split()[0].upper() if instruction.split() else ""
        if href := address_in(instruction):
            state.style = replace(state.style, href=href)
        elif name in PAGE_FIELDS:
            state.to = "nothing"
        state.in_contents = state.in_contents or name == "TOC"

    def on_chftn(self, number: int | None) -> None:
        """Put the number of the note that follows. In the note itself it is there already."""
        state = self._state
        if state.story.kind != "footnote" and state.to == "text":
            self._notes += 1
            self._reference = str(self._notes)
            state.style = replace(state.style, raised="sup")
            self._say(self._reference)

    def on_nesttableprops(self, number: int | None) -> None:
        self._state.in_nested_row = True
