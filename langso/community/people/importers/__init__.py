"""The importer of the register: one row a person."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy

from langso.community.people import queries, services
from langso.community.people.importers.judging import HouseholdsOfFile, Judging, Villages
from langso.community.people.importers.rows import read_row
from langso.community.people.services import NewPerson
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.imports.importer import Checked, Importer, ImportField, Kept, Row, register


@register
class RegisterImporter(Importer[NewPerson]):
    """Key: the personal number, or else household code, name and birth."""

    kind = "people.register"
    title = gettext_lazy("Residents and households")
    about = gettext_lazy(
        "One row is one person; people with the same household code live together. Who has the same personal number, "
        "or the same household, name and birth, is the same person and is not entered twice."
    )
    fields = (
        ImportField(
            "household_code",
            gettext_lazy("Household code"),
            required=True,
            aliases=("mã hộ", "số hộ", "mã hộ gia đình", "số sổ hộ khẩu", "stt hộ", "household"),
            example="H00012",
        ),
        ImportField(
            "village",
            gettext_lazy("Village"),
            aliases=("thôn", "bản", "ấp", "thôn bản", "thôn/bản", "tổ dân phố", "khu phố", "tên thôn", "tên bản"),
            help=gettext_lazy("Needed for a household that is not in the register yet."),
            example="Bản 1",
        ),
        ImportField("address", gettext_lazy("Address"), aliases=("địa chỉ", "số nhà", "nơi ở")),
        ImportField(
            "name",
            gettext_lazy("Full name"),
            required=True,
            aliases=("họ và tên", "họ tên", "tên"),
            example="Lò Văn An",
        ),
        ImportField(
            "relation",
            gettext_lazy("Relation to the head"),
            aliases=("quan hệ với chủ hộ", "quan hệ", "qh với chủ hộ", "relation"),
            help=gettext_lazy("The head is “head”. Without a head, the first person of a household becomes it."),
            example="chủ hộ",
        ),
        ImportField("sex", gettext_lazy("Sex"), aliases=("giới tính", "nam/nữ", "phái", "gender"), example="nam"),
        ImportField(
            "birth",
            gettext_lazy("Birth date or year"),
            aliases=(
                "ngày sinh",
                "năm sinh",
                "ngày tháng năm sinh",
                "ngày, tháng, năm sinh",
                "birth date",
                "birth year",
            ),
            example="31/01/1990",
        ),
        ImportField("ethnicity", gettext_lazy("Ethnicity"), aliases=("dân tộc",), example="Thái"),
        ImportField(
            "personal_number",
            gettext_lazy("Personal number"),
            aliases=("số định danh", "số định danh cá nhân", "cccd", "số cccd", "căn cước", "số căn cước", "cmnd/cccd"),
        ),
        ImportField("phone", gettext_lazy("Phone"), aliases=("điện thoại", "số điện thoại", "sđt", "di động")),
        ImportField("disability", gettext_lazy("Disability"), aliases=("khuyết tật", "dạng khuyết tật")),
        ImportField(
            "household_class",
            gettext_lazy("Household counts as"),
            aliases=("diện hộ", "loại hộ", "phân loại hộ", "hộ nghèo"),
            help=gettext_lazy("For households that are not in the register yet."),
        ),
        ImportField("since", gettext_lazy("Lives there since"), aliases=("từ ngày", "ngày đến", "ngày chuyển đến")),
    )

    def __init__(self) -> None:
        self.households = HouseholdsOfFile()

    def for_one_pass(self) -> "RegisterImporter":
        """A household's rows may stand in two batches."""
        return RegisterImporter()

    def check(self, actor: Actor, *, rows: Sequence[Row]) -> list[Checked[NewPerson]]:
        today = clock.today()
        read = [read_row(row, today=today) for row in rows]
        known = queries.known_register(
            actor,
            codes={each.code for each in read},
            numbers={each.details.personal_number for each in read if each.details.personal_number},
        )
        judging = Judging(known, Villages.of(actor), self.households)
        judging.note_heads(read)
        return [judging.judge(each) for each in read]

    def save(self, actor: Actor, *, rows: Sequence[Checked[NewPerson]]) -> list[UUID]:
        return services.register_many(actor, people=[checked.value for checked in rows if checked.value])

    def undo(self, actor: Actor, *, object_ids: Sequence[UUID]) -> list[Kept]:
        staying = services.withdraw_many(actor, person_ids=object_ids)
        return [Kept(each.person_id, each.reason) for each in staying]

    def export(self, actor: Actor) -> Iterable[Mapping[str, str]]:
        """Everybody who lives here; every line of the file is a line in the log of who looked."""
        people = queries.register_rows(actor)
        services.log_whole_export(actor, person_ids=[person_id for person_id, _row in people])
        return [row for _person_id, row in people]
