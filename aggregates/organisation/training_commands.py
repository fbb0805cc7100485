"""Commands on training (十六), and on officers who turn out to be one person (十)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aggregates.deed import Deed
from aggregates.desk import DISTRICT, Data, Desk, Order
from aggregates.office import Office
from aggregates.officer import Officer
from aggregates.organisation.persons import PersonFile
from aggregates.organisation.training import Training
from aggregates.organisation.words_commands import OrganisationCommand as Command
from aggregates.organisation.words_lists import TrainingResult
from aggregates.organisation.words_refusals import OrganisationRefusal
from aggregates.refusal import RefusalCode, refuse
from aggregates.vocabulary import label
from ledger.append import Receipt


class TrainingCommands(Office):
    """一年一度政务公开培训和不定期新兵培训."""

    def hold_training(
        self,
        deed: Deed,
        *,
        training: str,
        kind: str,
        title_zh: str,
        audiences: Sequence[Mapping[str, Any]],
        held_on: str | date | None = None,
        attended: Sequence[str] = (),
        absent: Sequence[str] = (),
        expected_version: int | None = None,
    ) -> Receipt:
        """Record a training: ANNUAL or NEWCOMER, its audiences with their numbers, and who came.

        A training with one audience settles the results of the officers named, in the same commit:
        PASSED for those who ``attended``, ABSENT for those who were called and stayed away.  With several
        audiences the results follow officer by officer.
        """
        data: Data = {
            "training": training,
            "kind": kind,
            "title_zh": title_zh,
            "audiences": audiences,
            "held_on": held_on,
            "attended": attended,
            "absent": absent,
        }

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            file = desk.open(Training, training, likely_new=True)
            file.hold(desk.deed, **data)
            outcomes = [*((code, TrainingResult.PASSED) for code in attended)]
            outcomes += [(code, TrainingResult.ABSENT) for code in absent]
            for code, outcome in outcomes:
                officer = _officer(desk, code)
                if len(file.audiences) == 1:
                    _record(desk, file, officer, file.audiences[0], str(outcome))

        stream = Training.stream_of(training)
        return self.carry_out(Order(Command.HOLD_TRAINING, deed, stream, data, stream, expected_version), decide)

    def record_training_result(
        self,
        deed: Deed,
        *,
        training: str,
        officer: str,
        audience: str,
        result: str,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what a training came to for one officer: PASSED, FAILED or ABSENT."""
        data: Data = {"training": training, "officer": officer, "audience": audience, "result": result}

        def decide(desk: Desk) -> None:
            desk.entitle()
            desk.require_reach(None)
            file = desk.read(Training, training)
            if not file.exists:
                raise refuse(OrganisationRefusal.TRAINING_UNKNOWN, training=training)
            if audience not in file.audiences:
                raise refuse(
                    OrganisationRefusal.AUDIENCE_NOT_OF_TRAINING,
                    training=training,
                    audience=audience,
                    audience_zh=label("audience", audience).zh,
                )
            _record(desk, file, _officer(desk, officer), audience, result)

        stream = Officer.stream_of(officer)
        order = Order(Command.RECORD_TRAINING_RESULT, deed, officer, data, stream, expected_version)
        return self.carry_out(order, decide)

    def link_officers(
        self, deed: Deed, *, officer: str, same_as: str, basis: str, expected_version: int | None = None
    ) -> Receipt:
        """Declare two officer codes to be one person; from then on every separation of duties counts them as one."""
        data: Data = {"officer": officer, "same_as": same_as, "basis": basis}

        def decide(desk: Desk) -> None:
            desk.entitle()
            for code in (officer, same_as):
                if not desk.read(Officer, code).exists:
                    raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=code)
            desk.open(PersonFile, DISTRICT).link(desk.deed, **data)

        stream = PersonFile.stream_of(DISTRICT)
        return self.carry_out(Order(Command.LINK_OFFICERS, deed, officer, data, stream, expected_version), decide)


def _officer(desk: Desk, code: str) -> Officer:
    file = desk.open(Officer, code)
    if not file.exists:
        raise refuse(RefusalCode.OFFICER_NOT_REGISTERED, officer=code)
    return file


def _record(desk: Desk, training: Training, officer: Officer, audience: str, result: str) -> None:
    officer.record_training(
        desk.deed, training=training.training, audience=audience, held_on=training.held_on, result=result
    )
