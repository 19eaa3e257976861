from django.urls import path

from langso.trade.products.views import desk, public, standards

app_name = "products"

urlpatterns = [
    path("", public.products, name="list"),
    path("desk/", desk.products, name="desk"),
    path("certificates/", desk.certificates, name="certificates"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", standards.publication, name="standard-new"),
    path("standards/<uuid:standard_id>/", standards.standard, name="standard"),
    path("standards/<uuid:standard_id>/receipts/", standards.standard_receipts, name="standard-receipts"),
    path("standards/<uuid:standard_id>/withdrawal/", standards.withdrawal, name="standard-withdrawal"),
    path("new/", desk.new, name="new"),
    path("names/<uuid:household_id>/", desk.name_consent, name="name-consent"),
    path("<uuid:product_id>/", public.product, name="product"),
    path("<uuid:product_id>/desk/", desk.keep, name="keep"),
    path("<uuid:product_id>/description/", desk.change, name="change"),
    path("<uuid:product_id>/publication/", desk.publication, name="publication"),
    path("<uuid:product_id>/withdrawal/", desk.withdrawal, name="withdrawal"),
    path("<uuid:product_id>/pictures/", desk.pictures, name="pictures"),
    path("<uuid:product_id>/pictures/<str:sha256>/removal/", desk.picture_removal, name="picture-removal"),
    path("<uuid:product_id>/certificates/new/", desk.record, name="certificate-new"),
    path("<uuid:product_id>/certificates/<uuid:certificate_id>/revocation/", desk.revocation, name="revocation"),
    path("<uuid:product_id>/certificates/<uuid:certificate_id>/document/", desk.document, name="document"),
]
