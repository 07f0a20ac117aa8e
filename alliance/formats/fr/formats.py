"""Dates as the portal's pages write them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y \\à H\u00a0\\h\u00a0i"
TIME_FORMAT = "H\u00a0\\h\u00a0i"
