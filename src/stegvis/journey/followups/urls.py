from django.urls import path

from stegvis.journey.followups.pages import after, jobs, reviews, talks, unit, week

urlpatterns = [
    path("people/<uuid:person>/talks/", talks.talks, name="talks"),
    path("people/<uuid:person>/note/", talks.note, name="note"),
    path("people/<uuid:person>/notes/<uuid:note>/", talks.correcting_note, name="correct_note"),
    path("people/<uuid:person>/contact/", talks.contact, name="contact"),
    path("people/<uuid:person>/week/", week.week, name="week"),
    path("people/<uuid:person>/review/", reviews.review, name="review"),
    path("people/<uuid:person>/reviews/", reviews.reviews, name="reviews"),
    path("people/<uuid:person>/jobs/", jobs.job_seeking, name="job_seeking"),
    path("people/<uuid:person>/after/", after.outcome, name="outcome"),
    path("after-exit/", after.after_exit, name="after_exit"),
    path("follow-ups/", unit.unit_follow_ups, name="unit_follow_ups"),
]
