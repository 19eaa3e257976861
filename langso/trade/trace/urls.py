from django.urls import path

from langso.trade.trace.views import copies, desk, labels, making, public, suspicions

app_name = "trace"

LOT = "trace/lots/<uuid:lot_id>/"

urlpatterns = [
    path("lot/", public.lookup, name="lookup"),
    path("lot/<str:code>", public.lot, name="lot"),
    path("lot/<str:code>/", public.lot, name="lot-slash"),
    path("lot/<str:code>/record/", public.record, name="record"),
    path("trace/lots/", desk.lots, name="lots"),
    path("trace/lots/new/", desk.new, name="new"),
    path(LOT, desk.keep, name="keep"),
    path(f"{LOT}product/", desk.product, name="product"),
    path(f"{LOT}issue/", desk.issue, name="issue"),
    path(f"{LOT}packing/", desk.packing, name="packing"),
    path(f"{LOT}parts/", making.split, name="split"),
    path(f"{LOT}merging/", making.merge, name="merge"),
    path(f"{LOT}processing/", making.process, name="process"),
    path(f"{LOT}labels/", labels.labels, name="labels"),
    path(f"{LOT}hold/", desk.hold, name="hold"),
    path(f"{LOT}holds/<uuid:hold_id>/release/", desk.release, name="release"),
    path(f"{LOT}withdrawal/", desk.withdrawal, name="withdrawal"),
    path(f"{LOT}sale-end/", desk.sale_end, name="sale-end"),
    path("trace/copies/", copies.copies, name="copies"),
    path("trace/copies/<uuid:lot_id>/", copies.copy, name="copy"),
    path("trace/suspicions/", suspicions.suspicions, name="suspicions"),
    path("trace/suspicions/new/", public.report, name="report"),
    path("trace/suspicions/<uuid:suspicion_id>/", suspicions.suspicion, name="suspicion"),
]
