"""The index by which readers' browsers search the policy: a pure function of the snapshot.

Nothing is looked up here. The index holds every word with where it stands and how much it counts there, what
belongs together (stems, numerals, synonyms) and what of a language a browser must know to read a question;
`docs/javascripts/search.js` does the rest.
"""

from livingpolicy.search.index import Entry, Index, index
from livingpolicy.search.written import index_file

__all__ = ["Entry", "Index", "index", "index_file"]
