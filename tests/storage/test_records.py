from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Reading, Source
from attune.scoring.agreement import agree
from attune.storage.records import check_time, utc_text
from tests.storage.examples import VOCABULARY, a_session, an_answer


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-12 * 60, 12 * 60))
def test_written_times_are_utc_and_in_order(moment: datetime, minutes: int) -> None:
    elsewhere = timezone(timedelta(minutes=minutes))
    try:
        local = moment.astimezone(elsewhere)
    except OverflowError:  # the first or last day a computer knows
        return
    text = utc_text(local)
    check_time("when", text)
    assert abs(datetime.fromisoformat(text) - moment) < timedelta(milliseconds=1)
    later = moment + timedelta(seconds=1) if moment.year < 9999 else moment
    assert text <= utc_text(later)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utc_text(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the case


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-01T10:00:00", "2026-01-01T10:00:00+01:00"])
def test_records_keep_only_utc(text: str) -> None:
    with pytest.raises(ValueError, match="started_at"):
        replace(a_session(), started_at=text)
    with pytest.raises(ValueError, match="ended_at"):
        replace(a_session(), ended_at=text)
    with pytest.raises(ValueError, match="answered_at"):
        replace(an_answer(1), answered_at=text)


def test_impossible_sessions_are_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        replace(a_session(), seed=2**63)
    with pytest.raises(ValueError, match="planned"):
        replace(a_session(), planned=0)


def test_impossible_answers_are_refused() -> None:
    answer = an_answer(1)
    with pytest.raises(ValueError, match="position"):
        replace(answer, position=-1)
    with pytest.raises(ValueError, match="replays"):
        replace(answer, replays=-1)
    with pytest.raises(ValueError, match="response_ms"):
        replace(answer, response_ms=float("nan"))
    with pytest.raises(ValueError, match="none is intended"):
        replace(answer, references=answer.references[1:])


def test_the_scored_reference_is_the_one_of_the_agreement() -> None:
    answer = an_answer(1, chosen="happiness", intended="surprise")
    assert (answer.chosen, answer.reference) == ("happiness", "surprise")


def test_of_tied_votes_the_chosen_one_counts() -> None:
    answer = an_answer(1, chosen="surprise")
    votes = Reading(source=Source.CROWD, labels={"fear": 0.5, "surprise": 0.5}, raters=10)
    tied = replace(answer, references=(votes,), agreement=agree(answer.perceived, votes, VOCABULARY))
    assert tied.agreement.same
    assert tied.reference == "surprise"
