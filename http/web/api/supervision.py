"""The API of the area supervision."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
