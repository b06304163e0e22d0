"""What the search in the browser reads: the columns of all open jobs, and the words of their descriptions.

`templates/site/static/find-index.js` is the other half; docs/search.md has the format.
"""
