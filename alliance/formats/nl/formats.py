"""Dates as the portal's pages write them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y \\o\\m H.i \\u\\u\\r"
TIME_FORMAT = "H.i"
