from django.urls import path

from stegvis.journey.plans.pages import (
    agreeing,
    answers,
    beside,
    following,
    lists,
    paper,
    reading,
    writing,
)

PLAN = "people/<uuid:person>/plan/"
urlpatterns = [
    path("plans/", lists.plans, name="plans"),
    path(PLAN, reading.plan, name="plan"),
    path(f"{PLAN}<int:number>/", reading.version, name="plan_version"),
    path(f"{PLAN}<int:number>/paper/", paper.paper, name="plan_paper"),
    path(f"{PLAN}<int:number>/pdf/", paper.pdf_of_version, name="plan_pdf"),
    path(f"{PLAN}compare/", reading.compare, name="plan_compare"),
    path(f"{PLAN}edit/", writing.edit, name="plan_edit"),
    path(f"{PLAN}agree/", agreeing.agree, name="plan_agree"),
    path(f"{PLAN}words/", agreeing.words, name="plan_words"),
    path(f"{PLAN}words/<uuid:saying>/answer/", agreeing.answer, name="plan_answer"),
    path(f"{PLAN}goals/", following.goals, name="plan_goals"),
    path(f"{PLAN}answers/", answers.answers, name="plan_answers"),
    path(f"{PLAN}measures/", beside.measures, name="plan_measures"),
    path(f"{PLAN}measures/<uuid:measure>/", beside.measure, name="plan_measure"),
    path(f"{PLAN}support/", beside.support, name="plan_support"),
    path(f"{PLAN}choices/", beside.choices, name="plan_choices"),
]
