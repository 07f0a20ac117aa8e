"""Fault runs: a seeded robot writes in a real browser while network, sessions, tabs, browser, server and database fail.

`python -m tests.faults N=20 SEED=0` (`make fault-runs N=20`). ledger.py defines what counts as typed and as lost.
"""
