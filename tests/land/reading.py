"""A village read after it was spoilt."""

from beffroi.land import cadastre, village


def read(features):
    return cadastre.check(features, village.COMMUNE)


def refused(features, subject=None):
    """What the only refused parcel of a spoilt village is refused for."""
    report = read(features)
    subjects = {finding.subject for finding in report.refusals}
    assert subjects == {subject or features[0]["id"]}
    assert len(report.parcels) == len(features) - 1
    return {finding.rule: finding.message for finding in report.refusals}


def ring(feature):
    return feature["geometry"]["coordinates"][0]
