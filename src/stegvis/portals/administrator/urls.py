from django.urls import path

from stegvis.portals.administrator import closed, participant, staff, units, versions, words

urlpatterns = [
    path("", versions.administration, name="administration"),
    path("programmes/upload/", versions.upload, name="programme_upload"),
    path("programmes/publish/", versions.publish, name="programme_publish"),
    path("programmes/<uuid:version>/", versions.change, name="programme_change"),
    path("units/", units.units, name="units"),
    path("units/new/", units.new_unit, name="unit_new"),
    path("units/<uuid:unit>/", units.unit, name="unit"),
    path("units/<uuid:unit>/close/", units.close_unit, name="unit_close"),
    path("closed-days/", closed.closed_days, name="closed_days"),
    path("closed-days/<uuid:closed>/open/", closed.open_again, name="open_again"),
    path("participant-word/", participant.participant_word, name="participant_word"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.invite, name="staff_invite"),
    path("staff/<uuid:member>/", staff.member, name="staff_member"),
    path("staff/<uuid:member>/invitation/", staff.invitation, name="staff_invitation"),
    path("staff/<uuid:member>/roles/", staff.give_role, name="staff_give_role"),
    path("staff/<uuid:member>/roles/<uuid:grant>/", staff.end_role, name="staff_end_role"),
    path("staff/<uuid:member>/leave/", staff.leave, name="staff_leave"),
    path("staff/<uuid:member>/return/", staff.bring_back, name="staff_return"),
]
for kind, what in words.KINDS.items():
    told = {"kind": kind}
    urlpatterns += [
        path(f"{kind}/", words.words, told, name=kind),
        path(f"{kind}/new/", words.new_word, told, name=f"{what.event}_new"),
        path(f"{kind}/<uuid:row>/", words.word, told, name=what.event),
    ]
