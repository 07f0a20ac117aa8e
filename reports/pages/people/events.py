"""The security events, for the administrator: filtered by person, event and day, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from reports.models import AuditEvent, Event, User
from reports.models.people import one_line

ROWS = 50  # on one page
MAX_PAGE = 200  # older events are found with the filters
MAX_PEOPLE = 100  # whom a search may mean
MAX_TYPED = 100  # characters


@dataclass(frozen=True)
class Filters:
    """What is searched for; a value that makes no sense is left out, except that `day` keeps what was typed."""

    person: str = ""
    event: str = ""
    day: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        event, page = query.get("event", ""), query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        return cls(
            person=one_line(query.get("person", "").replace("\x00", ""))[:MAX_TYPED],
            event=event if event in Event.values else "",
            day=query.get("day", "").strip()[:MAX_TYPED],
            page=min(max(number, 1), MAX_PAGE),
        )

    @property
    def date(self) -> date | None:
        """The day; None without one, or for what is no date."""
        try:
            found = parse_date(self.day)
        except ValueError:  # such as the 31st of February
            return None
        return found if found and 1900 < found.year < 3000 else None

    def address(self, page: int) -> str:
        values = {"person": self.person, "event": self.event, "day": self.day, "page": str(page)}
        return "?" + urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class EventsPage:
    """`newer` and `older` are the addresses of the neighbouring pages, "" without one."""

    filters: Filters
    events: list[AuditEvent]
    kinds: list[tuple[str, str]]
    newer: str
    older: str
    wrong_day: bool


def events_page(query: Mapping[str, str]) -> EventsPage:
    """Return the page of events that the query asks for. Three queries at most, however many events there are."""
    filters = Filters.read(query)
    wrong_day = bool(filters.day) and filters.date is None
    first = (filters.page - 1) * ROWS
    # One row more than is shown says whether there is an older page; counting them all would read the whole table.
    rows = [] if wrong_day else list(matching(filters)[first : first + ROWS + 1])
    return EventsPage(
        filters=filters,
        events=rows[:ROWS],
        kinds=[(str(value), str(label)) for value, label in Event.choices],
        newer=filters.address(filters.page - 1) if filters.page > 1 else "",
        older=filters.address(filters.page + 1) if len(rows) > ROWS and filters.page < MAX_PAGE else "",
        wrong_day=wrong_day,
    )


def matching(filters: Filters) -> QuerySet[AuditEvent]:
    rows = AuditEvent.objects.select_related(
        "person", "about", "country", "report__form", "report__country", "submission"
    ).defer("submission__document", "submission__states")
    if filters.event:
        rows = rows.filter(event=filters.event)
    if filters.date:
        midnight = timezone.make_aware(datetime.combine(filters.date, time()))
        rows = rows.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1))
    if filters.person:
        named = User.objects.filter(Q(name__icontains=filters.person) | Q(email__icontains=filters.person))
        found = list(named.order_by("pk").values_list("pk", flat=True)[:MAX_PEOPLE])
        rows = rows.filter(Q(person__in=found) | Q(about__in=found))
    return rows
