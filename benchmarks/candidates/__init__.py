"""Each module does the same work in its own way: ``workloads(url)`` returns a function of an amount for every workload.

They run in environments of their own, so they import neither each other nor anything of this project.
"""
