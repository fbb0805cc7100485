"""The API of the area participation."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
