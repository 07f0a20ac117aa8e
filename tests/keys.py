"""Keys that seal, for tests: of any name, signed by themselves or by a root."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

SECRETARIAT = ("Secretariat of the Alliance", "Global Alliance")


def make_key(file, common_name=SECRETARIAT[0], organisation=SECRETARIAT[1], *, issuer=None, days=(0, 1000)):
    """Write a PKCS#12 file; return the key and the certificate. `issuer` is such a pair, of a root."""
    key = rsa.generate_private_key(65537, 2048)
    certificate = certify(key, common_name, organisation, issuer=issuer, days=days)
    content = pkcs12.serialize_key_and_certificates(
        b"seal", key, certificate, [issuer[1]] if issuer else None, serialization.NoEncryption()
    )
    file.write_bytes(content)
    return key, certificate


def make_root(common_name="Root of a ministry"):
    key = rsa.generate_private_key(65537, 2048)
    return key, certify(key, common_name, "Ministry", is_root=True)


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def fingerprint(certificate):
    """Return it as openssl prints it: in capitals, with colons."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def certify(key, common_name, organisation, *, issuer=None, is_root=False, days=(0, 1000)):
    now = datetime.datetime.now(datetime.UTC)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )
    usage = x509.KeyUsage(not is_root, not is_root, False, False, False, is_root, is_root, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[1].subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0], minutes=-5))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(is_root, None), True)
        .add_extension(usage, True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )
    signing = issuer[0] if issuer else key
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    return builder.add_extension(authority, False).sign(signing, hashes.SHA256())
