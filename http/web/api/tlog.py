"""The log as everybody may check it: C2SP tlog-tiles, proofs, receipts, and the keys to check them with."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from aggregates.registry import Registry
from ledger import instants
from ledger.brackets import Bracket
from ledger.errors import IntegrityFault
from ledger.policy import Witness
from ledger.published import checkpoint_of
from ledger.receipt_file import ReceiptFile
from ledger.recorded_rotations import published_keys
from ledger.stamp_files import INDEX, stamp_file
from ledger.tiles import ENTRIES, Tile, tile_at
from ledger.timestamps import REPLY_TYPE
from ledger.witnessing import Witnessing, WitnessStatus
from web.answers import RECORDED
from web.as_of import LARGEST_POSITION
from web.dependencies import TheService
from web.outside import Outside
from web.problem_codes import ProblemCode
from web.problems import Problem
from web.routing import GuardedRoute
from web.service import Service
from web.submission import TheUnconditional
from web.wire import dump
from web.wishes import Long, Wish

router = APIRouter(tags=["tlog"], route_class=GuardedRoute)

Size = Annotated[int, Query(ge=1, le=LARGEST_POSITION)]
_TEXT = "text/plain; charset=utf-8"
# A verifier may run in a page of another site: what everybody may read, it may read too.
_FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", **_FROM_ANYWHERE}
_FOR_THEM_ALONE = {"Cache-Control": "private, max-age=31536000, immutable"}
_A_MOMENT = {"Cache-Control": "public, max-age=2", **_FROM_ANYWHERE}


@router.head("/tlog/checkpoint", include_in_schema=False)
@router.get("/tlog/checkpoint", summary="最新签名检查点 · the newest signed checkpoint", response_class=Response)
async def read_checkpoint(service: TheService) -> Response:
    """The newest checkpoint with every cosignature it has so far, as a signed note."""
    note = await service.asking(service.ledger.published.checkpoint)
    if note is None:
        raise Problem(ProblemCode.NOT_FOUND)
    return Response(note, headers=_A_MOMENT, media_type=_TEXT)


@router.get(
    "/tlog/keys", summary="历次公钥及更替声明 · the keys and how they vouch for one another", response_class=Response
)
async def read_keys(service: TheService) -> Response:
    """Every key that the log has had: from where to where, with the statement that old and new keys signed."""
    history = await service.asking(service.ledger.key_history)
    if history is None:
        raise Problem(ProblemCode.NOT_FOUND)
    return Response(dump(published_keys(history)), headers=_A_MOMENT, media_type="application/json")


class Rotation(Wish):
    """Which key is to be replaced, by its id, and why."""

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    ground: Long


@router.post("/api/tlog/keys", summary="更换台账签名密钥 · change the log's keys", **RECORDED)
async def rotate_log_key(wish: Rotation, submission: TheUnconditional) -> Response:
    """Make new keys on the service's machine and put them in the place of the key named; it vouches for them."""
    return await submission.to(Registry.rotate_log_key, None, **wish.stated())


@router.head("/tlog/tile/entries/{name:path}", include_in_schema=False)
@router.get("/tlog/tile/entries/{name:path}", summary="原始条目包 · a bundle of entries", response_class=Response)
async def read_entries(service: TheService, name: Annotated[str, Path(max_length=100)]) -> Response:
    """256 entries (or the first of them) as they were hashed; for supervision, unless the settings open them to all."""
    headers = _FOR_EVER if service.settings.entries_public else _FOR_THEM_ALONE
    return await _tile(service, f"tile/entries/{name}", headers)


@router.head("/tlog/tile/{name:path}", include_in_schema=False)
@router.get("/tlog/tile/{name:path}", summary="哈希瓦片 · a tile of hashes", response_class=Response)
async def read_tile(service: TheService, name: Annotated[str, Path(max_length=100)]) -> Response:
    """256 hashes of one level of the tree, or the first of them."""
    return await _tile(service, f"tile/{name}", _FOR_EVER)


@router.get("/tlog/timestamps/{name}", summary="时间戳文件 · time stamps as files (RFC 3161)", response_class=Response)
async def read_stamp_file(service: TheService, name: Annotated[str, Path(max_length=60)]) -> Response:
    """``index``, then for each line of it ``<size>.txt`` (what was stamped) and its ``.tsr`` (the reply)."""
    body = await service.asking(stamp_file, service.ledger.published, name)
    if body is None:
        raise Problem(ProblemCode.NOT_FOUND)
    media_type = REPLY_TYPE if name.endswith(".tsr") else _TEXT
    return Response(body, headers=_A_MOMENT if name == INDEX else _FOR_EVER, media_type=media_type)


async def _tile(service: Service, path: str, headers: dict[str, str]) -> Response:
    tile = tile_at(path)
    if tile is None or (tile.level == ENTRIES) != path.startswith("tile/entries/"):
        raise Problem(ProblemCode.NOT_FOUND)
    body = await service.asking(_promised, service, tile)
    if body is None:
        raise Problem(ProblemCode.NOT_FOUND)
    return Response(body, headers=headers, media_type="application/octet-stream")


def _promised(service: Service, tile: Tile) -> bytes | None:
    """A tile as far as a signed checkpoint reaches: what nobody has signed is not shown."""
    note = service.ledger.published.checkpoint()
    if note is None:
        return None
    unit = 1 if tile.level == ENTRIES else 256**tile.level
    if (tile.number * 256 + tile.width) * unit > checkpoint_of(note).size:
        return None
    return service.ledger.published.tile(tile)


@router.get(
    "/api/events/{position}/receipt",
    summary="收据文件(.tlog-proof) · the receipt of one entry",
    response_class=Response,
)
async def read_receipt(service: TheService, position: Annotated[int, Path(ge=1, le=LARGEST_POSITION)]) -> Response:
    """A C2SP tlog-proof: with the entry's bytes and the log's key it is checked without us.

    Where a quorum of witnesses has seen the entry, the checkpoint in it bears their signatures.  The headers
    ``Stamped-After`` and ``Stamped-Before`` name the foreign clocks between which it was recorded.
    """
    receipt, bracket = await service.asking(_receipt, service, position)
    headers = {"Content-Disposition": f'attachment; filename="{position}.tlog-proof"', **_bracket_headers(bracket)}
    return Response(receipt.to_text(), headers=headers, media_type=_TEXT)


def _receipt(service: Service, position: int) -> tuple[ReceiptFile, Bracket]:
    published = service.ledger.published
    receipt = published.receipt_file(position, service.outside.proof_note(position))
    if receipt is None:
        raise Problem(ProblemCode.NOT_FOUND)
    return receipt, published.brackets(position, position).of(position)


def _bracket_headers(bracket: Bracket) -> dict[str, str]:
    stamps = (("Stamped-After", bracket.after), ("Stamped-Before", bracket.before))
    return {name: f"{instants.to_text(stamp.stamped_at)}; size={stamp.size}" for name, stamp in stamps if stamp}


@router.get("/api/tlog/inclusion", summary="包含证明 · that an entry is in the log", response_class=Response)
async def prove_inclusion(service: TheService, position: Size, size: Size) -> Response:
    """The audit path (RFC 6962) of a position in the tree of a size, the leaf's sibling first."""
    path = await service.asking(_proof, service, position, size, inclusion=True)
    body = {"position": position, "leaf_index": position - 1, "size": size, "path": [hash_.hex() for hash_ in path]}
    return Response(dump(body), headers=_FOR_EVER, media_type="application/json")


@router.get("/api/tlog/consistency", summary="一致性证明 · that the log only grew", response_class=Response)
async def prove_consistency(service: TheService, first: Size, second: Size) -> Response:
    """The consistency proof (RFC 6962) between two sizes."""
    path = await service.asking(_proof, service, first, second, inclusion=False)
    body = {"first": first, "second": second, "path": [hash_.hex() for hash_ in path]}
    return Response(dump(body), headers=_FOR_EVER, media_type="application/json")


def _proof(service: Service, first: int, second: int, *, inclusion: bool) -> list[bytes]:
    published = service.ledger.published
    if first > second or second > service.ledger.feed.size():
        detail = f"expected {'position' if inclusion else 'first'} <= size <= the log's size"
        raise Problem(ProblemCode.NOT_VALID, errors=[{"pointer": "query", "detail": detail}])
    return published.inclusion(first - 1, second) if inclusion else published.consistency(first, second)


@router.get("/api/tlog", summary="签名与见证现状 · how the log is signed and witnessed", response_class=Response)
async def read_status(service: TheService) -> Response:
    """The keys to pin, the newest checkpoint, who has witnessed how much, and why nothing is signed if so."""
    return Response(dump(await service.asking(_status, service)), media_type="application/json")


def _status(service: Service) -> dict[str, object]:
    ledger, outside = service.ledger, service.outside
    newest = ledger.published.checkpoint()
    size = None if newest is None else checkpoint_of(newest).size
    return {
        "origin": None if ledger.signer is None else ledger.signer.origin,
        **_keys(service),
        "fault": ledger.fault,
        "size": size,
        **_of_witnesses(outside, ledger.feed.size()),
        "timestamping": _of_authority(outside),
        "timestamps": [
            {"size": size, "authority": authority, "stamped_at": instants.to_text(stamped_at)}
            for size, authority, stamped_at, _ in ledger.published.timestamps()[-20:]
        ],
    }


def _keys(service: Service) -> dict[str, object]:
    """The keys in force, and all that the log has had with the first position they sign and the last."""
    try:
        history = service.ledger.key_history()
    except IntegrityFault:
        history = None  # said under ``fault``: nobody is to pin a key of such a log
    if history is None:
        return {"verifier_keys": [], "keys": []}
    told = published_keys(history)
    epochs = [{name: value for name, value in epoch.items() if name != "statement"} for epoch in told["history"]]
    return {"verifier_keys": told["verifier_keys"], "keys": epochs}


def _of_witnesses(outside: Outside, size: int) -> dict[str, object]:
    witnessing, unwitnessed = outside.witnessing, outside.unwitnessed(size)
    seen = 0 if witnessing is None else witnessing.quorum_size
    return {
        "witness_mode": "strict" if outside.strict else "open",
        "witnessed_size": seen or None,
        "witnessed_at": None if witnessing is None else witnessing.quorum_at,
        "unwitnessed_since": unwitnessed and {"instant": unwitnessed.since, "after_position": unwitnessed.position},
        "quorum": None if witnessing is None else witnessing.policy.quorum,
        "witnesses": []
        if witnessing is None
        else [_witness(witnessing, each) for each in witnessing.policy.witnesses.values()],
    }


def _witness(witnessing: Witnessing, witness: Witness) -> dict[str, object]:
    status = witnessing.statuses.get(witness.name) or WitnessStatus(witness.name)
    return {
        "name": witness.name,
        "verifier_key": witness.verifier.to_text(),
        "size": status.size,
        "cosigned_at": status.cosigned_at,
        "trouble": status.trouble,
        "disagrees": status.disagrees,
    }


def _of_authority(outside: Outside) -> dict[str, object] | None:
    if outside.stamping is None:
        return None
    return {"authority": outside.stamping.authority, "trouble": outside.stamping.trouble}
