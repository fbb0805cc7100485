"""The API of the area requests: the working calendar, requests, and what else may be asked of the record."""

from fastapi import APIRouter

from web.api import request_answers, request_handling, request_intake, request_voices, working_calendar

ROUTERS: tuple[APIRouter, ...] = (
    working_calendar.router,
    request_intake.router,
    request_handling.router,
    request_answers.router,
    request_voices.corrections,
    request_voices.suggestions,
)
