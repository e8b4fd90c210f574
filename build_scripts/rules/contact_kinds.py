"""The contacts that there are: by what key they are known, when they are used, which hold in every area."""

from __future__ import annotations

__all__ = ["DAYS", "GENERIC", "NATIONAL_NUMBERS", "OF_EACH_AREA", "USES"]

GENERIC = {
    "police-emergency": "the police, in an emergency",
    "police": "the police",
    "mash": "your area’s MASH",
    "emergency-duty-team": "your area’s emergency duty team",
    "cse-team": "your area’s CSE team",
    "cse-coordinator": "your area’s CSE coordinator",
    "cse-officer": "your area’s CSE Officer",
    "central-referral-unit": "the Central Referral Unit",
    "adult-safeguarding": "your area’s adult safeguarding team",
    "council-switchboard": "your council’s switchboard",
    "childline": "Childline",
    "nspcc-helpline": "the NSPCC helpline",
}
"""What each contact is called on a page while no area is chosen; also the order in which they are shown."""

NATIONAL_NUMBERS = {"police-emergency": "999", "police": "101"}
"""The numbers without which nothing is built. They stand here as well, so that a slip in the data shows."""

OF_EACH_AREA = ("mash", "emergency-duty-team")
"""The contacts that every area's own file must answer for, with a number or without."""

USES = {"daytime": "In office hours", "out_of_hours": "Out of hours", "any": ""}
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
