"""The API of the area appraisal."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
