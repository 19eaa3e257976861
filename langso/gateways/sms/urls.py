from django.urls import path

from langso.gateways.sms import views

app_name = "sms"
urlpatterns = [path("", views.demo, name="demo")]
