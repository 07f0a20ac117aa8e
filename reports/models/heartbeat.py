"""When each service beside the server, and each daily task, last did its work."""

from django.db import models


class Heartbeat(models.Model):
    """`name` is that of a worker or a task (rules/workers.py). A beat that is old shows that nothing works there."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
