"""What the four tables of the diary hold: the sentences of one entry, without who wrote them and when.

The tables and their columns follow the VietGAP farm diary: hazard assessment, inputs, field log, harvest and sale.
Codes are those of the choices in `models`. Quantities are `Decimal`, dates are Vietnamese calendar dates.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardContent:
    """Table 1. `subject`: SOIL, IRRIGATION_WATER, WASH_WATER, PRODUCT; `finding`: SAFE, RISK; `measure`: what is done.

    `file` is the SHA-256 of a kept file, such as a laboratory's paper.
    """

    on_date: date
    subject: str
    finding: str
    finding_text: str = ""
    assessed_by: str = ""
    measure: str = ""
    file: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputContent:
    """Table 2. `kind`: PESTICIDE, FERTILISER, COMPOST, SEED, FEED, TREATMENT, OTHER.

    `quantity` in `unit`: KG, G, LITRE, ML, BAG, BOTTLE, PIECE. `listed_code` names the product in the input
    list. `treatment`: how own compost was treated.
    """

    on_date: date
    name: str
    kind: str
    unit: str
    quantity: Decimal
    listed_code: str = ""
    active_ingredient: str = ""
    seller: str = ""
    expiry_date: date | None = None
    pre_harvest_days: int | None = None
    treatment: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkContent:
    """Table 3. `amount` is the one number of the entry, in `unit`: the product used, or hours, kg, cm, of 100 plants.

    `input_id` is the diary entry of the bought input; its name, list code and interval are copied here as they were
    known when the work was written down. `area_m2` is None for the whole plot.
    """

    on_date: date
    activity: str
    amount: Decimal
    unit: str
    input_id: UUID | None = None
    input_name: str = ""
    input_kind: str = ""
    listed_code: str = ""
    pre_harvest_days: int | None = None
    concentration: str = ""
    area_m2: Decimal | None = None
    labour_hours: Decimal | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestContent:
    """Table 4. Quantity in kg; `handling_place`: where it was washed, sorted or dried; `buyer` may name a person."""

    on_date: date
    quantity_kg: Decimal
    handling_place: str = ""
    buyer: str = ""
    remark: str = ""


Content = HazardContent | InputContent | WorkContent | HarvestContent
