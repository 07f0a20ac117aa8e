"""Run all benchmarks, or the named ones: `make bench ARGS="saving merge"`."""

import importlib
import sys
from pathlib import Path


def main(wanted: list[str]) -> int:
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    if not chosen:
        known = ", ".join(name.removeprefix("bench_") for name in names) or "none yet"
        print(f"No such benchmark. There are: {known}")
        return 1
    for name in chosen:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n{name.removeprefix('bench_')}: {(module.__doc__ or '').strip()}", flush=True)
        module.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
