"""What routes ask for by name: the ledger, the Registry, the projections, who reads, who acts."""

from typing import Annotated

from fastapi import Depends, Request

from aggregates.registry import Registry
from ledger.ledger import Ledger
from projections.engine import Projector
from projections.reading import Reader
from web.guard import admit
from web.policy import not_signed_in
from web.principal import Principal
from web.service import Service


async def the_service(request: Request) -> Service:
    """Everything that is shared while the service runs."""
    service: Service = request.app.state.service
    return service


async def the_ledger(request: Request) -> Ledger:
    """The log."""
    return (await the_service(request)).ledger


async def the_registry(request: Request) -> Registry:
    """The rulebook: one method per command."""
    return (await the_service(request)).registry


async def the_projections(request: Request) -> Reader:
    """What the record says: hand it to the functions of ``projections``."""
    return (await the_service(request)).reader


async def the_projector(request: Request) -> Projector:
    """How far the projections have come."""
    return (await the_service(request)).projector


async def the_reader(request: Request) -> Principal | None:
    """Who asks: an officer who has signed in, or None for the public.  The route's policy has let them in."""
    return await admit(request)


async def the_actor(request: Request) -> Principal:
    """Who acts: an officer who has signed in.  Raises Problem NOT_SIGNED_IN."""
    principal = await admit(request)
    if principal is None:
        raise not_signed_in()
    return principal


TheService = Annotated[Service, Depends(the_service)]
TheLedger = Annotated[Ledger, Depends(the_ledger)]
TheRegistry = Annotated[Registry, Depends(the_registry)]
TheProjections = Annotated[Reader, Depends(the_projections)]
TheReader = Annotated[Principal | None, Depends(the_reader)]
TheActor = Annotated[Principal, Depends(the_actor)]
