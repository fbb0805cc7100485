"""The API of the area catalogue: what the units must disclose, and what they need not (三)."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
