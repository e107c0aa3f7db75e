"""Sales by their commands alone, as notary, clerk, court, sellers, buyers and banks give them."""

import json

from testbed.estate import PAPER
from testbed.town import NOTARY, REGISTRAR


def test_a_house_with_a_mortgage_is_sold_from_desk_to_desk(town, shop):
    deed, sale, bank = town.paper("deed.pdf"), town.folder / "sale.json", town.people["bank"].address
    inscribed = town.does("charge", "inscribe", shop, bank, "100000", "2045-06-30", deed)
    assert "Charge 1 of 100,000.00 is inscribed on 59999000AB0005, at rank 1." in inscribed
    terms = ("--buyer", town.people["buyer"].address, "--deposit", "20000", "--condition", "loan")
    fee = ("--fee", NOTARY.address, "3000")
    loan = ("--lender", bank, "--loan", "90000", "--loan-due", "2050-01-31")
    drafted = town.does("sell", "draft", sale, shop, "200 000,00", deed, *terms, *fee, *loan)
    assert "214,613.30 in all, of which 11,613.30 of tax" in drafted
    assert "the compromis lacks the signatures of" in town.does("sell", "open", sale, fails=True)
    assert "is no party to the compromis" in town.does("sell", "sign", sale, "--account", "bank", fails=True)
    assert "the compromis awaits" in town.does("sell", "sign", sale, "--account", "seller")
    assert "is signed by all" in town.does("sell", "sign", sale, "--account", "buyer")
    assert f"{shop} is locked" in town.does("sell", "open", sale)

    assert "leave 0x" in town.does("sell", "fund", sale, "1", "--account", "seller", fails=True)
    town.does("sell", "fund", sale, "20000", "--account", "buyer")
    assert "deposited, 20,000.00 in escrow" in town.does("sell", "status", sale)
    town.does("sell", "condition", sale, "loan", "met", deed)
    town.does("sell", "fund", sale, "90000", "--account", "bank")
    assert "0.00 still awaited" in town.does("sell", "fund", sale, "104613.30", "--account", "buyer")
    for name in ("seller", "buyer"):
        town.does("sell", "sign", sale, "--act", "deed", "--account", name)
    assert f"the deed lacks the signatures of {bank}" in town.does("sell", "settle", sale, fails=True)
    town.does("sell", "sign", sale, "--act", "deed", "--account", "bank")
    assert "Conveyance_TooEarly" in town.does("sell", "settle", sale, fails=True)
    town.estate.pass_days(12)
    settled = town.does("sell", "settle", sale)
    assert f"{bank} is paid 100,000.00" in settled
    assert f"{town.people['seller'].address} is paid 100,000.00" in settled
    assert "settled, 0.00 in escrow" in town.does("sell", "status", sale)
    title = town.does("title", shop)
    assert f"{town.people['buyer'].address} full 1" in title
    assert "conveyed" in title
    assert "90,000.00 2050-01-31" in title


def test_a_sale_left_alone_is_over_and_refunded_by_anyone(town, opened):
    town.does("sell", "fund", opened, "20000", "--account", "buyer")
    assert "Conveyance_TooEarly" in town.does("sell", "cancel", opened, "--why", "expired", fails=True)
    town.estate.pass_days(121)
    town.does("sell", "cancel", opened, "--why", "expired", "--account", "bank")
    refunded = town.does("sell", "refund", opened, "--account", "bank")
    assert f"{town.people['buyer'].address} has 20,000.00 back" in refunded


def test_a_buyer_who_is_suspended_sends_her_refund_elsewhere(town, opened):
    buyer, bank = town.people["buyer"].address, town.people["bank"].address
    town.does("sell", "fund", opened, "20000", "--account", "buyer")
    town.estate.pass_days(121)
    town.does("sell", "cancel", opened, "--why", "expired", "--account", "bank")
    town.estate.act(REGISTRAR, town.estate.offices.residents, "suspend", buyer, PAPER)
    assert "cannot receive 20,000.00 now" in town.does("sell", "refund", opened, "--account", "bank")
    assert "LocalCurrency_Suspended" in town.does("withdraw", buyer, "--account", "bank", fails=True)
    assert f"only {buyer} sends" in town.does("withdraw", buyer, "--to", bank, "--account", "bank", fails=True)
    assert f"20,000.00 are paid to {bank}" in town.does("withdraw", buyer, "--to", bank, "--account", "buyer")
    assert "Nothing is owed" in town.does("withdraw", buyer, "--account", "bank")


def test_a_buyer_retracts_or_both_give_up(town, opened):
    town.does("sell", "sign", opened, "--act", "retraction", "--account", "buyer")
    for name in ("seller", "buyer"):
        town.does("sell", "sign", opened, "--act", "rescission", "--account", name)
    before = town.estate.rpc.call("evm_snapshot")
    town.does("sell", "retract", opened, "--account", "bank")
    assert "cancelled" in town.does("sell", "status", opened)
    town.estate.rpc.call("evm_revert", before)
    town.does("sell", "cancel", opened, "--why", "rescinded", "--account", "bank")
    assert "cancelled" in town.does("sell", "status", opened)


def test_terms_are_amended_by_all(town, opened):
    town.does("amend", "propose", opened, "--price", "190000", "--settle-by", town.day(150))
    assert "the amendment lacks the signatures of" in town.does("amend", "post", opened, fails=True)
    for name in ("seller", "buyer"):
        town.does("sell", "sign", opened, "--act", "amendment", "--account", name)
    town.does("amend", "post", opened)
    assert f"{town.people['buyer'].address} still pays 201,032.63" in town.does("sell", "status", opened)


def test_the_town_preempts_in_its_zone(town, shop, opened):
    paper = town.paper("deliberation.pdf")
    for command in (("zone", "open", paper, "--preempts"), ("zone", "place", 1, shop)):
        assert "Announced" in town.does(*command)
        town.estate.pass_days(2)
        town.does(*command)
    assert "the town may pre-empt" in town.does("sell", "status", opened)
    town.does("sell", "fund", opened, "20000", "--account", "buyer")
    town.does("sell", "declare", opened)
    assert "Announced" in town.does("sell", "answer", opened, "preempt", paper)
    town.estate.pass_days(2)
    assert "The town pre-empted" in town.does("sell", "answer", opened, "preempt", paper)
    town.does("sell", "cancel", opened, "--why", "preempted")
    assert "20,000.00 back" in town.does("sell", "refund", opened)


def test_a_file_of_another_chain_or_of_nothing_is_refused(town, opened):
    content = json.loads(opened.read_text())
    opened.write_text(json.dumps(content | {"chainId": 1}))
    assert "choose that network" in town.does("sell", "open", opened, fails=True)
    opened.write_text("{}")
    assert "is not the file of a sale: `ape run land sell draft` makes one" in town.does(
        "sell", "open", opened, fails=True
    )


def test_a_title_is_cut_finer_before_two_buy_it(town, shop):
    sale, deed = town.folder / "sale.json", town.paper("deed.pdf")
    buyers = [f"--buyer={town.people[it].address}=1/2" for it in ("buyer", "bank")]
    draft = ("sell", "draft", sale, shop, "200000", deed, *buyers)
    assert f"ape run land rescale {shop} 2" in town.does(*draft, fails=True)
    assert "is counted in 2" in town.does("rescale", shop, 2)
    assert "the compromis awaits" in town.does(*draft)


def test_a_court_freezes_gives_and_ends(town, shop, opened):
    order, buyer = town.paper("order.pdf"), town.people["buyer"].address
    assert "AccessManagedUnauthorized" in town.does("court", "freeze", shop, "--account", "seller", fails=True)
    town.does("court", "freeze", shop)
    assert "frozen by a court" in town.does("title", shop)
    town.does("court", "end", opened, order)
    assert "cancelled" in town.does("sell", "status", opened)
    town.does("court", "transfer", shop, buyer)
    assert f"{buyer} full 1" in town.does("title", shop)
