"""Whose seal counts, and what becomes of a record whose stored file or row was forged."""

import contextlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from reports.models import AuditEvent, Record, Step
from reports.rules import records, seals, workflow
from reports.writers import pdf_seal
from reports.writers.pdf_seal_check import Standing
from tests import keys
from tests.database import create_triggers, drop_triggers, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(report, written, cast):
    def walk():
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
        workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
        workflow.take_step(report, Step.PUBLISH, by=cast.administrator)
        return Record.objects.get()

    return walk


@pytest.fixture
def record(publish):
    return publish()


@pytest.fixture
def unsealed(record):
    content = seals.path_of(record).read_bytes()
    end = content.index(b"%%EOF") + len(b"%%EOF\n")
    return content[:end]


def sealed_by(tmp_path, pdf, *names, **options):
    """Return the PDF with a seal of another key, and that key with its certificate."""
    made = keys.make_key(tmp_path / "other.p12", *names, **options)
    return pdf_seal.seal(pdf, tmp_path / "other.p12", ""), made


def forge(record, content):
    """Put another file in a record's place, and its hashes into the row, as the database's owner can."""
    seals.path_of(record).write_bytes(content)
    end = content.index(b"%%EOF") + len(b"%%EOF\n")
    drop_triggers()
    fields = {"sha256": records.sha256(content), "unsealed_sha256": records.sha256(content[:end])}
    manifest = json.dumps(json.loads(record.manifest) | fields)
    Record.objects.filter(pk=record.pk).update(size=len(content), manifest=manifest, **fields)
    create_triggers()
    return Record.objects.get()


def said_by(command, *arguments, capsys):
    try:
        call_command(command, *arguments)
    except CommandError as error:
        captured = capsys.readouterr()
        return 1, captured.out + captured.err + str(error)
    return 0, capsys.readouterr().out


@contextlib.contextmanager
def put_back(path):
    """Undo the damage to a file and what the block changes in the database."""
    content = path.read_bytes()
    with undone():
        yield
    if path.is_dir():
        path.rmdir()
    path.write_bytes(content)


def test_only_a_known_seal_is_whole(record, unsealed, tmp_path, demo_key):
    """One published record serves all seals, because it takes half a second to make."""
    content = seals.path_of(record).read_bytes()
    the_portals_own_seal_is_whole_and_names_its_signer(content)
    another_key_of_the_same_name_is_unknown(unsealed, tmp_path)
    a_pinned_fingerprint_counts_and_replaces_the_own_key(content, unsealed, tmp_path)
    a_seal_below_a_pinned_root_counts(unsealed, tmp_path)
    a_demonstration_is_never_whole(unsealed, demo_key)
    a_second_seal_of_a_stranger_spoils_the_first(content, tmp_path)


def the_portals_own_seal_is_whole_and_names_its_signer(content):
    seal = seals.examine(content)
    assert (seal.standing, seal.signer) == (Standing.WHOLE, "Secretariat of the Alliance, Global Alliance")


def another_key_of_the_same_name_is_unknown(unsealed, tmp_path):
    forged, _made = sealed_by(tmp_path, unsealed)
    seal = seals.examine(forged)
    assert (seal.standing, seal.signer) == (Standing.UNKNOWN, "Secretariat of the Alliance, Global Alliance")


def a_pinned_fingerprint_counts_and_replaces_the_own_key(content, unsealed, tmp_path):
    sealed, (_key, certificate) = sealed_by(tmp_path, unsealed)
    with override_settings(SEAL_SIGNERS=[keys.fingerprint(certificate)]):
        assert seals.examine(sealed).standing == Standing.WHOLE
        assert seals.examine(content).standing == Standing.UNKNOWN


def a_seal_below_a_pinned_root_counts(unsealed, tmp_path):
    """It counts if its certificate was valid when it was made."""
    root, stranger = keys.make_root(), keys.make_root()
    (tmp_path / "roots.pem").write_bytes(keys.pem(root[1]))
    with override_settings(SEAL_ROOTS=str(tmp_path / "roots.pem")):
        sealed, _made = sealed_by(tmp_path, unsealed, "Seal 2031", "Ministry", issuer=root)
        seal = seals.examine(sealed)
        assert (seal.standing, seal.signer) == (Standing.WHOLE, "Seal 2031, Ministry")
        forged, _made = sealed_by(tmp_path, unsealed, "Seal 2031", "Ministry", issuer=stranger)
        assert seals.examine(forged).standing == Standing.UNKNOWN
        expired, _made = sealed_by(tmp_path, unsealed, "Seal", "Ministry", issuer=root, days=(-20, -10))
        assert seals.examine(expired).standing == Standing.UNKNOWN


def a_second_seal_of_a_stranger_spoils_the_first(content, tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_seal, "FIELD", "Second")
        twice, _made = sealed_by(tmp_path, content)
    assert seals.examine(twice).standing in (Standing.BROKEN, Standing.UNKNOWN)


def a_demonstration_is_never_whole(unsealed, demo_key):
    with override_settings(SEAL_FILE=demo_key):
        seal = seals.examine(pdf_seal.seal(unsealed, demo_key, ""))
    assert (seal.standing, seal.is_pinned) == (Standing.DEMONSTRATION, True)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF\n" * 50, b"\x00" * 5000])
def test_what_is_no_pdf_has_no_whole_seal(db, content):
    assert seals.examine(content).standing in (Standing.NONE, Standing.BROKEN)


def test_only_the_published_file_is_a_record(record, unsealed, tmp_path, client, capsys):
    the_page_and_the_command_name_the_signer(record, client, capsys)
    with put_back(seals.path_of(record)):
        a_forged_record_is_doubtful_everywhere(record, unsealed, tmp_path, client, capsys)
    with put_back(seals.path_of(record)):
        a_row_whose_file_never_was_is_doubtful(record)
    with put_back(seals.path_of(record)):
        another_hash_of_the_unsealed_file_is_doubtful(record)
    the_page_and_the_command_name_the_signer(record, client, capsys)


def a_forged_record_is_doubtful_everywhere(record, unsealed, tmp_path, client, capsys):
    forged = forge(record, sealed_by(tmp_path, unsealed.replace(b"2014", b"2015", 1))[0])
    assert records.verify(forged.sha256).kind == "doubtful"
    assert records.verify(forged.unsealed_sha256).kind == "doubtful"
    for address in ("/verify/?sha256={}", "/verify/{}/"):
        page = client.get(address.format(forged.sha256)).content.decode()
        assert "that cannot be confirmed" in page
        assert "This is the published record" not in page
    status, said = said_by("verify", str(seals.path_of(forged)), capsys=capsys)
    assert (status, "whom this portal does not know" in said, "published record," in said) == (1, True, False)
    status, said = said_by("verify_log", capsys=capsys)
    assert (status, "the seal of the record is unknown" in said) == (1, True)


def a_row_whose_file_never_was_is_doubtful(record):
    seals.path_of(record).unlink()
    assert records.verify(record.sha256).kind == "doubtful"


def another_hash_of_the_unsealed_file_is_doubtful(record):
    drop_triggers()
    Record.objects.update(unsealed_sha256="1" * 64)
    create_triggers()
    assert records.verify("1" * 64).kind == "doubtful"


def the_page_and_the_command_name_the_signer(record, client, capsys):
    page = client.get(f"/verify/?sha256={record.sha256}").content.decode()
    assert "This is the published record." in page
    assert "Secretariat of the Alliance, Global Alliance" in page
    said = said_by("verify", str(seals.path_of(record)), capsys=capsys)[1]
    assert "Its seal is whole, of Secretariat of the Alliance, Global Alliance" in said


def test_a_demonstration_record_is_said_to_be_one(publish, demo_key, settings, client, capsys):
    settings.SEAL_FILE = demo_key
    record = publish()
    page = client.get(f"/verify/?sha256={record.sha256}").content.decode()
    assert "published as a demonstration" in page
    said = said_by("verify", str(seals.path_of(record)), capsys=capsys)[1]
    assert "demonstration, which anybody can make" in said
    assert "whole" not in said
    assert said_by("verify_log", capsys=capsys)[0] == 0


def swap(record):
    content = bytearray(seals.path_of(record).read_bytes())
    content[2000] ^= 1
    seals.path_of(record).write_bytes(content)


DAMAGE = {
    "swapped": swap,
    "missing": lambda record: seals.path_of(record).unlink(),
    "longer": lambda record: seals.path_of(record).write_bytes(seals.path_of(record).read_bytes() + b"\n"),
    "a folder": lambda record: (seals.path_of(record).unlink(), seals.path_of(record).mkdir()),
}


def test_a_damaged_file_is_found_refused_and_recorded(record, client, cast, capsys):
    client.force_login(cast.reviewer)
    for name, damage in DAMAGE.items():
        with put_back(seals.path_of(record)):
            damage(record)
            verify_log_finds_a_damaged_file(name, capsys)
            for address in ("/reports/BE/2014/submissions/1.pdf", "/desk/2014/archive.zip"):
                with undone():
                    a_damaged_file_is_refused_and_recorded(name, address, record, client, cast)
        assert said_by("verify_log", capsys=capsys)[0] == 0, name


def verify_log_finds_a_damaged_file(damage, capsys):
    status, said = said_by("verify_log", capsys=capsys)
    assert status == 1, damage
    assert "The stored PDF of Belgium 2014, submission 1, is not the one that was published" in said, damage


def a_damaged_file_is_refused_and_recorded(damage, address, record, client, cast):
    answer = client.get(address)
    assert answer.status_code == 409, (damage, address)
    assert "is not the one that was published" in answer.content.decode()
    row = AuditEvent.objects.get(event="file_refused")
    assert (row.person, row.submission, row.request) == (cast.reviewer, record.submission, answer["X-Request-ID"])
    assert row.request in answer.content.decode()
