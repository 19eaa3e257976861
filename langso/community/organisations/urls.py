from django.urls import path

from langso.community.organisations.views import members, register

app_name = "organisations"

urlpatterns = [
    path("", register.organisations, name="list"),
    path("new/", register.new, name="new"),
    path("mine/", members.mine, name="mine"),
    path("members/<uuid:member_id>/", members.member, name="member"),
    path("<uuid:organisation_id>/", register.organisation, name="organisation"),
    path("<uuid:organisation_id>/revision/", register.revision, name="revision"),
    path("<uuid:organisation_id>/closure/", register.closure, name="closure"),
    path("<uuid:organisation_id>/members/", members.new, name="member-new"),
    path("<uuid:organisation_id>/business-account/", members.business_account, name="business-account"),
]
