"""A town hall whose file changes while sales are open, and who sells there."""

from dataclasses import replace

from beffroi.land import deeds
from beffroi.land.registry import LandContracts
from beffroi.land.sale import Sales
from beffroi.town.apply import apply_plan
from beffroi.town.authority import read_authority
from beffroi.town.check import check_town
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.manifest import manifest_path, read_manifest
from beffroi.town.plan import make_plan
from testbed.town import CONFIG, MAYOR, NOTARY

CONVEYANCE = {"instance": "Conveyance2", "succeeds": "Conveyance"}


class Hall:
    """A town hall whose file changes: what it plans, sends and checks."""

    def __init__(self, rpc, folder):
        self.rpc, self.folder = rpc, folder
        self.config = CONFIG

    @property
    def path(self):
        return manifest_path(31337, self.config.town, self.folder)

    @property
    def manifest(self):
        return read_manifest(self.path)

    @property
    def offices(self):
        return LandContracts.at(self.rpc, self.manifest)

    def decides(self, **land_changes):
        content = self.config.model_dump()
        self.config = TownConfig.model_validate(content | {"land": content["land"] | land_changes})

    def replaces_money(self):
        content = self.config.model_dump()
        (money,) = content["currency"]
        following = money | {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency"}
        self.config = TownConfig.model_validate(content | {"currency": [following]})

    def plan(self):
        return make_plan(self.rpc, self.config, MAYOR.address, self.manifest)

    def deploys(self, **options):
        """How many transactions it sends."""
        before = self._sent()
        apply_plan(self.plan(), self.rpc, MAYOR, folder=self.folder, **options)
        return self._sent() - before

    def red(self):
        return [it for it in self._checks() if not it.holds]

    def left(self):
        return {it.subject: it.found for it in self._checks() if it.topic == "succession"}

    def movers(self):
        """Who moves titles by sale, by name."""
        names = {record.address: name for name, record in self.manifest.contracts.items()}
        members = read_authority(self.rpc, self.manifest.address("Town"), 0).members
        return [names[account] for account in members[Office.CONVEYANCE]]

    def _checks(self):
        return check_town(self.rpc, self.config, self.manifest)

    def _sent(self):
        return int(self.rpc.call("eth_getTransactionCount", MAYOR.address, "latest"), 16)


def moves_to(estate, offices):
    """The same people, who draw up sales with these."""
    return replace(estate, offices=offices, sales=Sales(offices))


def opens(estate, parcel):
    terms = estate.terms(parcel)
    signatures = estate.sign(deeds.compromis(terms), estate.ada, estate.bob)
    return estate.sales.open(NOTARY, terms, signatures), terms


def settles(estate, number, terms):
    estate.pay_in(number, estate.bob, terms.due_cents - estate.sales.status(number).escrow_cents, b"rest".ljust(32))
    estate.pass_days(12)
    signatures = estate.sign(deeds.deed(number, terms), estate.ada, estate.bob)
    estate.sales.settle(NOTARY, number, terms, signatures)
