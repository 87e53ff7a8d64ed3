import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from attune.app import measuring_jobs
from attune.app.measuring_jobs import Job, Jobs, Rank
from attune.app.measuring_messages import Request, WarmUp
from attune.errors import MeasuringError

FILE = Path("clip.mp4")


def request() -> Request:
    return WarmUp(FILE)


def nobody(_number: int) -> None:
    """Hears of no cancelled job."""


class Agency:
    """Hires workers that a test plays by calling ``take`` itself."""

    def __init__(self, most: int) -> None:
        self.hired = 0
        self.jobs = Jobs(most, self._hire)

    def _hire(self) -> None:
        self.hired += 1

    def put(self, rank: Rank) -> Job:
        job = self.jobs.admit(rank, FILE, request)
        self.jobs.put(job)
        return job

    def take(self, given_up: Callable[[int], None] = nobody) -> Job:
        job = self.jobs.take(given_up)
        assert job is not None
        return job


def test_stills_go_first_then_what_is_waited_for_then_the_rest_each_in_turn() -> None:
    agency = Agency(1)
    ranks = (Rank.BULK, Rank.WANTED, Rank.STILLS, Rank.BULK, Rank.WARM_UP, Rank.WANTED)
    jobs = [agency.put(rank) for rank in ranks]
    taken = []
    for _job in jobs:
        taken.append(agency.take())
        agency.jobs.done(taken[-1])
    assert taken == [jobs[place] for place in (4, 2, 1, 5, 0, 3)]


def test_workers_are_hired_one_by_one_and_no_more_than_allowed() -> None:
    agency = Agency(2)
    assert agency.hired == 0
    for hired in (1, 2, 2, 2):
        agency.put(Rank.WANTED)
        assert agency.hired == hired


def test_who_is_free_gets_the_next_job_and_nobody_else_is_hired() -> None:
    agency = Agency(4)
    for _turn in range(3):
        agency.put(Rank.WANTED)
        agency.jobs.done(agency.take())
    assert agency.hired == 1


def test_while_bulk_work_keeps_everybody_busy_one_more_serves_whoever_waits() -> None:
    agency = Agency(2)
    for _turn in range(2):
        agency.put(Rank.BULK)
        agency.take()
    agency.put(Rank.BULK)
    assert agency.hired == 2
    wanted = agency.put(Rank.WANTED)
    assert agency.hired == 3
    assert agency.take() is wanted
    agency.put(Rank.WANTED)
    assert agency.hired == 3


def test_the_one_more_does_no_bulk_work_and_goes_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring_jobs, "IDLE_S", 0.01)
    agency = Agency(1)
    agency.put(Rank.BULK)
    agency.take()
    agency.put(Rank.WANTED)
    agency.jobs.done(agency.take())
    agency.put(Rank.BULK)
    assert agency.jobs.take(nobody) is None


def test_the_last_one_stays_however_long_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    agency = Agency(2)
    monkeypatch.setattr(measuring_jobs, "IDLE_S", 0.01)
    for _turn in range(2):
        agency.put(Rank.WANTED)
    both = [agency.take(), agency.take()]
    for job in both:
        agency.jobs.done(job)
    assert agency.jobs.take(nobody) is None
    got: list[Job | None] = []
    last = threading.Thread(target=lambda: got.append(agency.jobs.take(nobody)))
    last.start()
    last.join(0.1)
    assert last.is_alive()
    job = agency.put(Rank.WANTED)
    last.join()
    assert got == [job]
    assert agency.hired == 2


def test_whoever_is_at_a_job_hears_that_it_was_given_up() -> None:
    agency, heard = Agency(1), []
    before, now, after = (agency.put(Rank.WANTED) for _ in range(3))
    before.future.cancel()
    agency.take(heard.append)
    taken = agency.take(heard.append)
    assert taken is now
    now.future.cancel()
    after.future.cancel()
    assert heard == [now.number]


def test_closing_cancels_everything_and_sends_everybody_home() -> None:
    agency, heard = Agency(1), []
    jobs = [agency.put(Rank.WANTED), agency.put(Rank.BULK)]
    agency.take(heard.append)
    agency.jobs.close()
    assert all(job.future.cancelled() for job in jobs)
    assert heard == [jobs[0].number]
    assert agency.jobs.take(nobody) is None
    with pytest.raises(RuntimeError, match="closed"):
        agency.put(Rank.WANTED)


def test_a_file_that_crashed_twice_is_left_out_until_it_is_saved_anew(tmp_path: Path) -> None:
    jobs, file = Jobs(1, lambda: None), tmp_path / "clip.mp4"
    file.touch()
    jobs.note_crash(file)
    jobs.refuse_crashing(file)
    jobs.note_crash(file)
    with pytest.raises(MeasuringError) as caught:
        jobs.refuse_crashing(file)
    assert caught.value.key == "measuring.gave_up"
    assert caught.value.fields["path"] == str(file)
    jobs.refuse_crashing(tmp_path / "other.mp4")
    os.utime(file, (1, 1))
    jobs.refuse_crashing(file)
