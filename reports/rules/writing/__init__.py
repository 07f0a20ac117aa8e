"""The one door for writing: every verb that changes what a report says.

A verb takes who writes (`by`), locks the report, checks the right itself (rules/permissions.py), and leaves a row that
says who did what and when: a Revision for a text, a SectionLog entry for everything else.
"""

from reports.rules.writing.fields import FieldSave, save_field
from reports.rules.writing.home import Brought, TextHome, bring_home
from reports.rules.writing.in_hand import join, split, take_over
from reports.rules.writing.machine_drafts import Drafted, draft_by_machine
from reports.rules.writing.save import Save, save
from reports.rules.writing.sections import move, remove, restore, set_authority, set_language, set_nothing
from reports.rules.writing.texts import (
    Saved,
    add_contribution,
    restore_version,
    save_text,
    settle_conflict,
)
from reports.rules.writing.translations import Shown, confirm_row, dismiss, save_row, want_row

__all__ = [
    "Brought",
    "Drafted",
    "FieldSave",
    "Save",
    "Saved",
    "Shown",
    "TextHome",
    "add_contribution",
    "bring_home",
    "confirm_row",
    "dismiss",
    "draft_by_machine",
    "join",
    "move",
    "remove",
    "restore",
    "restore_version",
    "save",
    "save_field",
    "save_row",
    "save_text",
    "set_authority",
    "set_language",
    "set_nothing",
    "settle_conflict",
    "split",
    "take_over",
    "want_row",
]
