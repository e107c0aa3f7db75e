"""Seizures: a court announces that it takes money for a creditor; what becomes of it. `list` shows the pending ones.

The account is frozen at once; nothing moves before the delay of the town's file is over,
and then by whoever asks. Meanwhile the guardian may suspend it, once, until ADMIN decides.

\b
Examples:
  ape run currency seizure order 0x… 0x… 120,50 order.pdf --account court --network …
  ape run currency seizure list --network …
  ape run currency seizure suspend 3 ground.pdf --account guardian --network …
  ape run currency seizure annul 3 decision.pdf --account mayor --network …
  ape run currency seizure carry-out 3 --account anyone --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console
from rich.table import Table

from beffroi.chain.announcing import moment
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.land import document_hash
from beffroi.cli.options import ACCOUNT, AMOUNT, EXISTING, bureau_options, currency_option
from beffroi.currency import seizing
from beffroi.units import euros


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("debtor", type=ACCOUNT)
@click.argument("to", type=ACCOUNT)
@click.argument("amount", type=AMOUNT)
@click.argument("document", type=EXISTING)
@bureau_options
@currency_option
def order(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, debtor: str, to: str, amount: int, document: Path, town: str,
    account: str | None, currency: str | None,
) -> None:  # fmt: skip
    """Announces that at most AMOUNT of DEBTOR's money goes to TO, by the order DOCUMENT."""
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    court, purpose = bureau.signer(account, "court"), f"seize {euros(amount)} of {debtor} for {to}"
    receipt = bureau.act(court, "seize", debtor, to, amount, document_hash(document), purpose=purpose)
    (announced,) = bureau.currency.logged(receipt, "SeizureAnnounced")
    number, due_at_s = announced.args["seizure"], announced.args["dueAt"]
    click.echo(f"Seizure {number} is announced; it may be carried out from {moment(due_at_s)} on.")


def _deciding(name: str, function: str, office: str | None, told: str, summary: str) -> None:
    """Gives the group a command by which an office decides on a seizure."""

    @cli.command(name, cls=TownCommand, help=summary)
    @click.argument("seizure", type=int)
    @click.argument("document", type=EXISTING)
    @bureau_options
    @currency_option
    def decide(
        *, provider: ProviderAPI, ecosystem: EcosystemAPI, seizure: int, document: Path, town: str,
        account: str | None, currency: str | None,
    ) -> None:  # fmt: skip
        bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
        signer = bureau.signer(account, office)
        bureau.act(signer, function, seizure, document_hash(document), purpose=f"{name} seizure {seizure}")
        click.echo(f"Seizure {seizure} {told}.")


_deciding("withdraw", "withdrawSeizure", "court", "is taken back", "Takes SEIZURE back by the court's order DOCUMENT.")
_deciding(
    "suspend", "suspendSeizure", "guardian", "is suspended",
    "Suspends SEIZURE, once, until ADMIN decides; DOCUMENT says on what ground.",
)  # fmt: skip
_deciding(
    "resume", "resumeSeizure", None, "goes on; its delay begins anew",
    "ADMIN lets the suspended SEIZURE go on, by the decision DOCUMENT.",
)  # fmt: skip
_deciding("annul", "annulSeizure", None, "is annulled", "ADMIN annuls the suspended SEIZURE, by the decision DOCUMENT.")


def _ending(name: str, function: str, told: str, summary: str) -> None:
    """Gives the group a command by which anyone ends a seizure whose time has come."""

    @cli.command(name, cls=TownCommand, help=summary)
    @click.argument("seizure", type=int)
    @bureau_options
    @currency_option
    def end(
        *, provider: ProviderAPI, ecosystem: EcosystemAPI, seizure: int, town: str, account: str | None,
        currency: str | None,
    ) -> None:  # fmt: skip
        bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
        bureau.act(bureau.signer(account), function, seizure, purpose=f"{name} seizure {seizure}")
        click.echo(f"Seizure {seizure} {told}.")


_ending("carry-out", "carryOutSeizure", "is carried out", "Carries SEIZURE out, once it is due; anyone may.")
_ending("lapse", "lapseSeizure", "has lapsed", "Ends SEIZURE, which nobody carried out or decided in time; anyone may.")


@cli.command("list", cls=TownCommand)
@bureau_options
@currency_option
def list_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, town: str, account: str | None, currency: str | None
) -> None:
    """Shows the seizures that have not ended."""
    del account
    bureau = CurrencyBureau.open(town, provider, ecosystem, currency=currency)
    table = Table("seizure", "account", "for", "at most", "stage", "due, or suspended, at")
    for it in seizing.pending(bureau.rpc, bureau.currency):
        table.add_row(str(it.number), it.account, it.to, euros(it.amount_cents), it.stage, moment(it.due_s))
    Console().print(table)
