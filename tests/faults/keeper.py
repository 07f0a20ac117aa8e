"""A private PostgreSQL that keeps what it acknowledged, and can be struck down: a line on its input restarts it.

A process of its own, so that the server goes with its folder even when the fault runs are killed.
"""

import signal
import subprocess
import sys
import time

from tests.postgres import Server, Unavailable, candidates


class Restartable(Server):
    def restart(self) -> None:
        """Without a checkpoint: what was promised has to come back from the journal."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        time.sleep(0.3)
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
            for _line in sys.stdin:
                server.restart()
                print("restarted", flush=True)
            return 0
        finally:
            server.stop()
    return 1


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    sys.exit(serve())
