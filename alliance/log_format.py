"""What the server logs, and where: settings.LOGGING."""

# Every line has its time and the id of its request, which the error pages show. The audit trail is lines of JSON alone.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "reports.request_id.AddRequestId"}},
    "formatters": {
        "line": {
            "()": "reports.request_id.LineFormatter",
            "format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s",
        },
        "audit": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
        "audit": {"class": "logging.StreamHandler", "formatter": "audit"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would print each line a second time, without time and id.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "audit": {"handlers": ["audit"], "level": "INFO", "propagate": False},
    },
}
