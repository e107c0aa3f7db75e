"""Casts a secret ballot in consultation NUMBER, or signs it for someone else to post (--slip: no ether needed).

\b
CHOICE is an option by its text or its number; of an approval several between ;
of points, option=points between ;. Where promises are judged, it is one level for each, in their order or as
promise=level, between ;: broken, hardly kept, half kept, mostly kept, kept, no opinion.
Given again while the vote is open, the last ballot counts; everybody sees that you voted again.

The roll is drawn again from the town's register: where it is not whole, that is said first, and asked.

The ballot's hash is shown before it goes anywhere. With --then ask you may then demand to see
inside: the ballot is opened instead of cast (--then audit does so at once) and its secrets are written
to --opening, where any other computer can check that it holds what you asked for
(`ape run vote receipt`). An opened ballot is never cast. A ballot that was honest every time you looked
is likely to be when you do not.

\b
Examples:
  ape run vote cast 1 yes --roll roll.csv --trustees trustees.json --receipt mine.json --account me --network …
  ape run vote cast 7 "2=kept; 5=half kept" --roll roll.csv --trustees trustees.json --account me --network …
  ape run vote cast 1 yes --roll roll.csv --trustees trustees.json --slip slips.jsonl --account me --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.ballots.receipt import Receipt
from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau, published_trustees, sealed_roll
from beffroi.cli.options import EXISTING, FILE, account_option, polls_options, roll_option, trust_roll_option
from beffroi.consultation import casting, challenge


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("choice")
@polls_options
@account_option
@roll_option
@trust_roll_option
@click.option("--trustees", type=EXISTING, required=True,
              help="The trustees, as two offices published them: they signed the key.")  # fmt: skip
@click.option("--question", type=EXISTING, help="The question's file, where the chain holds its hash only.")
@click.option("--slip", type=FILE, help="Append a signed slip to this file instead of sending a transaction.")
@click.option(
    "--receipt", "receipt_path", type=FILE, help="Where your receipt is written: it tells nobody how you voted."
)
@click.option("--then", type=click.Choice(["cast", "ask", "audit"]), default="cast", show_default=True,
              help="What happens once the hash is shown.")  # fmt: skip
@click.option("--opening", type=FILE, default=Path("opened-ballot.json"), show_default=True, help="For an audit.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, choice: str, town: str, contract: str | None,
    since: int, account: str | None, roll_path: Path, trustees: Path, question: Path | None, slip: Path | None,
    receipt_path: Path | None, then: str, opening: Path, trust_roll: bool,
) -> None:  # fmt: skip
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    params = bureau.polls.params(number)
    asked = bureau.asked(params, question)
    voter = bureau.signer(account, resumes=True)
    roll, seal = sealed_roll(roll_path, params)
    bureau.require_origin(seal, params.opens_at, is_trusted=trust_roll)
    wanted, panels = asked.messages(choice), published_trustees(trustees)
    index, ballot = casting.prepare(bureau.polls, params, roll, str(voter.address), wanted, panels)
    believed = ", ".join(panel.phrase for panel in panels)
    click.echo(f"The key is signed by trustees of {trustees}; compare its number with the town's paper: {believed}")
    click.echo(f"{asked.shown}\nYour ballot says: {asked.held(wanted)}\nYour ballot is sealed: 0x{ballot.hash.hex()}")
    if then == "audit" or (then == "ask" and not click.confirm("Cast it? (no: look inside, and cast nothing)")):
        opening.write_text(challenge.to_text(params, ballot), encoding="utf-8")
        click.echo(f"Opened, not cast: {opening}. Check it elsewhere: ape run vote receipt {opening}")
        return
    if slip is not None:
        with slip.open("a", encoding="utf-8") as file:
            signed = casting.hand_over(bureau.polls, params, index, ballot, voter)
            file.write(casting.to_line(params, signed) + "\n")
        click.echo(casting.handed_over(signed))
        click.echo(f"Hand {slip} to whoever posts: they can neither read nor change your ballot.")
        click.echo("Where you sign two before one is posted, they choose which of them counts.")
    else:
        sent = casting.cast(bureau.polls, params, roll, voter, index, ballot)
        click.echo(f"Cast, for {int(sent['gasUsed'], 16):,} gas, as this node shows it ({sent['transactionHash']}).")
    if receipt_path is not None:
        receipt_path.write_text(Receipt.of(params, index, ballot).text() + "\n", encoding="utf-8")
        click.echo(f"Your receipt: {receipt_path}. Check it with: ape run vote receipt {receipt_path}")
