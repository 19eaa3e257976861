"""Products of the commune, their certificates, and lots at every stage of the way to the buyer."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from uuid import UUID

from demo.fields import Fields, Grower
from demo.institutions import Institutions
from demo.past import Past
from demo.pictures import drawing
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.text import Translated
from langso.kernel.units import Unit
from langso.trade.products import services as products
from langso.trade.products.services import CertificateDescription, CertificateKind, Description, PackDescription
from langso.trade.trace import queries as lots
from langso.trade.trace import services as trace
from langso.trade.trace.services import Kind, Made, Paper, TakenFrom

STRANDS = (205, 188, 160)
TRAY = (150, 120, 82)
TEA = "Hợp tác xã chè và dược liệu"
HOMESTAY = "Cơ sở homestay ven suối"
CERTIFIED = 320
"""Days ago: most certificates are of last winter; they last 36 months."""


@dataclass(frozen=True, slots=True)
class Ware:
    """A product of the demo: names, owner, stars, whether it is on sale."""

    key: str
    vi: str
    en: str
    owner: str
    stars: int
    on_sale: bool = True
    unit: Unit = Unit.KG


WARES = (
    Ware("roots", "Củ dong riềng", "Edible canna roots", "cooperative", 0),
    Ware("noodles", "Miến dong Bình Lư", "Binh Lu canna noodles", "cooperative", 4),
    Ware("gac-noodles", "Miến dong gấc", "Canna noodles with gac fruit", "cooperative", 3),
    Ware("starch", "Tinh bột dong", "Canna starch", "cooperative", 3),
    Ware("tea", "Chè shan tuyết", "Shan snow tea", TEA, 4),
    Ware("black-tea", "Hồng trà núi", "Mountain black tea", TEA, 3),
    Ware("jiaogulan", "Giảo cổ lam khô", "Dried jiaogulan", TEA, 3),
    Ware("ginger", "Gừng sấy lát", "Dried ginger", TEA, 3),
    Ware("visit", "Trải nghiệm làm miến", "Noodle-making visit", HOMESTAY, 3, unit=Unit.PIECE),
    Ware("pillow", "Gối thảo mộc", "Herb pillow", TEA, 3, on_sale=False, unit=Unit.PIECE),
    Ware("honey", "Mật ong rừng", "Forest honey", TEA, 3, on_sale=False, unit=Unit.LITRE),
    Ware("pickle", "Măng ớt ngâm", "Pickled bamboo and chilli", HOMESTAY, 3, on_sale=False, unit=Unit.JAR),
    Ware("scarf", "Khăn thổ cẩm", "Brocade scarf", HOMESTAY, 3, on_sale=False, unit=Unit.PIECE),
)
"""Twelve with OCOP stars, eight of them on sale, as the source tells of this commune; names and makers are made up."""

STORY = Translated(
    vi="Củ dong trồng trên nương cao, rửa bằng nước suối, lọc bột ba lần rồi tráng và phơi nắng. Sợi miến trong, dai,"
    " không phẩm màu.",
    en="Canna roots from high fields, washed with spring water; the starch is settled three times, spread and dried in"
    " the sun. Clear, springy strands without colouring.",
)


@dataclass
class Goods:
    actor: Actor
    institutions: Institutions
    past: Past
    ids: dict[str, UUID] = field(default_factory=dict)
    flour: list[UUID] = field(default_factory=list)

    def plan_products(self) -> None:
        for number, ware in enumerate(WARES):
            self.past.add(CERTIFIED - number, partial(self._describe, ware))

    def _describe(self, ware: Ware) -> None:
        noodles = ware.key == "noodles"
        self.ids[ware.key] = products.describe_product(
            self.actor,
            description=Description(
                name=Translated(vi=ware.vi, en=ware.en),
                unit=ware.unit,
                story=STORY if noodles else Translated(),
                storage=Translated(vi="Nơi khô, mát, tránh nắng.", en="Keep dry, cool and out of the sun."),
                brand="Miến dong Bình Lư" if noodles else "",
                standard="VietGAP (TCVN 11892-1:2017)" if ware.key == "roots" else "",
                shelf_life_days=365 if ware.unit is Unit.KG else None,
                packs=(PackDescription(Unit.BAG, Decimal("0.5"), Unit.KG),) if noodles else (),
            ),
            organisation_id=self.institutions.ids[ware.owner],
        )
        self._certify(ware)
        if ware.on_sale:
            products.add_picture(self.actor, product_id=self.ids[ware.key], upload=drawing(ware.key, STRANDS, TRAY))
            products.publish_product(self.actor, product_id=self.ids[ware.key])

    def _certify(self, ware: Ware) -> None:
        stars = ware.stars or None
        products.record_certificate(
            self.actor,
            product_id=self.ids[ware.key],
            certificate=CertificateDescription(
                kind=CertificateKind.OCOP if stars else CertificateKind.VIETGAP,
                number=f"{'OCOP' if stars else 'VG'}-{self.past.today.year - 1}-DEMO-{len(self.ids):03d}",
                issuer="Hội đồng đánh giá (trình diễn)" if stars else "Tổ chức chứng nhận (trình diễn)",
                valid_from=self.past.day(CERTIFIED),
                valid_until=None if stars else self.past.day(-300),
                stars=stars,
            ),
        )

    def plan_lots(self, fields: Fields) -> None:
        """Harvested growers' lots go into starch, noodles, packs, labels; each stage keeps some lots for itself."""
        done = [grower for grower in fields.growers if grower.number % 5 != 4 and not grower.is_careless]
        for batch, start in enumerate(range(0, 12, 3)):
            growers = done[start : start + 3]
            self.past.add(12 - batch, partial(self._mill, growers))
            self.past.add(10 - batch, partial(self._cook, batch))
        for grower in done[14:17]:
            self.past.add(8, partial(self._issue_roots, grower))

    def _mill(self, growers: list[Grower]) -> None:
        """Roots of three growers become starch: about a fifth of the weight; the rest is water and fibre."""
        taken = []
        for grower in growers:
            lot = lots.lot_card(lot_id=self._lot_of(grower))
            taken.append(TakenFrom(lot_id=lot.id, quantity=lot.available))
        starch = sum((each.quantity for each in taken), Decimal(0)) / 5
        made = Made(product_id=self.ids["starch"], quantity=starch.quantize(Decimal("0.1")), unit=Unit.KG)
        (lot_id,) = trace.process_lots(
            self.actor, kind=Kind.MILL, taken=taken, made=[made], done_date=clock.today(), lost=None
        )
        self.flour.append(lot_id)

    def _cook(self, batch: int) -> None:
        """Starch becomes noodles; the first batch is sold out, the second withdrawn, the others are on the market."""
        starch = lots.lot_card(lot_id=self.flour[batch])
        taken = TakenFrom(lot_id=starch.id, quantity=(starch.available * Decimal("0.8")).quantize(Decimal("0.1")))
        weight = (taken.quantity * Decimal("0.95")).quantize(Decimal("0.1"))
        made = Made(product_id=self.ids["noodles"], quantity=weight, unit=Unit.KG)
        (noodles,) = trace.process_lots(
            self.actor, kind=Kind.COOK, taken=[taken], made=[made], done_date=clock.today(), lost=None
        )
        trace.pack_lot(
            self.actor,
            lot_id=noodles,
            packed_date=clock.today(),
            pack_unit=Unit.BAG,
            content=Decimal("0.5"),
            content_unit=Unit.KG,
            count=int(made.quantity * 2),
        )
        trace.issue_lot(self.actor, lot_id=noodles)
        trace.print_labels(self.actor, lot_id=noodles, paper=Paper.A4_24, count=min(96, int(made.quantity * 2)))
        if batch == 0:
            trace.sell_out(self.actor, lot_id=noodles)
        elif batch == 1:
            trace.withdraw_lot(self.actor, lot_id=noodles, reason="Bao bì bị ẩm khi vận chuyển")

    def _issue_roots(self, grower: Grower) -> None:
        trace.issue_lot(self.actor, lot_id=self._lot_of(grower))

    def _lot_of(self, grower: Grower) -> UUID:
        lot_id = lots.lot_of_harvest(harvest_id=grower.harvests[0])
        if lot_id is None:
            raise LookupError("the harvest has made no lot")
        return lot_id
