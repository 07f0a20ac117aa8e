from django.apps import AppConfig
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def make_cache_table(using: str, **kwargs: object) -> None:
    """Create the cache's table, which `migrate` leaves out; without it the first attempt to sign in would fail."""
    call_command("createcachetable", database=using, verbosity=0)


def create_triggers(using: str, **kwargs: object) -> None:
    """Recreate the triggers that guard rows: on SQLite a migration that rebuilds a table drops them."""
    # Models cannot be imported before the apps are ready.
    from reports.models import append_only, fixed_columns, one_side, web_role

    for module in (append_only, fixed_columns, one_side):
        module.create_triggers(connections[using])
    web_role.grant_again(connections[using])


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from reports import after_response, audit_signals  # noqa: F401 (after_response connects its signal)

        audit_signals.connect()
        post_migrate.connect(make_cache_table, sender=self)
        post_migrate.connect(create_triggers, sender=self)
        from reports.signing_in import receivers  # models cannot be imported before the apps are ready

        receivers.connect()
