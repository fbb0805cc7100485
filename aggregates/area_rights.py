"""The rights of all areas of the rules, as ``aggregates.posts`` puts them into the one table."""

from collections.abc import Mapping

from aggregates.appraisal import rights as appraisal
from aggregates.catalogue import rights as catalogue
from aggregates.interpretation import rights as interpretation
from aggregates.log_keys import rights as log_keys
from aggregates.opinion import rights as opinion
from aggregates.organisation import rights as organisation
from aggregates.participation import rights as participation
from aggregates.reach import Reach
from aggregates.requests import rights as requests
from aggregates.supervision import rights as supervision
from aggregates.terms import CommandName
from aggregates.vocabulary import Post

RIGHTS_OF_AREAS: Mapping[CommandName, Mapping[Post, Reach]] = {
    **participation.RIGHTS,
    **catalogue.RIGHTS,
    **supervision.RIGHTS,
    **interpretation.RIGHTS,
    **opinion.RIGHTS,
    **requests.RIGHTS,
    **organisation.RIGHTS,
    **appraisal.RIGHTS,
    **log_keys.RIGHTS,
}
