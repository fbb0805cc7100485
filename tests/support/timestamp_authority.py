"""A time-stamping authority of the tests' own, made with openssl: a root, and a signer that it vouches for."""

from __future__ import annotations

import subprocess
from pathlib import Path

from cryptography import x509

CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
[name]
commonName = Time stamping authority of the tests
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = authority
[authority]
serial = {directory}/serial
signer_cert = {directory}/signer.pem
signer_key = {directory}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class TimestampAuthority:
    """Answers timestamp queries by openssl's own hand; `root` is what a checker trusts."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        (directory / "openssl.cnf").write_text(CONFIGURATION.format(directory=directory))
        (directory / "serial").write_text("01\n")
        self._certify("root", issuer=None)
        self._certify("signer", issuer="root")
        self.root = x509.load_pem_x509_certificate((directory / "root.pem").read_bytes())

    def reply(self, query: bytes) -> bytes:
        """The reply to a query, both in DER."""
        (self._directory / "query.tsq").write_bytes(query)
        self._openssl("ts", "-reply", "-queryfile", "query.tsq", "-out", "reply.tsr", "-section", "authority")
        return (self._directory / "reply.tsr").read_bytes()

    def _certify(self, name: str, issuer: str | None) -> None:
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]
        signed_by = [] if issuer is None else ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key"]
        self._openssl(
            "req", "-x509", *key, *signed_by, "-out", f"{name}.pem", "-days", "30", "-extensions", name,
            "-subj", f"/CN={name} of the tests",
        )  # fmt: skip

    def _openssl(self, *arguments: str) -> None:
        command = ["openssl", *arguments, "-config", "openssl.cnf"]
        done = subprocess.run(command, cwd=self._directory, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
