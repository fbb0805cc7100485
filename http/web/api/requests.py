"""The API of the area requests."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
