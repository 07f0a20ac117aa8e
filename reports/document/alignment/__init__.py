"""Which piece of one text became which piece of another.

`blocks` pairs paragraphs and list items, edited ones by their similarity; `sequences` pairs equal pieces, for example
the words of two paragraphs; `contributions` pairs the contributions of two versions of a section. `similarity` has the
measures, and `regions` the search that keeps the cost of all of them bounded.
"""
