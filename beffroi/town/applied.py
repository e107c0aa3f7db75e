"""Who might do what by the last deployment, as the manifest keeps it."""

from beffroi.town.authority import Authority
from beffroi.town.manifest import AuthorityRecord, Manifest


def applied_authority(manifest: Manifest | None) -> Authority:
    """Who might do what when the town was wired last; nobody before."""
    record = manifest.authority if manifest else None
    if record is None:
        return Authority()
    return Authority(
        members=dict(record.members),
        functions={
            (target, bytes.fromhex(selector[2:])): role
            for target, roles in record.functions.items()
            for selector, role in roles.items()
        },
        settings={
            (setter, int(key) if key.isdigit() else key): value
            for setter, values in record.settings.items()
            for key, value in values.items()
        },
    )


def authority_record(wanted: Authority) -> AuthorityRecord:
    """What the manifest keeps of it."""
    functions: dict[str, dict[str, int]] = {}
    for (target, selector), role in wanted.functions.items():
        functions.setdefault(target, {})["0x" + selector.hex()] = role
    settings: dict[str, dict[str, int]] = {}
    for (setter, key), value in wanted.settings.items():
        settings.setdefault(setter, {})[str(key)] = value
    return AuthorityRecord(
        members={role: dict(held) for role, held in wanted.members.items() if held},
        functions=functions,
        settings=settings,
    )
