"""The log in the forms of others: object-centric event logs (OCEL), traces by case (XES), provenance (W3C PROV).

None of them carries a person's name, a free text or the bytes of a content: persons are officer codes, contents
are hashes, and of an event's own members only those with a code, a day or an instant go out (``relations``).
Titles of items do, also of those that are not published: the forms are for the operator's hands.
"""
