"""Search: the index by which readers' browsers find a section, and the synonyms that editors give it.

Nothing is looked up here. The index holds every word with where it stands and how much it counts there, what
belongs together (stems, numerals, synonyms) and what of a language a browser must know to read a question;
`docs/javascripts/find.js` does the rest.
"""
