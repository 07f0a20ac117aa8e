"""Paths of background tasks under which calls may already be queued.

A task lives beside the rule that it runs. The database keeps a queued call by the path of its task, so a path that was
used once must go on working.
"""

from reports.rules.renderings import make_pdf

__all__ = ["make_pdf"]
