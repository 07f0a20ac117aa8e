"""The steps of setting up. Standard library only, but for `prepare`, which runs inside .venv."""
