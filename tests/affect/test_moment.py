from attune.affect.moment import Edge, Moment
from attune.affect.reading import Source, certain

PERCEIVED = certain(Source.USER, "fear")
EXPRESSED = certain(Source.MEASURED, "surprise")
FELT = certain(Source.SELF_REPORT, "fear")


def test_three_corners_make_three_edges() -> None:
    moment = Moment(perceived=PERCEIVED, expressed=EXPRESSED, felt=FELT)
    assert list(moment.edges()) == [
        (Edge.ATTUNEMENT, PERCEIVED, FELT),
        (Edge.READING_THE_FACE, PERCEIVED, EXPRESSED),
        (Edge.LEGIBILITY, EXPRESSED, FELT),
    ]


def test_a_corner_not_asked_for_has_no_edge() -> None:
    assert [edge for edge, *_ in Moment(perceived=PERCEIVED, felt=FELT).edges()] == [Edge.ATTUNEMENT]
    assert list(Moment(expressed=EXPRESSED).edges()) == []
