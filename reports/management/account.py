"""What an import did with each line of a file, for a terminal and as JSON."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from reports.document.problem import Problem
from reports.rules.imports import Imported


def as_text(result: Imported) -> str:
    """Return the numbers of lines of each kind, then a line for each section, loose line and notice."""
    outcome = result.outcome
    kinds = Counter(line.kind for line in outcome.lines)
    form = f"{outcome.document.country.code} {outcome.document.form.year}"
    unit = "line" if outcome.unit == "line" else "paragraph"
    out = [f"{form}: {len({line.number for line in outcome.lines})} {unit}s, format {outcome.format}"]
    out.append("  " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    for section in outcome.document.sections():
        languages = ", ".join(dict.fromkeys(contribution.language for contribution in section.contributions))
        out.append(f"  {section.code:<14} {section.state:<8} {result.sections.get(section.code, ''):<9} {languages}")
    for line in outcome.unplaced():
        page = f"page {line.page}, " if line.page else ""
        out.append(f"  {page}{unit} {line.number}, {line.kind}, near {line.near or 'the start'}: {line.text.strip()}")
    for notice in outcome.notices:
        out.append(
            f"  note{' ' + notice.section if notice.section else ''}: {Problem(notice.message, **notice.params)}"
        )
    if result.left:
        out.append(
            f"  Left as they were, because they have another text: {', '.join(result.left)} (--replace replaces)"
        )
    out.append("  Nothing was saved (--dry-run)." if result.dry_run else "  Saved.")
    return "\n".join(out)


def as_json(result: Imported) -> dict[str, Any]:
    return {
        "document": result.outcome.document.as_dict(),
        "format": result.outcome.format,
        "unit": result.outcome.unit,
        "lines": [asdict(line) for line in result.outcome.lines],
        "notices": [asdict(notice) for notice in result.outcome.notices],
        "sections": result.sections,
        "left": result.left,
        "saved": not result.dry_run,
    }
