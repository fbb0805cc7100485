"""The API of the area participation: decisions, hearings and meetings, what comes in, the opinion box."""

from fastapi import APIRouter

from web.api import decisions, hearings, opinion_boxes, public_inputs

ROUTERS: tuple[APIRouter, ...] = (
    decisions.router,
    *hearings.ROUTERS,
    *public_inputs.ROUTERS,
    *opinion_boxes.ROUTERS,
)
