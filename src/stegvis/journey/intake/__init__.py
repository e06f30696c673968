"""Referral in, enrolment, and who works with the person (remiss / henvisning)."""
