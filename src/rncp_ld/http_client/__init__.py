"""What `push` and `fetch` ask other servers with.

address.py   reads the addresses that a user names, for `serve` too, and shows them without their secrets
client.py    sends requests: who we are, proxies and certificates of the environment
deadline.py  ends an exchange that would take too long, however often a byte comes
"""
