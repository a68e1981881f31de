"""The newest official exports, from the API of data.gouv.fr to a folder.

listing.py    asks the API which exports there are, and chooses the newest of each register
download.py   gets one file whole: resumes, verifies, renames
part.py       what is there of a file that is not whole yet
transport.py  HTTP: who we are, which failures are tried again, and when
newest.py     all of this in order
"""
