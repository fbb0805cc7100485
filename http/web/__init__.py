"""The public door: API and pages.  Translates in, asks, translates out; no rule of the programme lives here."""
