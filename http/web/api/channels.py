"""Channels and the platform: where information may be put before the public."""

from typing import Annotated

from fastapi import Query, Request, Response

from aggregates.registry import Registry
from aggregates.vocabulary import ChannelKind
from projections import directory
from web.answers import READ, RECORDED, Named
from web.as_of import TheMoment
from web.asking import ask, listed, one
from web.dependencies import TheService
from web.paging import Cursor, Limit
from web.routing import router as a_router
from web.submission import TheSubmission
from web.wishes import Code, Long, OneOf, Short, Wish

router = a_router("", "channels")


class ChannelRegistration(Wish):
    """A channel with the unit that answers for it."""

    channel: Code
    kind: Annotated[str, OneOf(ChannelKind)]
    name_zh: Short
    name_en: Short
    owner_unit: Code


class Retirement(Wish):
    """Why the channel is closed."""

    reason: Long


class PlatformOwner(Wish):
    """The unit that is to own the platform."""

    unit: Code


@router.post("/channels", summary="登记渠道 · register a channel", **RECORDED)
async def register_channel(wish: ChannelRegistration, submission: TheSubmission) -> Response:
    """Enter a channel; nothing is published to one that is not registered."""
    return await submission.to(Registry.register_channel, f"channel/{wish.channel}", **wish.stated())


@router.post("/channels/{channel}/retirement", summary="注销渠道 · retire a channel", **RECORDED)
async def retire_channel(channel: Named, wish: Retirement, submission: TheSubmission) -> Response:
    """Close a channel for further publications."""
    return await submission.to(Registry.retire_channel, f"channel/{channel}", channel=channel, **wish.stated())


@router.post("/platform/owner", summary="确定平台责任主体 · assign the platform's owner", **RECORDED)
async def assign_platform_owner(wish: PlatformOwner, submission: TheSubmission) -> Response:
    """Assign the platform's first responsible body: the district office (十)."""
    return await submission.to(Registry.assign_platform_owner, "platform/district", **wish.stated())


@router.get("/channels", summary="渠道 · the channels", **READ)
async def list_channels(
    *,
    request: Request,
    service: TheService,
    moment: TheMoment,
    retired: Annotated[bool | None, Query(description="是否已注销 · retired ones only, or the others only")] = None,
    limit: Limit = 200,
    cursor: Cursor = None,
) -> Response:
    """The channels by code, with the units that answer for them."""
    found = await ask(
        service,
        directory.PROJECTION.name,
        moment,
        lambda reader, as_of: directory.channels(reader, as_of, retired=retired, limit=limit, cursor=cursor),
        cursor,
    )
    return listed(request, found)


@router.get("/platform/owner", summary="平台责任主体 · the platform's owner", **READ)
async def read_platform_owner(service: TheService, moment: TheMoment) -> Response:
    """The unit that is responsible for the platform, and since when."""
    return one(await ask(service, directory.PROJECTION.name, moment, directory.platform_owner))
