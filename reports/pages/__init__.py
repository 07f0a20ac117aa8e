"""What each page shows, as values computed from rows and rules. No request, no form, no HTML (tests/test_house.py).

A page is a frozen dataclass whose fields are the names that its template uses; a view adds the forms and renders it.
"""
