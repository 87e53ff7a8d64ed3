"""A session and its answers, as practising makes them."""

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Term, Vocabulary
from attune.scoring.agreement import agree, spread
from attune.storage.records import AnswerRecord, SessionRecord

PLACES = {"neutral": (0.0, 0.0), "happiness": (0.8, 0.5), "fear": (-0.6, 0.7), "surprise": (0.2, 0.8)}
VOCABULARY = Vocabulary(
    "core",
    tuple(Term(name=n, family=n, valence=v, arousal=a) for n, (v, a) in PLACES.items()),
)


def a_session(started_at: str = "2026-03-01T10:00:00+00:00", seed: int = 7) -> SessionRecord:
    return SessionRecord(
        started_at=started_at,
        mode="read_the_moment",
        clip_set="First light",
        clip_set_version="1",
        vocabulary="core",
        scored_against=Source.INTENDED,
        seed=seed,
        planned=10,
    )


def an_answer(
    session_id: int, position: int = 0, chosen: str = "fear", intended: str = "fear", person: str = "Ana"
) -> AnswerRecord:
    perceived = Reading(
        source=Source.USER,
        labels=spread(chosen, 0.7, VOCABULARY.names),
        intensity=0.6,
        confidence=0.7,
    )
    reference = certain(Source.INTENDED, intended, intensity=1.0)
    votes = Reading(source=Source.CROWD, labels={"fear": 0.6, "surprise": 0.4}, raters=10, by="CREMA-D")
    return AnswerRecord(
        session_id=session_id,
        position=position,
        answered_at=f"2026-03-01T10:{position % 60:02}:30+00:00",
        clip_name=f"media/{person}_{intended}.webm",
        clip_hash="0" * 64,
        person=person,
        channel="picture",
        perceived=perceived,
        references=(reference, votes),
        agreement=agree(perceived, reference, VOCABULARY),
        response_ms=1234.5 + position,
        replays=1,
        choices=VOCABULARY.names,
    )
