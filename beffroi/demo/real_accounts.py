"""The last chapter, where real data is at hand: a currency that was lived in Kenya, to the cent."""

from pathlib import Path

from beffroi import replay
from beffroi.currency import issuing
from beffroi.demo.stage import Stage

FOLDER = "sarafu-accounts-2020"


def tell(stage: Stage, data: Path) -> None:
    """Enrols the accounts of Sarafu, gives them their balances and has them pay.

    Raises:
        FileNotFoundError: the folder has no such data.
    """
    stage.narrator.chapter("12,463 accounts that were lived: Sarafu, Kenya, 2020")
    members = replay.read(data / FOLDER if (data / FOLDER).is_dir() else data)
    for oddity, count in replay.oddities(members).items():
        stage.narrator.tell(f"{oddity}: {count:,}")
    supply, reserve, owed = stage.contract("LocalCurrency").read(stage.rpc, "books")
    needed = sum(member.balance_cents for member in members) + supply + owed
    stage.act(
        stage.office("auditor"), "LocalCurrency", "attestReserve", max(reserve, needed),
        issuing.reference("statement 2"), purpose="attest the reserve",
    )  # fmt: skip
    offices = replay.ReplayOffices(
        residents=stage.contract("Residents"),
        currency=stage.contract("LocalCurrency"),
        registrar=stage.office("registrar"),
        treasurer=stage.office("treasurer"),
        auditor=stage.office("auditor"),
        poster=stage.office("clerk"),
    )
    report = replay.ReplayReport()
    with stage.narrator.bars() as step:
        keys = replay.settle_in(stage.rpc, offices, members, report, step)
        payments = replay.draw(members)
        replay.pay(stage.rpc, offices, members, keys, payments, report, step)
    _show(stage, report)


def _show(stage: Stage, report: replay.ReplayReport) -> None:
    rows = [(name, f"{figure:>16,}") for name, figure in report.figures.items()]
    rows += [(f"{name}, seconds", f"{seconds:>16.1f}") for name, seconds in report.seconds.items()]
    paying_s = report.seconds["sign"] + report.seconds["post"]
    rows.append(("payments a second, signed and posted", f"{report.figures['payments'] / paying_s:>16,.0f}"))
    stage.narrator.table(("figure", "value"), rows)
