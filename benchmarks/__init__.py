"""The benchmarks of `make bench`. Each module `bench_*.py` has a `run()` that prints ratios measured in one run."""
