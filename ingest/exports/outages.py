"""Silences of several cameras at once: one thing keeps them all, a carrier or the gateway itself. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.alerts.silence import TOGETHER_MIN
from ingest.exports.deployments import Deployment, Failure
from ingest.exports.spans import DAY_S, Span, clipped, length_s

GATEWAY_SHARE = 0.5


def with_outages(deployments: Sequence[Deployment], away: Sequence[Span]) -> list[Deployment]:
    """Return deployments whose silences say whether others were silent with them.

    `away`: when the gateway itself kept cameras out, as far as is known; in order, none touches another.
    """
    silent = sorted(
        (one.span, deployment.camera_id)
        for deployment in deployments
        for one in deployment.failures
        if one.reason == "silence"
    )
    starts = [span[0] for span, _ in silent]
    together: dict[Span, int] = {}
    for span, _ in silent:
        near = silent[bisect_left(starts, span[0] - DAY_S) : bisect_right(starts, span[0] + DAY_S)]
        together[span] = len({camera_id for other, camera_id in near if abs(other[1] - span[1]) <= DAY_S})
    return [replace(one, failures=tuple(_named(one.failures, together, away))) for one in deployments]


def _named(failures: Iterable[Failure], together: Mapping[Span, int], away: Sequence[Span]) -> Iterable[Failure]:
    for one in failures:
        if one.reason != "silence":
            yield one
        elif length_s(clipped(away, one.span)) >= GATEWAY_SHARE * (one.span[1] - one.span[0]):
            yield replace(one, reason="gateway", evidence=f"{one.evidence} The gateway itself kept cameras out then.")
        elif (count := together[one.span]) >= TOGETHER_MIN:
            yield replace(
                one, reason="outage", evidence=f"{one.evidence} {count} cameras were silent at the same time."
            )
        else:
            yield one
