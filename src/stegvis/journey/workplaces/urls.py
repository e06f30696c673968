from __future__ import annotations

from django.urls import path

from stegvis.journey.workplaces.pages import ideas, offers, register, symbols, tasks

urlpatterns = [
    path("workplaces/", register.register, name="workplaces"),
    path("workplaces/starters/", register.work_starters, name="work_starters"),
    path("workplaces/new/", register.new_workplace, name="new_workplace"),
    path("workplaces/<uuid:workplace>/", register.workplace, name="workplace"),
    path("workplaces/<uuid:workplace>/change/", register.change_workplace, name="change_workplace"),
    path("workplaces/<uuid:workplace>/areas/new/", register.new_area, name="new_area"),
    path("areas/<uuid:area>/", register.area_manual, name="area_manual"),
    path("areas/<uuid:area>/change/", register.change_area, name="change_area"),
    path("areas/<uuid:area>/describe/", register.describe_area, name="describe_area"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.new_task, name="new_task"),
    path("tasks/<uuid:task>/", tasks.task, name="task"),
    path("tasks/<uuid:task>/change/", tasks.change_task, name="change_task"),
    path("tasks/<uuid:task>/describe/", tasks.describe_task, name="describe_task"),
    path("tasks/<uuid:task>/analysis/", tasks.analyse, name="analyse_task"),
    path(
        "tasks/<uuid:task>/analysis/<uuid:analysis>/review/", tasks.review, name="review_analysis"
    ),
    path("symbols/", symbols.symbols, name="symbols"),
    path("symbols/<uuid:symbol>/", symbols.symbol, name="symbol"),
    path("services/", offers.services, name="services"),
    path("services/new/", offers.new_service, name="new_service"),
    path("services/<uuid:service>/", offers.change_service, name="service"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("people/<uuid:person>/ideas/<uuid:idea>/", ideas.idea, name="idea"),
]
