"""What has arrived of the texts that the browser keeps: answers, comments, questions (static/js/saving/kept_boxes.js).

The page's script sends an id with each of them. The session has the ids of the last ones that were taken, and the next
pages tell the browser: only then does it delete its copy. So nothing is lost if a form is refused or its answer is.
"""

from django.http import HttpRequest

ARRIVED = "arrived"
MOST = 30  # of one session; the pages stay small
LONGEST_ID = 40


def note_arrival(request: HttpRequest, *fields: str) -> None:
    """Note that what was typed in these fields of the posted form has been taken."""
    ids = [request.POST.get(f"kept-{field}", "") for field in fields]
    new = [one for one in ids if one and len(one) <= LONGEST_ID and one.replace("-", "").isalnum()]
    if new:
        request.session[ARRIVED] = [*request.session.get(ARRIVED, []), *new][-MOST:]


def arrived(request: HttpRequest) -> str:
    """Return the ids of what arrived in this session, separated by blanks."""
    return " ".join(request.session.get(ARRIVED, []))
