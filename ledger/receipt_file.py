"""Receipts that need nobody: a ``.tlog-proof`` file (C2SP tlog-proof) beside an entry's bytes.

It holds the entry's index, its inclusion path and a checkpoint with every signature.  Whoever has the
entry, this file and a policy can check that the log committed to the entry, without us and without a
network.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.checkpoint import Checkpoint, parse_checkpoint
from ledger.note import ED25519, NoteRefused, Verifier, parse_note
from ledger.policy import Policy
from ledger.proof import ProofFailed, check_inclusion
from ledger.rotation import Rotation, vouched
from ledger.tree import leaf_hash

MAGIC = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """One entry's proof: ``index`` is its position minus one; ``checkpoint`` is the signed note, verbatim."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def to_text(self) -> str:
        """The file's text."""
        hashes = "".join(f"{b64encode(hash_).decode()}\n" for hash_ in self.path)
        return f"{MAGIC}\nindex {self.index}\n{hashes}\n{self.checkpoint}"


def parse_receipt_file(text: str) -> ReceiptFile:
    """Read a proof file; believes nothing yet.  Raises ProofFailed for what is none."""
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != MAGIC:
        raise ProofFailed(f"the file is no proof: it does not begin with {MAGIC}")
    lines = [line for line in lines[1:] if not line.startswith("extra ")]
    word, _, index = lines[0].partition(" ") if lines else ("", "", "")
    if word != "index" or not index.isdecimal() or index != str(int(index)):
        raise ProofFailed("the proof names no index")
    try:
        path = tuple(b64decode(line, validate=True) for line in lines[1:])
    except ValueError:
        raise ProofFailed("a hash of the proof is not base64") from None
    return ReceiptFile(int(index), path, checkpoint)


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """What a proof file shows once it is checked: the checkpoint, and who has cosigned it when."""

    index: int
    checkpoint: Checkpoint
    cosigned: Sequence[tuple[Verifier, int]]


def check_receipt_file(entry: bytes, text: str, policy: Policy, rotations: Sequence[Rotation] = ()) -> CheckedReceipt:
    """Check that a log of the policy committed to an entry, and that the policy's quorum saw it.

    ``rotations`` are the changes of that log's keys: they lead from the key in the policy to that of the
    receipt.  Raises ProofFailed, NoteRefused or RotationBroken with what was found.
    """
    receipt = parse_receipt_file(text)
    origin = parse_checkpoint(parse_note(receipt.checkpoint).text).origin
    keys = vouched(rotations, [key for key in policy.logs if key.name == origin] or policy.logs)
    note, signed = keys.open(receipt.checkpoint, policy.verifiers)
    checkpoint = parse_checkpoint(note.text)
    by_log = [verifier for verifier, _ in signed if verifier in keys.every and verifier.kind == ED25519]
    if not any(verifier.name == checkpoint.origin for verifier in by_log):
        raise NoteRefused(f"the checkpoint of {checkpoint.origin} is not signed by a log of the policy under that name")
    cosigned = [(verifier, time) for verifier, time in signed if time is not None and verifier not in keys.every]
    if not policy.satisfied_by(verifier for verifier, _ in cosigned):
        names = ", ".join(sorted(verifier.name for verifier, _ in cosigned)) or "nobody"
        raise NoteRefused(f"the quorum {policy.quorum!r} is not met: the checkpoint is cosigned by {names}")
    check_inclusion(leaf_hash(entry), receipt.index, checkpoint.size, receipt.path, checkpoint.root)
    return CheckedReceipt(receipt.index, checkpoint, cosigned)
