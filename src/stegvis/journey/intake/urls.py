from django.urls import path

from stegvis.journey.intake import pages

urlpatterns = [
    path("referrals/", pages.referrals, name="referrals"),
    path("referrals/new/", pages.new_referral, name="new_referral"),
    path("people/<uuid:person>/referrals/<uuid:referral>/", pages.referral, name="referral"),
]
