"""A translation beside its original: as units, each of which says what it was made from (ADR 33).

`units` has the values, and `stored` makes them of a translation that has none; `matching` finds their sources in the
original as it is now, and `rows` makes of that what a page shows, the text, and the counts. `saving` changes one row,
`whole` the text. `checks` and `memory` help the person who translates; `exchange` is what goes out to a translation
service and comes home.
"""
