"""Leaders, media, the disclosure section, coordination between units, training (十) (十一) (十四) (十五) (十六)."""

from fastapi import APIRouter

from web.api import coordination, leadership, media, training

ROUTERS: tuple[APIRouter, ...] = (media.router, leadership.router, coordination.router, training.router)
