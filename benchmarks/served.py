"""The real portal with the bare view, as the benchmarks serve it."""

import os
from dataclasses import dataclass
from pathlib import Path

from tests.portal import Portal


@dataclass
class Served(Portal):
    """A portal with the bare view, on SQLite or the given database."""

    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        database = {"DATABASE_URL": self.database} if self.database else {}
        return super().environment | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"} | database

    def run(self, code: str) -> str:
        """Run Python inside the portal and return the last line that it printed."""
        return super().run(code).strip().rpartition("\n")[2]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    @property
    def memory(self) -> float:
        """The memory of all processes of the server in MB, with shared pages counted once."""
        return sum(figure(pid, "smaps_rollup", "Pss:") for pid in self.pids) / 1024

    @property
    def peak(self) -> float:
        """The peak memory of the largest process since `forget_peak`, in MB."""
        return max(figure(pid, "status", "VmHWM:") for pid in self.pids) / 1024

    def forget_peak(self) -> None:
        for pid in self.pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    @property
    def pids(self) -> list[int]:
        group = os.getpgid(self.process.pid)
        return [pid for pid in processes() if os.getpgid(pid) == group]


def processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def figure(pid: int, file: str, name: str) -> int:
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
