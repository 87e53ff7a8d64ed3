"""Every figure of a page equals one computed from the kept answers another way: by hand, or by scipy."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from math import exp, log

import numpy as np
import pytest
from scipy import integrate, stats

from attune.affect.reading import Source
from attune.app.progress.columns import Columns
from attune.app.progress.sureness import sureness_of
from attune.app.protocols.tracing import columns as trace_columns
from attune.scoring.ability import Ability
from attune.scoring.calibration import Calibration
from attune.scoring.continuous import Following, Pooled
from attune.scoring.unscorable import Unscorable
from attune.storage.records import AnswerRecord
from tests.app.progress.kept import NOW, PICTURE, Known


def records(known: Known) -> list[AnswerRecord]:
    return [answer for _session, answer in known.answers]


def when(answer: AnswerRecord) -> float:
    return datetime.fromisoformat(answer.answered_at).timestamp()


def wilson(hits: int, n: int) -> tuple[float, float]:
    found = stats.binomtest(hits, n).proportion_ci(method="wilson")
    return found.low, found.high


def counts(answers: Sequence[AnswerRecord]) -> Counter[tuple[str, str]]:
    return Counter((answer.reference, answer.chosen) for answer in answers)


def posterior(answers: Sequence[AnswerRecord]) -> tuple[float, float]:
    """Mean and standard deviation of Rasch's ability with guessing, by adaptive quadrature."""

    def density(theta: float, power: int, top: float) -> float:
        total = -(theta**2) / 2
        for answer in answers:
            c = 1 / len(answer.choices)
            p = c + (1 - c) / (1 + exp((answer.difficulty or 0.0) - theta))
            total += log(p if answer.agreement.same else 1 - p)
        return theta**power * exp(total - top)

    top = max(log(density(t, 0, -700)) - 700 for t in np.linspace(-3, 3, 61))
    whole, first, second = (integrate.quad(density, -5, 5, args=(p, top))[0] for p in range(3))
    mean = first / whole
    return mean, (second / whole - mean**2) ** 0.5


def close_to(found: Ability, answers: Sequence[AnswerRecord]) -> None:
    mean, sd = posterior(answers)
    assert found.answers == len(answers)
    assert found.theta == pytest.approx(mean, abs=0.005)
    # Its interval holds 95 %, so it is about four standard deviations wide.
    assert found.high - found.low == pytest.approx(3.92 * sd, rel=0.04)


def test_the_generated_history_is_what_the_lens_lets_through(known: Known) -> None:
    first, *others = known.progress.lenses().result()
    assert first == PICTURE
    assert [lens.channel for lens in others] == ["sound"]
    assert len(known.answers) > 500


def test_skill_of_each_emotion_and_this_week(known: Known) -> None:
    found = known.progress.standing(PICTURE).result()
    table = counts(records(known))
    assert len(found.skills) == 8
    for skill in found.skills:
        shown = sum(n for (reference, _said), n in table.items() if reference == skill.name)
        said = sum(n for (_shown, chosen), n in table.items() if chosen == skill.name)
        hits = table[skill.name, skill.name]
        assert (skill.shown, skill.said) == (shown, said)
        assert skill.rate is not None
        assert skill.rate.value == pytest.approx(hits**2 / (shown * said))
        assert skill.rate.low < skill.rate.value < skill.rate.high
        assert skill.chance == pytest.approx(shown * said / len(known.answers) ** 2)
    everything = known.history.ask(
        lambda store: [a for s in store.sessions() for a in store.answers(s.session.id or 0) if a.scored]
    ).result()
    monday = datetime.fromisoformat("2026-05-11T00:00:00+00:00").timestamp()
    days = Counter(int((when(answer) - monday) // 86_400) for answer in everything)
    assert found.answers == len(everything)
    assert found.week.days == tuple(days[day] for day in range(7))
    assert found.week.before == sum(days[day] for day in range(-7, 0))
    assert found.week.today == 6


@pytest.mark.parametrize("emotion", [None, "fear"])
def test_skill_over_time(known: Known, emotion: str | None) -> None:
    found = known.progress.skill(PICTURE, emotion).result()
    left = records(known)
    assert len(found.marks) >= 3
    groups = []
    for mark in found.marks:
        until = mark.end.timestamp()
        groups.append([answer for answer in left if when(answer) <= until + 1e-3])
        left = [answer for answer in left if when(answer) > until + 1e-3]
    for place, mark in enumerate(found.marks):
        own = [a for a in groups[place] if emotion in (None, a.reference)]
        assert len(own) >= 20
        hits = sum(a.agreement.same for a in own)
        plain = (hits / len(own), *wilson(hits, len(own)))
        assert (mark.raw.value, mark.raw.low, mark.raw.high) == pytest.approx(plain, abs=1e-5)  # z is 1.96
        close_to(mark.ability, own)
        beside = [a for group in groups[max(0, place - 1) : place + 2] for a in group]
        close_to(mark.smoothed, [a for a in beside if emotion in (None, a.reference)])
    assert not any(emotion in (None, a.reference) for a in left)


def test_unbiased_hit_rate_over_time(known: Known) -> None:
    found = known.progress.skill(PICTURE, None).result()
    for mark in found.marks:
        own = [
            a
            for a in records(known)
            if mark.begin.timestamp() - 1e-3 <= when(a) <= mark.end.timestamp() + 1e-3
        ]
        table = counts(own)
        rates = []
        for name in {answer.reference for answer in own}:
            shown = sum(n for (reference, _said), n in table.items() if reference == name)
            said = sum(n for (_shown, chosen), n in table.items() if chosen == name)
            rates.append(table[name, name] ** 2 / (shown * said) if said else 0.0)
        assert not isinstance(mark.unbiased, Unscorable)
        assert mark.unbiased.value == pytest.approx(np.mean(rates))


def test_checkups_and_what_of_their_change_is_more_than_chance(known: Known) -> None:
    found = known.progress.skill(PICTURE, None).result()
    sessions = {s.id: s for s, _a in known.answers if s.mode == "checkup"}
    assert len(found.checkups) == len(sessions) > 2
    groups = [[a for s, a in known.answers if s.id == each] for each in sessions]
    for mark, group in zip(found.checkups, groups, strict=True):
        close_to(mark.ability, group)
    (first, _sd), (last, _sd2) = posterior(groups[0]), posterior(groups[-1])
    assert found.change is not None
    assert found.change.difference == pytest.approx(last - first, abs=0.01)
    assert found.change.reliable == (abs(found.change.z) > 1.96)
    one = known.progress.skill(PICTURE, "fear").result()
    assert len(one.emotions) == 8
    rare = stats.norm.isf(0.025 / 8)
    for change in (one.change, one.practised):
        assert change is not None
        assert change.reliable == (abs(change.z) > rare)


def test_confusions_and_their_halves(known: Known) -> None:
    found = known.progress.confusions(PICTURE).result()
    assert found.whole is not None
    assert found.halves is not None
    for period in (found.whole, *found.halves):
        begin, end = period.begin.timestamp(), period.end.timestamp()
        table = counts([a for a in records(known) if begin - 1e-3 <= when(a) <= end + 1e-3])
        for i, shown in enumerate(period.confusion.names):
            for j, said in enumerate(period.confusion.names):
                assert period.confusion.counts[i][j] == table[shown, said]
    assert found.whole.confusion.total == len(known.answers)
    early, late = (half.confusion.total for half in found.halves)
    assert early + late == len(known.answers)
    assert abs(early - late) <= 40
    # What is written into the made-up person is found again.
    one_sided = {(each.shown, each.said) for each in found.mix_ups if each.one_sided}
    assert ("fear", "surprise") in one_sided
    assert ("surprise", "fear") not in one_sided


def test_calibration(known: Known) -> None:
    found = known.progress.sureness(PICTURE).result()
    sure = np.array([a.perceived.confidence for a in records(known)])
    same = np.array([a.agreement.same for a in records(known)])
    assert isinstance(found.calibration, Calibration)
    assert found.calibration.n == len(sure)
    assert found.calibration.brier == pytest.approx(((sure - same) ** 2).mean(), abs=1e-6)
    bins = np.clip(np.floor(sure * 10), 0, 9)
    errors = [
        abs(sure[bins == b].mean() - same[bins == b].mean()) * (bins == b).sum() for b in np.unique(bins)
    ]
    assert found.calibration.error == pytest.approx(sum(errors) / len(sure), abs=1e-5)
    everything, *by_emotion = found.gaps
    apart = sure - same
    share, around = same.mean(), 1.96 * stats.sem(sure)
    low, high = wilson(int(same.sum()), len(same))
    assert (everything.value, everything.low, everything.high) == pytest.approx(
        (
            apart.mean(),
            apart.mean() - np.hypot(around, high - share),
            apart.mean() + np.hypot(around, share - low),
        ),
        abs=1e-5,
    )
    chosen = np.array([a.chosen for a in records(known)])
    for gap in by_emotion:
        assert gap.value == pytest.approx(apart[chosen == gap.emotion].mean(), abs=1e-5)
        assert gap.n == (chosen == gap.emotion).sum()
        assert gap.low < gap.value < gap.high


def test_few_answers_that_all_agree_do_not_say_how_the_next_would_go() -> None:
    """Two of them, as sure: the gap may be anything from far too modest to too sure."""
    two = answered([("fear", "fear", 0.7)] * 2)
    everything, fear = sureness_of(two).gaps
    assert (fear.n, fear.value) == (2, pytest.approx(-0.3))
    assert fear.low == pytest.approx(-0.3, abs=1e-6)
    assert fear.high > 0.3
    assert (everything.low, everything.high) == (fear.low, fear.high)
    _everything, one = sureness_of(answered([("fear", "fear", 0.7)])).gaps
    assert one.low == -1
    assert one.high > 0.7


def answered(answers: Sequence[tuple[str, str, float]]) -> Columns:
    """One session of (reference, said, how sure)."""
    names = tuple(dict.fromkeys(name for shown, said, _sure in answers for name in (shown, said)))
    n = len(answers)
    zeros, nothing = np.zeros(n, np.int64), np.full(n, np.nan)
    return Columns(
        names=names,
        people=("one",),
        channels=("picture",),
        when_s=np.arange(n, dtype=float),
        session=zeros,
        reference=np.array([names.index(shown) for shown, _said, _sure in answers]),
        chosen=np.array([names.index(said) for _shown, said, _sure in answers]),
        choices=zeros + 8,
        person=zeros,
        channel=zeros,
        difficulty=nothing,
        confidence=np.array([sure for _shown, _said, sure in answers]),
        response_ms=nothing,
        session_id=(1,),
        mode=("read_the_moment",),
        clip_set=("set",),
        against=("intended",),
        started_s=np.zeros(1),
        finished=np.ones(1, bool),
    )


def test_response_times(known: Known) -> None:
    found = known.progress.pace(PICTURE).result()
    times = np.array(
        [a.response_ms / 1000 for a in records(known) if a.agreement.same and (a.response_ms or 0) >= 200]
    )
    assert found.whole is not None
    quarters = np.percentile(times, [25, 50, 75])
    assert (found.whole.quarter, found.whole.median, found.whole.three_quarters) == pytest.approx(
        quarters, abs=1e-4
    )
    assert found.whole.n == len(times)
    # The order statistics' interval holds the median in about 95 % of samples: binomial tails around n/2.
    below, above = (times < found.whole.low - 1e-4).sum(), (times > found.whole.high + 1e-4).sum()
    n = len(times)
    assert stats.binom.cdf(below, n, 0.5) + stats.binom.cdf(above, n, 0.5) == pytest.approx(0.05, abs=0.015)
    assert sum(mark.times.n for mark in found.marks) == n
    assert len(found.each[0]) == n


def test_transfer_compares_within_weeks(known: Known) -> None:
    people = known.progress.transfer(PICTURE).result()[0]
    everyone = known.history.ask(
        lambda store: [
            (s.session.id, a)
            for s in store.sessions()
            if s.session.mode in ("read_the_moment", "checkup")
            for a in store.answers(s.session.id or 0)
        ]
    ).result()
    everyone.sort(key=lambda pair: when(pair[1]))
    first: dict[str, int | None] = {}
    weeks: dict[int, list[list[bool]]] = {}
    for session_id, answer in everyone:
        new = first.setdefault(answer.person, session_id) == session_id
        week = int((when(answer) - 4 * 86_400) // (7 * 86_400))
        weeks.setdefault(week, [[], []])[not new].append(answer.agreement.same)
    both = [pair for pair in weeks.values() if pair[0] and pair[1]]
    weight = [len(a) * len(b) / (len(a) + len(b)) for a, b in both]
    apart = np.average([np.mean(a) - np.mean(b) for a, b in both], weights=weight)
    assert not isinstance(people.transfer, Unscorable)
    assert people.transfer.difference == pytest.approx(apart)
    assert people.transfer.new == sum(len(a) for a, _b in both)
    told = [each for each in known.progress.transfer(PICTURE).result() if each.enough]
    worst = min(each.transfer.p for each in told if not isinstance(each.transfer, Unscorable))
    assert any(each.differs for each in told) == (worst <= 0.05 / len(told))
    assert {one.name for one in people.each} == {answer.person for _id, answer in everyone}


def test_thresholds_are_those_of_the_plain_posterior(known: Known) -> None:
    curves = known.progress.thresholds().result()
    assert {(curve.emotion, curve.by) for curve in curves} >= {("fear", "intensity"), ("fear", "duration")}
    sessions = known.history.ask(
        lambda store: {i: store.answers(i) for i in store.past.sessions_of("threshold", most=2)}
    ).result()
    for curve in curves:
        answers = next(
            [a for a in kept if a.reference == curve.emotion]
            for kept in sessions.values()
            if kept[0].shown["kind"] == ("held" if curve.by == "intensity" else "brief")
        )
        levels = [a.shown.get("intensity", a.shown.get("shown_ms")) for a in answers]
        expected = plain_threshold(levels, [a.agreement.same for a in answers], curve.by == "intensity")
        assert log(curve.estimate.value) == pytest.approx(expected, abs=1e-6)
        assert sum(point.shown for point in curve.quest.points) == len(answers)
        assert len(curve.found) == 3
        assert curve.found[-1].estimate == curve.estimate


def plain_threshold(levels: Sequence[float], same: Sequence[bool], of_intensity: bool) -> float:
    """Posterior mean of the log threshold, multiplied out answer by answer on the same grid."""
    low, high = (0.05, 1.0) if of_intensity else (1000 / 60, 500.0)
    total = weighted = 0.0
    for threshold in np.linspace(log(low / 1.5), log(high * 1.5), 41):
        for slope in (1.5, 2.5, 4.0, 6.0):
            for lapse in (0.02, 0.06):
                likely = 1.0
                for level, right in zip(levels, same, strict=True):
                    caught = 1 - exp(-exp(slope * (log(level) - threshold)))
                    p = 1 / 7 + (1 - 1 / 7 - lapse) * caught
                    likely *= p if right else 1 - p
                total += likely
                weighted += likely * threshold
    return weighted / total


def test_following_is_pooled_as_fisher_would(known: Known) -> None:
    axes = known.progress.followed().result()
    assert [axis.axis for axis in axes] == ["valence", "arousal"]
    traces = known.history.ask(lambda store: store.traces.ended(most=100)).result()
    for place, axis in enumerate(axes):
        assert len(axis.reels) == len(traces) == 9
        results = [reel.result for reel in axis.reels if isinstance(reel.result, Following)]
        z = np.arctanh([each.r for each in results])
        weight = np.array([each.independent - 3 for each in results])
        assert isinstance(axis.pooled, Pooled)
        assert axis.pooled.r == pytest.approx(np.tanh(np.average(z, weights=weight)))
        assert axis.level == pytest.approx(np.average([each.level for each in results], weights=weight))
        # One of them from its samples, two a second, two seconds late, the first five left out.
        trace = traces[-1]
        assert trace.reference is not None
        time_s, mine = trace_columns(trace.samples, place)
        at = np.arange(5.25, 57.5, 0.5)
        late = np.interp(at + 2.0, time_s, np.convolve(mine, np.ones(5) / 5, "same"))
        theirs = np.interp(at, trace.reference["time_s"], trace.reference[axis.axis])
        assert results[0].r == pytest.approx(stats.pearsonr(late, theirs).statistic, abs=0.05)


def test_only_what_the_weeks_let_through(known: Known) -> None:
    lens = type(PICTURE)(against="intended", channel="picture", weeks=4)
    found = known.progress.confusions(lens).result()
    late = [a for a in records(known) if when(a) >= NOW.timestamp() - 28 * 86_400]
    assert found.whole is not None
    assert found.whole.confusion.total == len(late) < len(known.answers)


def test_another_reference_is_another_measure(known: Known) -> None:
    lens = type(PICTURE)(against=str(Source.CROWD), channel="picture")
    assert known.progress.confusions(lens).result().whole is None
    assert known.progress.skill(lens, None).result().marks == ()
    assert known.progress.pace(lens).result().whole is None
    assert isinstance(known.progress.sureness(lens).result().calibration, Unscorable)


def test_a_deleted_session_is_gone_from_the_figures(known: Known) -> None:
    before = known.progress.confusions(PICTURE).result()
    session, _answer = known.answers[0]
    known.history.delete_session(session.id or 0).result()
    after = known.progress.confusions(PICTURE).result()
    gone = sum(each.id == session.id for each, _answer in known.answers)
    assert before.whole is not None
    assert after.whole is not None
    assert after.whole.confusion.total == before.whole.confusion.total - gone
