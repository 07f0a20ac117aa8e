"""The steps of the set-up. They use only the standard library, except `prepare`, which runs in .venv."""
