"""The published board: what readers see of the jobs (`view`, `site`), its pages and feeds (`writers`), its README.

Nothing here fetches, and nothing but `artifact` writes below output/.
"""
