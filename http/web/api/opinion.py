"""The API of the area opinion: watching, and the cases of public opinion (七) (八) (九)."""

from fastapi import APIRouter

from web.api import monitoring, opinions

ROUTERS: tuple[APIRouter, ...] = (monitoring.router, opinions.router)
