"""A user's computer: a Chromium with its own profile, which can be killed and restarted."""

import contextlib
import os
import re
import signal
import time
from pathlib import Path

from playwright.sync_api import Error, Playwright

from tests.browser import FLAGS, program

ANSWERS = re.compile(r"/(save|now|token)/(\?|$)")


class Computer:
    def __init__(self, playwright: Playwright, folder: Path, url: str) -> None:
        self.playwright, self.folder, self.url = playwright, folder, url
        self.is_offline = False
        self.treat = None  # handles the requests of the pages: a function of the route
        self.errors: list[str] = []
        self.asked = 0  # how often a page asked before it was left
        self.start()

    def start(self) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=program(),
            headless=True,
            args=FLAGS,
            base_url=self.url,
            locale="en-GB",
            timezone_id="Europe/Brussels",
        )
        self.context.set_default_timeout(10_000)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.context.on("dialog", self.stay)
        if self.is_offline:
            self.context.set_offline(True)
        if self.treat:
            self.context.route(ANSWERS, self.treat)

    def stay(self, dialog) -> None:
        """Stay on the page when it asks."""
        self.asked += 1
        with contextlib.suppress(Error):
            dialog.dismiss()

    def cut(self, is_offline: bool) -> None:
        self.is_offline = is_offline
        with contextlib.suppress(Error):
            self.context.set_offline(is_offline)

    def disturb(self, treat) -> None:
        """Pass the requests of the pages through `treat`, or through nothing if it is None."""
        self.treat = treat
        with contextlib.suppress(Error):
            self.context.unroute_all(behavior="ignoreErrors")
            if treat:
                self.context.route(ANSWERS, treat)

    def process(self) -> int:
        """Return the id of the browser's main process, found by its profile."""
        wanted = f"--user-data-dir={self.folder}".encode()
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = file.read_bytes().split(b"\0")
                if wanted in words and not any(word.startswith(b"--type=") for word in words):
                    return int(file.parent.name)
        raise RuntimeError("The browser is not running.")

    def kill(self) -> float:
        """Kill the browser and return the moment before."""
        process = self.process()
        moment = time.monotonic()
        os.killpg(os.getpgid(process), signal.SIGKILL)  # Debian's headless shell is started by a shell script
        with contextlib.suppress(Error):
            self.context.close()
        return moment

    def restart(self) -> None:
        for file in self.folder.glob("Singleton*"):
            file.unlink(missing_ok=True)
        self.start()

    def close(self) -> None:
        with contextlib.suppress(Error):
            self.context.close()
