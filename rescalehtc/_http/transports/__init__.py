"""Sends requests through an HTTP library. Nothing outside this room knows which one.

A session's own transports skip the client of that library: they hand a request with ready headers straight to a
connection, which cuts the cost of a call to a third. What the client would have done is stated here instead:
redirects are not followed, cookies not kept, certificates checked, proxies taken from the environment. A client that
the caller supplies is used through its public methods, as it was configured.
"""
