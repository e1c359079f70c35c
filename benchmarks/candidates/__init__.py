"""Each module does the same work in its own way: ``workloads(url)`` gives a function of an amount for every work.

They run in environments of their own, so they import nothing of each other and nothing of this project.
"""
