"""The local currency lives: a reserve, four weeks of shopping without ether, a lost key, offices kept in bounds."""

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.chain.sender import TransactionFailedError
from beffroi.currency import issuing
from beffroi.currency.issuing import Grant
from beffroi.currency.posting import post
from beffroi.demo.stage import Stage
from beffroi.eip712 import Slip
from beffroi.residents import Resident, ResidentKind, draw_roll, enrol
from beffroi.units import DAY_S, euros

CITIZENS, MERCHANTS, PUBLIC_BODIES = 300, 60, 3
RESERVE_CENTS = 5_000_000
GRANT_CENTS = 12_000
WEEKS = 4
PAYMENTS_A_WEEK = 600
KINDS = {
    "citizen": ResidentKind.CITIZEN,
    "merchant": ResidentKind.PROFESSIONAL,
    "public body": ResidentKind.PUBLIC_BODY,
}


def tell(stage: Stage) -> None:
    """Lives the currency's story."""
    _residents(stage)
    _reserve(stage)
    _weeks_of_shopping(stage)
    _redemption(stage)
    _what_offices_may_not_do(stage)
    _lost_key(stage)
    _books(stage)
    _roll(stage)


def _residents(stage: Stage) -> None:
    stage.narrator.chapter("The registrar opens the register")
    for group, count in (("citizen", CITIZENS), ("merchant", MERCHANTS), ("public body", PUBLIC_BODIES)):
        stage.people[group] = [Key.derived("demo", group, number) for number in range(count)]
    newcomers = [Resident(key.address, KINDS[group]) for group, keys in stage.people.items() for key in keys]
    with stage.narrator.progress("enrolling", len(newcomers)) as advance:
        outcomes = enrol(stage.rpc, stage.contract("Residents"), stage.office("registrar"), newcomers, advance)
    gas = sum(outcome.gas_used for outcome in outcomes)
    stage.narrator.tell(
        f"{CITIZENS} citizens, {MERCHANTS} merchants, {PUBLIC_BODIES} public bodies in {len(outcomes)} transactions, "
        f"{gas // len(newcomers):,} gas each, their account in the currency included. None of them owns ether."
    )


def _reserve(stage: Stage) -> None:
    stage.narrator.chapter("Euros come in, money goes out")
    stage.act(
        stage.office("auditor"), "LocalCurrency", "attestReserve", RESERVE_CENTS, issuing.reference("statement 1"),
        purpose="attest the reserve",
    )  # fmt: skip
    stage.narrator.tell(f"The auditor has read the bank statement: {euros(RESERVE_CENTS)} € in the reserve.")
    grants = [Grant(key.address, GRANT_CENTS) for key in stage.people["citizen"]]
    currency = stage.contract("LocalCurrency")
    issue = issuing.compare(stage.rpc, currency, grants, issuing.reference("euro receipts, September"))
    outcomes = issuing.issue(stage.rpc, currency, stage.office("treasurer"), issue.to_issue)
    gas = sum(outcome.gas_used for outcome in outcomes)
    stage.narrator.tell(
        f"The treasurer issues {euros(GRANT_CENTS)} to each of {CITIZENS} citizens against their euros: "
        f"{gas // CITIZENS:,} gas each. A reference serves once: the same list again would issue nothing."
    )


def _weeks_of_shopping(stage: Stage) -> None:
    stage.narrator.chapter("Four weeks of shopping; citizens sign, the town hall posts and pays")
    domain, currency = stage.domain("LocalCurrency"), stage.contract("LocalCurrency")
    used: dict[str, int] = {}
    rows = []
    for week in range(1, WEEKS + 1):
        signed = [_payment(stage, used) for _ in range(PAYMENTS_A_WEEK)]
        if week == WEEKS:
            signed.append(_more_than_she_has(stage, used))
        with stage.narrator.progress(f"week {week}", len(signed)) as advance:
            posted = post(
                stage.rpc, currency, stage.office("clerk"),
                [(slip, key.sign(slip.digest(domain))) for key, slip in signed], progress=advance,
            )  # fmt: skip
        paid = sum(slip.values[2] for place, (_, slip) in enumerate(signed) if place not in posted.refused)
        gas = posted.gas_used // len(signed)
        rows.append((str(week), str(posted.carried_out), euros(paid), str(len(posted.refused)), f"{gas:,}"))
        for reason in posted.refused.values():
            stage.narrator.tell(f"One slip was left out, and held back no other: {reason}")
        stage.pass_days(7)
    stage.narrator.table(("week", "payments", "paid", "left out", "gas each"), rows)


def _payment(stage: Stage, used: dict[str, int]) -> tuple[Key, Slip]:
    payer, payee = stage.chance.choice(stage.people["citizen"]), stage.chance.choice(stage.people["merchant"])
    return payer, _slip(payer, payee, stage.chance.randint(90, 900), used)


def _more_than_she_has(stage: Stage, used: dict[str, int]) -> tuple[Key, Slip]:
    payer, payee = stage.people["citizen"][0], stage.people["merchant"][0]
    return payer, _slip(payer, payee, RESERVE_CENTS, used)


def _slip(payer: Key, payee: Key, amount_cents: int, used: dict[str, int]) -> Slip:
    nonce = used.get(payer.address, 0)
    used[payer.address] = nonce + 1
    return slips.transfer(payer.address, payee.address, amount_cents, nonce)


def _redemption(stage: Stage) -> None:
    stage.narrator.chapter("Merchants change money back")
    currency, domain, treasurer = (
        stage.contract("LocalCurrency"),
        stage.domain("LocalCurrency"),
        stage.office("treasurer"),
    )
    for merchant in stage.people["merchant"][:5]:
        amount = currency.read(stage.rpc, "balanceOf", merchant.address) // 2
        slip = slips.redeem(merchant.address, amount, 0)
        signature = merchant.sign(slip.digest(domain))
        stage.act(
            stage.office("clerk"), "LocalCurrency", "redeemWithAuthorization", *slip.values, signature,
            purpose="post a redemption",
        )  # fmt: skip
    count = currency.read(stage.rpc, "redemptions")
    owed = currency.read(stage.rpc, "books")[2]
    for number in range(1, count):
        reference = issuing.reference(f"transfer {number}")
        stage.act(treasurer, "LocalCurrency", "settle", number, reference, purpose="settle a redemption")
    left = currency.read(stage.rpc, "books")[2]
    stage.narrator.tell(
        f"{count} merchants signed {count} redemptions: {euros(owed)} € owed, the fee gone to the commons. "
        f"The treasurer has paid {count - 1} of them; {euros(left)} € is still owed."
    )


def _what_offices_may_not_do(stage: Stage) -> None:
    stage.narrator.chapter("What offices may not do")
    citizen = stage.people["citizen"][1].address
    attempts = [
        ("The auditor issues", "auditor", "LocalCurrency", "issue", (citizen, 100, issuing.reference("for a friend"))),
        (
            "The treasurer attests",
            "treasurer",
            "LocalCurrency",
            "attestReserve",
            (10**9, issuing.reference("trust me")),
        ),
        (
            "The treasurer over-issues",
            "treasurer",
            "LocalCurrency",
            "issue",
            (citizen, 10**9, issuing.reference("more")),
        ),
        ("The registrar freezes", "registrar", "LocalCurrency", "freeze", (citizen, issuing.reference("no order"))),
    ]
    for words, office, contract, function, arguments in attempts:
        try:
            stage.act(stage.office(office), contract, function, *arguments, purpose=words)
        except TransactionFailedError as refusal:
            stage.narrator.tell(str(refusal), mark="refused")
        else:
            raise AssertionError(f"{words}, and should have been refused")


def _lost_key(stage: Stage) -> None:
    stage.narrator.chapter("A citizen loses her phone")
    residents, currency = stage.contract("Residents"), stage.contract("LocalCurrency")
    lost, successor = stage.people["citizen"][2], Key.derived("demo", "new phone")
    before = currency.read(stage.rpc, "balanceOf", lost.address)
    stage.act(
        stage.office("registrar"), "Residents", "proposeRecovery", lost.address, successor.address,
        issuing.reference("request at the counter"), purpose="propose a recovery",
    )  # fmt: skip
    delay_days = residents.read(stage.rpc, "recoveryDelay_s") // DAY_S
    stage.narrator.tell(
        f"The registrar proposes a new key. For {delay_days} days anyone sees it, and the old key could veto it."
    )
    stage.pass_days(delay_days)
    receipt = stage.act(stage.office("clerk"), "Residents", "recover", lost.address, purpose="carry the recovery out")
    after = currency.read(stage.rpc, "balanceOf", successor.address)
    stage.narrator.tell(
        f"Anyone carries it out: {euros(before)} before, {euros(after)} after, register and money in one transaction "
        f"of {int(receipt['gasUsed'], 16):,} gas."
    )
    stage.people["citizen"][2] = successor


def _books(stage: Stage) -> None:
    stage.narrator.chapter("The books")
    currency = stage.contract("LocalCurrency")
    supply, reserve, owed = currency.read(stage.rpc, "books")
    accounts = [key.address for keys in stage.people.values() for key in keys] + [stage.office("commons").address]
    held = sum(currency.reads(stage.rpc, "balanceOf", [(account,) for account in accounts]))
    figures = (
        ("in circulation", supply), ("sum of all accounts", held), ("owed in euros", owed), ("euro reserve", reserve),
    )  # fmt: skip
    ratio = ("reserve ratio", f"{reserve / (supply + owed):>14.1%}")
    rows = [(figure, f"{euros(cents):>14}") for figure, cents in figures]
    stage.narrator.table(("figure", "amount"), [*rows, ratio])


def _roll(stage: Stage) -> None:
    stage.narrator.chapter("The roll is sealed")
    block = int(stage.rpc.call("eth_blockNumber"), 16)
    roll, _ = draw_roll(
        stage.rpc, stage.contract("Residents"), [ResidentKind.CITIZEN], block, stage.manifest.start_block
    )
    stage.narrator.tell(
        f"{len(roll)} citizens at block {block}, root 0x{roll.root.hex()}: whoever draws it gets the same."
    )
