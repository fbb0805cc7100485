"""Who owes what by when (责任跟踪): every duty that arises from the record, judged at the moment it is read.

``PROJECTION`` keeps what the events say of each duty; ``asking`` lists and explains them; ``gaps`` says
what nobody has seen to.
"""

from projections.obligations.folding import PROJECTION

__all__ = ["PROJECTION"]
