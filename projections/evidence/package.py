"""The package itself: which files it holds, in which order they are made, and what each of them says."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from string import Template
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from rfc3161_client import decode_timestamp_response

from ledger import instants
from ledger.checkpoint import parse_checkpoint
from ledger.entry import Entry, decode_entry
from ledger.errors import IntegrityFault
from ledger.ledger import Ledger
from ledger.note import parse_note
from ledger.policy import parse_policy
from ledger.proof import ProofFailed, check_inclusion
from ledger.receipt_file import ReceiptFile, check_receipt_file
from ledger.tree import leaf_hash
from projections.evidence import paper, wording
from projections.evidence.archive import Archive, ArchivedFile
from projections.evidence.page import Proved, page
from projections.evidence.selection import Chosen, entries_at
from projections.evidence.signed_log import SignedLog, Stamp
from projections.evidence.survey import AskedValue, CitedContent, Survey

FORMAT = "disclosure-ledger-evidence/1"

_PIECE = 1 << 20
_KEPT_IN_MEMORY = 1 << 23
_HERE = files(__package__)


class EvidenceRefused(ValueError):
    """The package would not prove what it is for; nothing was made."""


@dataclass(frozen=True, slots=True)
class Request:
    """What goes into a package.

    ``reference`` is printed on it (a case number).  ``personal`` names the personal values that the
    investigator is to see, as (record, field); by default none is disclosed.  ``opened`` names by their
    SHA-256 the sealed contents that whoever asks is entitled to; any other sealed content stays out.
    """

    chosen: Chosen
    made_at: datetime
    reference: str = ""
    personal: tuple[tuple[str, str], ...] = ()
    opened: frozenset[str] = frozenset()


class EvidencePackage:
    """One package over one signed checkpoint.

    Raises EvidenceRefused for an empty selection or a position the checkpoint does not cover, NoteRefused
    when the checkpoint does not satisfy its own policy, ProofFailed when the first entry is not in the tree.
    """

    def __init__(self, ledger: Ledger, log: SignedLog, request: Request) -> None:
        self._ledger, self._log, self._request = ledger, log, request
        self._note = parse_note(log.checkpoint)
        self._checkpoint = parse_checkpoint(self._note.text)
        self._key = _first_key(log.policy)
        self._refuse_what_is_not_covered()
        self._archive = Archive()
        self._survey = Survey()
        self._asked: list[AskedValue] = []
        self.fingerprint: str | None = None
        """SHA-256 of ``manifest.json`` once the package is made: note it when the package is handed over."""

    @property
    def name(self) -> str:
        """A file name for it: the log's size and the beginning of its root, which the contents depend on."""
        first, last = min(self._positions), max(self._positions)
        return f"evidence-{first}-{last}-of-{self._checkpoint.size}-{self._checkpoint.root.hex()[:8]}.zip"

    def write(self, file: IO[bytes]) -> str:
        """Write it all; answers the fingerprint."""
        for piece in self.stream():
            file.write(piece)
        assert self.fingerprint is not None, "set by the last file of the stream"
        return self.fingerprint

    def stream(self) -> Iterator[bytes]:
        """The zip piece by piece, once; memory does not grow with the entries.

        Raises IntegrityFault at an entry that is not what was signed: what was yielded until then is no zip.
        """
        with SpooledTemporaryFile(_KEPT_IN_MEMORY) as notes:
            yield from self._entries(notes)
            yield from self._contents()
            yield from self._personal()
            yield from self._checkpoint_files()
            yield from self._enclosed_texts()
            yield from self._print(notes)
            yield from self._archive.add("index.html", page(self._page_facts(), _read_back(notes, self._positions)))
        yield from self._lists()
        yield from self._archive.close()

    # ------------------------------------------------------------------ before anything is made

    @property
    def _positions(self) -> tuple[int, ...]:
        return self._request.chosen.positions + self._request.chosen.registrations

    def _refuse_what_is_not_covered(self) -> None:
        chosen, size = self._request.chosen, self._checkpoint.size
        if not chosen.positions:
            raise EvidenceRefused("the selection holds no entry; no package was made: choose at least one")
        for positions in (chosen.positions, chosen.registrations):
            if list(positions) != sorted(set(positions)):
                raise EvidenceRefused("the positions are not in order, each once; no package was made")
        if set(chosen.positions) & set(chosen.registrations) or min(self._positions) < 1:
            raise EvidenceRefused("a position is below 1, or stands in both lists; no package was made")
        if (last := max(self._positions)) > size:
            raise EvidenceRefused(
                f"position {last} is not covered by the checkpoint, which has {size} entries; no package was made: "
                "wait for the next checkpoint"
            )
        # What a stranger would find wrong with the first proof is found here, before a byte is sent.
        entry = self._ledger.entry(chosen.positions[0])
        rotations = [rotation for rotation in self._ledger.rotations() if rotation.position <= size]
        check_receipt_file(entry.raw, self._proof(entry.position).to_text(), parse_policy(self._log.policy), rotations)

    def _proof(self, position: int) -> ReceiptFile:
        path = self._log.inclusion_path(position - 1, self._checkpoint.size)
        return ReceiptFile(position - 1, tuple(path), self._log.checkpoint)

    # ------------------------------------------------------------------ entries and proofs

    def _entries(self, notes: IO[bytes]) -> Iterator[bytes]:
        for positions in (self._request.chosen.positions, self._request.chosen.registrations):
            for entry in entries_at(self._ledger, positions):
                proof = self._proof(entry.position)
                self._refuse_what_was_not_signed(entry, proof)
                self._survey.add(entry)
                notes.write(entry.raw + b"\n" + b" ".join(map(b64encode, proof.path)) + b"\n")
                yield from self._archive.add(f"entries/{entry.position:09}.json", [entry.raw])
                yield from self._archive.add(f"proofs/{entry.position:09}.tlog-proof", [proof.to_text().encode()])

    def _refuse_what_was_not_signed(self, entry: Entry, proof: ReceiptFile) -> None:
        try:
            leaf, tree = leaf_hash(entry.raw), self._checkpoint
            check_inclusion(leaf, proof.index, tree.size, proof.path, tree.root)
        except ProofFailed as problem:
            raise IntegrityFault(
                entry.position,
                f"the entry at position {entry.position} is not the one that was signed: {problem}.  The package was "
                "broken off and nothing was changed; run verify and compare with a kept checkpoint",
            ) from None

    # ------------------------------------------------------------------ what the entries cite

    def _contents(self) -> Iterator[bytes]:
        for _, cited in sorted(self._survey.contents.items()):
            content = cited.read(self._ledger.contents, self._request.opened)
            if content is not None and cited.path is not None:
                yield from self._archive.add(cited.path, _pieces(content))

    def _personal(self) -> Iterator[bytes]:
        self._asked.extend(self._survey.asked_values(self._request.personal, self._ledger.personal))
        for number, asked in enumerate(self._asked, 1):
            if (disclosed := _disclosed(asked)) is not None:
                yield from self._archive.add(_personal_path(number), [_pretty(disclosed)])
                self._learn_name(asked)

    def _learn_name(self, asked: AskedValue) -> None:
        """Call an officer by a disclosed name wherever the code stands in the print."""
        kind, _, code = asked.record.partition("/")
        if (
            asked.value is not None
            and (kind, asked.field) == ("officer", "name")
            and isinstance(asked.value.value, str)
        ):
            self._survey.names[code] = asked.value.value

    # ------------------------------------------------------------------ the signed checkpoint and foreign clocks

    def _checkpoint_files(self) -> Iterator[bytes]:
        yield from self._archive.add("checkpoint.txt", [self._log.checkpoint.encode()])
        yield from self._archive.add("policy.txt", [self._log.policy.encode()])
        for stem, stamp in self._stamps():
            yield from self._archive.add(f"{stem}.tsr", [stamp.token])
            yield from self._archive.add(f"{stem}.txt", [stamp.text.encode()])
            if stamp.size < self._checkpoint.size:
                # The form of a witness request (C2SP tlog-witness): where from, the hashes, where to.
                lines = [f"old {stamp.size}", *self._consistency(stamp), "", self._log.checkpoint]
                yield from self._archive.add(f"{stem}.consistency", ["\n".join(lines).encode()])
        if self._stamps() and self._log.timestamp_roots:
            yield from self._archive.add("timestamps/roots.pem", [self._log.timestamp_roots])

    def _stamps(self) -> list[tuple[str, Stamp]]:
        """The stamps with their files' names without a suffix; several over one checkpoint are numbered."""
        named: dict[str, Stamp] = {}
        for stamp in sorted(self._log.stamps, key=lambda stamp: (stamp.size, stamp.token)):
            if stamp.size == self._checkpoint.size and stamp.text != self._note.text:
                raise IntegrityFault(0, f"a time stamp is over another checkpoint of size {stamp.size} than ours")
            stem, number = f"timestamps/{stamp.size}", 2
            while stem in named:
                stem, number = f"timestamps/{stamp.size}-{number}", number + 1
            named[stem] = stamp
        return list(named.items())

    def _consistency(self, stamp: Stamp) -> list[str]:
        if stamp.size == self._checkpoint.size:
            return []
        return [b64encode(hash_).decode() for hash_ in self._log.consistency_path(stamp.size, self._checkpoint.size)]

    # ------------------------------------------------------------------ what people read

    def _enclosed_texts(self) -> Iterator[bytes]:
        yield from self._archive.add("verify.py", [_enclosed("verify.py")])
        text = Template(_enclosed("VERIFY.md").decode()).substitute(
            origin=wording.visible(self._checkpoint.origin),
            size=self._checkpoint.size,
            root=self._checkpoint.root.hex(),
            key=self._key,
            verifier=sha256(_enclosed("verify.py")).hexdigest(),
        )
        yield from self._archive.add("VERIFY.md", [text.encode()])

    def _print(self, notes: IO[bytes]) -> Iterator[bytes]:
        if not paper.can_print():
            return
        parts = -(-len(self._positions) // paper.ENTRIES_PER_PART)
        proved = _read_back(notes, self._positions)
        registered = set(self._request.chosen.registrations)
        for part in range(1, parts + 1):
            told = [
                paper.told(entry, path, self._survey.names) for entry, path in islice(proved, paper.ENTRIES_PER_PART)
            ]
            facts = {
                **self._print_facts(),
                "part": part,
                "parts": parts,
                "entries": [item for item in told if item["position"] not in registered],
                "registrations": [item for item in told if item["position"] in registered],
            }
            name = "evidence.pdf" if parts == 1 else f"evidence-{part:0{len(str(parts))}}.pdf"
            yield from self._archive.add(name, _pieces(paper.printed(facts, self._request.made_at)))

    def _print_facts(self) -> dict[str, Any]:
        checkpoint = self._checkpoint
        return {
            "origin": wording.visible(checkpoint.origin),
            "size": checkpoint.size,
            "root": checkpoint.root.hex(),
            "summary": self._summary(),
            "how": paper.HOW_TO_CHECK,
            "contents": [_content_row(cited) for _, cited in sorted(self._survey.contents.items())],
            "personal": [_personal_row(asked) for asked in self._asked],
            "stamps": [_stamp_row(stem, stamp) for stem, stamp in self._stamps()],
            "checkpoint": paper.abbreviated(wording.visible(self._log.checkpoint), "checkpoint.txt"),
            "policy": paper.abbreviated(wording.visible(self._log.policy), "policy.txt"),
        }

    def _summary(self) -> list[Any]:
        chosen, checkpoint = self._request.chosen, self._checkpoint
        counted = f"所选 chosen {len(chosen.positions)} · 所依据的登记 registrations {len(chosen.registrations)}"
        rows = [
            ["台账", "log", [wording.visible(checkpoint.origin)]],
            ["记录数", "size", [str(checkpoint.size)]],
            ["根哈希", "root hash", [checkpoint.root.hex()]],
            ["台账公钥", "the log's key", [self._key]],
            ["制作时间", "made at", [wording.instant(instants.to_text(self._request.made_at))]],
            ["本包记录", "entries", [counted]],
            ["时间", "times", ["北京时间 Beijing time (UTC+8)"]],
            ["verify.py", "SHA-256", [sha256(_enclosed("verify.py")).hexdigest()]],
        ]
        return (
            [["案由", "reference", [wording.visible(self._request.reference)]], *rows]
            if self._request.reference
            else rows
        )

    def _page_facts(self) -> dict[str, Any]:
        stamps = [
            {
                "path": f"{stem}.tsr",
                "text": stamp.text,
                "token": b64encode(stamp.token).decode(),
                "consistency": self._consistency(stamp),
            }
            for stem, stamp in self._stamps()
        ]
        told_otherwise = ("entries/", "proofs/", "contents/")
        return {
            **self._stated(),
            "personal": [
                part | (_disclosed(asked) or {})
                for part, asked in zip(self._stated()["personal"], self._asked, strict=True)
            ],
            "checkpoint": self._log.checkpoint,
            "policy": self._log.policy,
            "stamps": stamps,
            "files": [file._asdict() for file in self._archive.files if not file.path.startswith(told_otherwise)],
            "words": wording.glossary(),
        }

    # ------------------------------------------------------------------ the lists at the end

    def _stated(self) -> dict[str, Any]:
        """What the package says of itself, without anything personal."""
        chosen, checkpoint = self._request.chosen, self._checkpoint
        return {
            "format": FORMAT,
            "made_at": instants.to_text(self._request.made_at),
            "reference": self._request.reference,
            "log": {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()},
            "positions": list(chosen.positions),
            "registrations": list(chosen.registrations),
            "known_to": chosen.known_to,
            "contents": [_stated_content(cited) for _, cited in sorted(self._survey.contents.items())],
            "personal": [_stated_value(number, asked) for number, asked in enumerate(self._asked, 1)],
        }

    def _lists(self) -> Iterator[bytes]:
        listed = sorted(self._archive.files)
        manifest = _pretty({**self._stated(), "files": [file._asdict() for file in listed]})
        self.fingerprint = sha256(manifest).hexdigest()
        yield from self._archive.add("manifest.json", [manifest])
        sums = [*listed, ArchivedFile("manifest.json", len(manifest), self.fingerprint)]
        yield from self._archive.add("SHA256SUMS", [f"{file.sha256}  {file.path}\n".encode() for file in sums])


def _read_back(notes: IO[bytes], positions: Sequence[int]) -> Iterator[Proved]:
    """The entries with their paths as they were noted down, in the order of the positions."""
    notes.seek(0)
    for position in positions:
        raw, path = notes.readline()[:-1], notes.readline()[:-1]
        yield Proved(decode_entry(position, raw, leaf_hash(raw)), tuple(path.decode().split()))


def _disclosed(asked: AskedValue) -> dict[str, Any] | None:
    """What lets anybody recompute a commitment, or None for what is not disclosed."""
    if asked.value is None:
        return None
    value = asked.value
    shown = {"position": asked.position, "record": value.record, "field": value.field}
    return shown | {"value": value.value, "salt": value.salt.hex(), "commitment": value.commitment}


def _stated_content(cited: CitedContent) -> dict[str, Any]:
    return {**cited.citation._asdict(), "cited_by": cited.cited_by, "state": cited.state, "path": cited.path}


def _stated_value(number: int, asked: AskedValue) -> dict[str, Any]:
    return {
        "record": asked.record,
        "field": asked.field,
        "state": asked.state,
        "position": asked.position,
        "erased_at": asked.erased_at,
        "path": None if asked.value is None else _personal_path(number),
    }


def _content_row(cited: CitedContent) -> list[Any]:
    citation = cited.citation
    size = None if citation.size is None else f"{citation.size} bytes"
    described = " · ".join(wording.visible(part) for part in (citation.name, citation.media_type, size) if part)
    by = f"引用记录 cited by {'、'.join(map(str, cited.cited_by))}"
    zh, en = wording.STATES[cited.state]
    return [zh, en, [line for line in (described, citation.sha256, by) if line]]


def _personal_row(asked: AskedValue) -> list[Any]:
    zh, en = wording.STATES[asked.state]
    lines = [f"{asked.record} · {asked.field}"]
    if asked.value is not None:
        value = asked.value.value
        lines.append(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    lines.extend([f"第{asked.position}号记录 position {asked.position}"] if asked.position else [])
    lines.extend([f"删除记录 erased by position {asked.erased_at}"] if asked.erased_at else [])
    return [zh, en, [wording.visible(line) for line in lines]]


def _stamp_row(stem: str, stamp: Stamp) -> list[Any]:
    span = f"第1至{stamp.size}号", f"positions 1 to {stamp.size}"
    stamped_at = decode_timestamp_response(stamp.token).tst_info.gen_time
    said = f"此时已存在 existed by {wording.instant(instants.to_text(stamped_at))}"
    return [*span, [said, f"{stem}.tsr", sha256(stamp.text.encode()).hexdigest()]]


def _personal_path(number: int) -> str:
    return f"personal/{number:03}.json"


def _first_key(policy: str) -> str:
    logs = parse_policy(policy).logs
    if not logs:
        raise EvidenceRefused(
            "the policy names no log; no package was made: give the policy a 'log <verifier key>' line"
        )
    return logs[0].to_text()


def _pieces(content: bytes) -> Iterable[bytes]:
    return (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))


def _pretty(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


@cache
def _enclosed(name: str) -> bytes:
    return _HERE.joinpath(name).read_bytes()
