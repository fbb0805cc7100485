"""The API of the area organisation."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
