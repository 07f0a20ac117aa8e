"""A private PostgreSQL with durable commits that lines on standard input stop, start or restart without a checkpoint.

It is a process of its own, so that the server and its folder are removed even if the fault runs are killed.
"""

import signal
import subprocess
import sys
import time

from tests.postgres import Server, Unavailable, candidates


class Restartable(Server):
    def obey(self, order: str) -> None:
        """Do what the line says: "stop", "start", or "restart"."""
        if order != "start":
            self.fall()
        if order == "restart":
            time.sleep(0.3)
        if order != "stop":
            self.rise()

    def fall(self) -> None:
        """Stop without a checkpoint, so that committed rows have to come from the journal."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def rise(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, "-c", "listen_addresses="],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self.options,
            )
        self.wait()


def serve() -> int:
    for programs in candidates():
        server = Restartable(programs, durable=True)
        try:
            server.start()
        except Unavailable:
            server.stop()
            continue
        try:
            print(server.url, flush=True)
            for line in sys.stdin:
                server.obey(line.strip())
                print("done", flush=True)
            return 0
        finally:
            server.stop()
    return 1


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    sys.exit(serve())
