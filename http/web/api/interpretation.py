"""The API of the area interpretation."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
