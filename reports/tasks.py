"""What is done in the background: by a worker (`manage.py db_worker`), or at once where none runs."""

from django_tasks import task

from reports.rules import renderings


@task()
def make_pdf(key: str) -> None:
    renderings.make(key)
