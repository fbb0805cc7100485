"""The words of all areas of the rules, in the order of the articles."""

from aggregates.appraisal import words as appraisal
from aggregates.area import Area
from aggregates.catalogue import words as catalogue
from aggregates.interpretation import words as interpretation
from aggregates.log_keys import words as log_keys
from aggregates.opinion import words as opinion
from aggregates.organisation import words as organisation
from aggregates.participation import words as participation
from aggregates.requests import words as requests
from aggregates.supervision import words as supervision

AREAS: tuple[Area, ...] = (
    participation.AREA,
    catalogue.AREA,
    supervision.AREA,
    interpretation.AREA,
    opinion.AREA,
    requests.AREA,
    organisation.AREA,
    appraisal.AREA,
    log_keys.AREA,
)
