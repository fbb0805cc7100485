"""The evidence package (证据包): chosen entries that prove themselves to an investigator, in one zip.

It holds the entries' exact bytes, their proofs under one signed checkpoint, what they cite, a page that
checks itself in any browser, the same in print, and a program of under three hundred lines that checks
it all without any of our code.
"""
