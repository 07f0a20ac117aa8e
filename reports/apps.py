from django.apps import AppConfig
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_cache_table(using: str, **kwargs: object) -> None:
    """`migrate` alone makes every table, the cache's too; that of sign-in attempts is there before the first."""
    call_command("createcachetable", database=using, verbosity=0)


def create_triggers(using: str, **kwargs: object) -> None:
    """A migration that rebuilds a table on SQLite drops its triggers silently: they are laid again after each."""
    from reports.models import append_only

    append_only.create_triggers(connections[using])


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        post_migrate.connect(make_cache_table, sender=self)
        post_migrate.connect(create_triggers, sender=self)
