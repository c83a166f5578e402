"""The authority: a certificate authority of one data folder, that can speak for the home network only."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from weaklink.web.home.addresses import HOME, Address

AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 90  # browsers refuse more than 397
RENEWED_BEFORE = datetime.timedelta(days=30)
CLOCK_SKEW = datetime.timedelta(days=1)  # a phone's clock may be behind ours
NAMES = ("local", "localhost")
# When this was written. A clock that says less is wrong, as that of a small computer at boot (1970).
NO_EARLIER = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
# One that begins so much later than now was made by a clock that was ahead; if less, our clock is behind.
FAR_AHEAD = datetime.timedelta(days=365)


class Signed(NamedTuple):
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_authority(machine: str, now: datetime.datetime) -> Signed:
    """A new authority. By a critical name constraint nobody has to believe it about any name but local ones.

    So whoever steals its key cannot pretend to be a bank, on any device that trusts it.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "weaklink"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"weaklink at home ({machine})"[:64]),
        ]
    )
    certificate = (
        _begun(name, name, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(_at_home_only(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Signed(certificate, key)


def issue(
    authority: Signed, names: Sequence[str], addresses: Sequence[Address], now: datetime.datetime
) -> Signed:
    """A server's certificate for these names and addresses, with a key of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "weaklink")])
    said = [*(x509.DNSName(name) for name in names), *(x509.IPAddress(address) for address in addresses)]
    signer = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    certificate = (
        _begun(subject, authority.certificate.subject, key, now, CERTIFICATE_DAYS)
        .add_extension(x509.SubjectAlternativeName(said), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signer), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    return Signed(certificate, key)


def is_whole(certificate: x509.Certificate) -> bool:
    """Whether an authority is as it was when it signed itself: no byte of it is another."""
    try:
        certificate.verify_directly_issued_by(certificate)
    except Exception:  # of another kind each time, by what was damaged
        return False
    return True


def still_good(
    certificate: x509.Certificate,
    authority: Signed,
    names: Sequence[str],
    addresses: Sequence[Address],
    now: datetime.datetime,
) -> bool:
    """Whether a server's certificate is ours, for exactly these names and addresses, and not about to end."""
    try:
        certificate.verify_directly_issued_by(authority.certificate)
        said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception:  # a certificate that cannot be read as ours is made anew
        return False
    in_time = certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEWED_BEFORE
    same_names = set(said.get_values_for_type(x509.DNSName)) == set(names)
    return in_time and same_names and set(said.get_values_for_type(x509.IPAddress)) == set(addresses)


def in_use(authorities: Sequence[Signed], now: datetime.datetime) -> Signed | None:
    """The one of these authorities to use, None when another has to be made. Devices trust the earliest made.

    Args:
        authorities: in the order they were made.
    None of them is ever the worse for a clock that is wrong for a while: it is the one again afterwards.
    """
    now = max(now, NO_EARLIER)
    room = datetime.timedelta(days=CERTIFICATE_DAYS)
    lasting = [one for one in authorities if now < one.certificate.not_valid_after_utc - room]
    begun = [one for one in lasting if one.certificate.not_valid_before_utc <= now]
    soon = [one for one in lasting if one.certificate.not_valid_before_utc - now < FAR_AHEAD]
    return next(iter(begun or soon), None)


def told(authority: Signed, leaf: Signed | None, now: datetime.datetime) -> datetime.datetime:
    """The time to go by. A clock that is before the making of the authority says nothing: then not before
    the making of the server's certificate either, if there is one."""
    made = authority.certificate.not_valid_before_utc
    if now >= max(made, NO_EARLIER):
        return now
    latest = max(made, _begins(leaf.certificate, made)) if leaf else made
    return max(latest + CLOCK_SKEW, NO_EARLIER)


def _begins(certificate: x509.Certificate, otherwise: datetime.datetime) -> datetime.datetime:
    try:
        return certificate.not_valid_before_utc
    except ValueError:  # damaged: it is made anew
        return otherwise


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 fingerprint as systems show it: AB:CD:..."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    starts = now - CLOCK_SKEW
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(starts + datetime.timedelta(days=days))
    )


def _at_home_only() -> x509.NameConstraints:
    # A kind of name that is not listed would be free; these are the two kinds that servers are known by.
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in NAMES]
    permitted += [x509.IPAddress(network) for network in HOME]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
