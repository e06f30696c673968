"""Companies, what they offer, who is trained there, what was said, and what is shared."""

from stegvis.journey.employers.models.register import (
    ASPECTS,
    CODE,
    LINE,
    NAME,
    Access,
    AmbassadorModule,
    Company,
    Completed,
    ContactPerson,
    Employee,
    Opening,
    OpeningRequirement,
    Site,
)
from stegvis.journey.employers.models.sharing import PlaceRequest, SharedOpening, SharingPact
from stegvis.journey.employers.models.talking import (
    AmbassadorAsked,
    Dialogue,
    Headcount,
    KnockRule,
    PartnershipSigned,
    PartnershipVersion,
    PostalArea,
    SitePause,
)

__all__ = [
    "ASPECTS", "CODE", "LINE", "NAME", "Access", "AmbassadorAsked", "AmbassadorModule", "Company",
    "Completed", "ContactPerson", "Dialogue", "Employee", "Headcount", "KnockRule", "Opening",
    "OpeningRequirement", "PartnershipSigned", "PartnershipVersion", "PlaceRequest", "PostalArea",
    "SharedOpening", "SharingPact", "Site", "SitePause",
]  # fmt: skip
