"""The API of the area opinion."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
