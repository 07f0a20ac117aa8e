"""Dates as the portal's pages write them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y \\a\\t H:i"
TIME_FORMAT = "H:i"
