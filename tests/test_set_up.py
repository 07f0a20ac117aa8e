"""Set-up on a computer where something is missing or in the way."""

import ast
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest

from alliance import set_up
from alliance.steps import commands, debian, ground, packages, portal, prepare
from tests.postgres import Unavailable, running

PROJECT = Path(__file__).resolve().parent.parent
Version = namedtuple("Version", "major minor micro")


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "alliance/set_up.py", *arguments]
    return subprocess.run(command, cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, text=True)


def test_a_taken_port_is_named_with_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = start("run", PORT=str(port))
    assert ran.returncode == 1
    assert f"Port {port} is taken" in ran.stderr
    assert "PORT=" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("port", ["0", "eight", "70000", "²"])
def test_an_invalid_port_is_refused(port):
    ran = start("run", PORT=port)
    assert ran.returncode == 1
    assert ran.stderr.startswith("PORT must be a number from 1 to 65535")


def test_an_old_python_is_told_which_one_to_use(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 2))
    monkeypatch.setattr(set_up, "starts", lambda name: name == "python3.12")
    assert set_up.main(["run"]) == 1
    said = capsys.readouterr().err
    assert "Python 3.11 or newer is needed; this one is 3.9." in said
    assert "python3.12 alliance/set_up.py run" in said


def test_an_old_python_can_read_the_script_at_all():
    ast.parse((PROJECT / "alliance" / "set_up.py").read_text(), feature_version=(3, 4))


def test_a_folder_without_write_access_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert commands.main(["setup"]) == 1
    assert f"{PROJECT} cannot be written to by this user" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "This user may not write here")]
)
def test_errors_of_the_system_become_sentences(monkeypatch, capsys, number, sentence):
    def refuse(arguments):
        raise OSError(number, "…", "/somewhere")

    monkeypatch.setitem(commands.COMMANDS, "setup", refuse)
    assert commands.main(["setup"]) == 1
    assert capsys.readouterr().err.startswith(f"{sentence} (/somewhere)")


def test_a_nearly_full_disk_is_reported_before_installing(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(free=20_000_000))
    with pytest.raises(ground.Stop, match=r"20 MB are free .* about 350 MB are needed"):
        ground.check_disk(350)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("WARNING: Retrying … NewConnectionError: Temporary failure in name resolution", "cannot be reached"),
        ("error: Failed to fetch … dns error: failed to lookup address", "cannot be reached"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "differs from the one"),
        ("Something nobody foresaw", "could not be installed. The last lines say why:\n    Something nobody"),
    ],
)
def test_errors_of_the_installer_become_sentences(said, sentence):
    with pytest.raises(ground.Stop) as stop:
        packages.give_up(said, "The packages could not be installed.")
    assert sentence in str(stop.value)


@pytest.mark.parametrize(
    ("compiled_with", "has_venv", "is_systems"),
    [("--enable-shared", True, True), ("--enable-shared", False, False), ("--enable-optimizations", True, False)],
)
def test_a_slow_python_is_replaced_by_the_systems(monkeypatch, tmp_path, compiled_with, has_venv, is_systems):
    of_system = tmp_path / "python"
    of_system.write_text(f"#!/bin/sh\nexit {0 if has_venv else 1}\n")
    of_system.chmod(0o755)
    monkeypatch.setattr(packages, "OF_SYSTEM", str(of_system))
    monkeypatch.setattr(packages.sys, "executable", "/home/anke/python")
    monkeypatch.setattr(packages.sysconfig, "get_config_var", lambda name: compiled_with)
    assert packages.interpreter() == (str(of_system) if is_systems else "/home/anke/python")


def test_this_python_makes_the_environment_if_the_systems_fails(monkeypatch, tmp_path):
    for name, commands_of_it in (("system", 'test "$1" = -c'), ("this", f"touch {tmp_path}/made")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{commands_of_it}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(packages, "OF_SYSTEM", str(tmp_path / "system"))
    monkeypatch.setattr(packages.sys, "executable", str(tmp_path / "this"))
    monkeypatch.setattr(packages.sysconfig, "get_config_var", lambda name: "--enable-shared")
    packages.make_environment()
    assert (tmp_path / "made").exists()


def test_a_missing_library_is_named_and_set_up_goes_on(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian, "TO_RUN", (debian.library("libx-1", "libnowhere.so.9", debian.NO_PDF),))
    debian.install_what_is_missing(tests=False, venv=False)
    said = capsys.readouterr().out
    assert "PDF files cannot be made, because libx-1 is missing and only an administrator can install it" in said
    assert "apt-get install libx-1" in said


def test_set_up_stops_without_python3_venv(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian, "can_make_environments", lambda: False)
    with pytest.raises(ground.Stop, match="apt-get install python3-venv"):
        debian.install_what_is_missing(tests=False, venv=True)


def test_an_unknown_package_does_not_keep_the_others_out(monkeypatch, tmp_path):
    installed = tmp_path / "installed"
    apt = tmp_path / "apt-get"
    apt.write_text(
        f"""#!/bin/sh
case "$*" in
*nowhere*) echo "E: Unable to locate package nowhere" >&2; exit 100;;
*install*) echo "$*" >> {installed};;
esac
"""
    )
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "Unable to locate package nowhere" in debian.apt_install(["gettext", "nowhere"])
    assert installed.read_text().split()[-2:] == ["install", "gettext"]


def test_the_secret_key_is_made_once_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setattr(portal, "SECRET_KEY", tmp_path / "key")
    portal.write_secret_key()
    first = (tmp_path / "key").read_text()
    portal.write_secret_key()
    assert (tmp_path / "key").read_text() == first
    assert len(first) > 60
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_catalogues_are_compiled_when_they_are_newer(monkeypatch, tmp_path):
    folder = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n')
    monkeypatch.setattr(prepare, "PROJECT", tmp_path)
    prepare.compile_catalogues()
    first = (folder / "django.mo").stat().st_mtime_ns
    prepare.compile_catalogues()
    assert (folder / "django.mo").stat().st_mtime_ns == first
    os.utime(folder / "django.po", (time.time() + 5, time.time() + 5))
    prepare.compile_catalogues()
    assert (folder / "django.mo").stat().st_mtime_ns > first
    assert [path.name for path in sorted(folder.iterdir())] == ["django.mo", "django.po"]


def test_two_set_ups_of_one_folder_wait_for_each_other(tmp_path):
    first = start_locked(tmp_path / "lock")
    assert first.stdout.readline() == "locked\n"
    second = start_locked(tmp_path / "lock")
    assert "Another set-up is running in this folder" in second.stdout.readline()
    first.communicate("")
    assert second.stdout.readline() == "locked\n"
    second.communicate("")


def start_locked(lock):
    """Start a program that takes the lock of a set-up and keeps it until its input closes."""
    code = (
        "import sys; from pathlib import Path; from alliance.steps import ground; ground.LOCK = Path(sys.argv[1])\n"
        "with ground.one_at_a_time(): print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, lock]
    return subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_the_private_postgresql_ends_with_its_owner():
    code = (
        "import time; from tests.postgres import running\nwith running() as url: print(url, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    url = owner.stdout.readline().strip()
    if not url:
        pytest.skip(reason_for_no_postgres())
    folder = Path(url.removeprefix("postgres://portal@/").removesuffix("/postgres"))
    assert folder.is_dir()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + 120
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()


def reason_for_no_postgres() -> str:
    try:
        with running():
            return "PostgreSQL started at the second try only"
    except Unavailable as reason:
        return str(reason)
