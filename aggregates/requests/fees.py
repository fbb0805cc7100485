"""Information handling fees (信息处理费), exactly, in whole yuan (国办函〔2020〕109号).

There is no fee in general.  Where number or frequency is plainly excessive the organ may charge by one
of two progressive scales, never by both.  From the 31st request on, every further ten are a step, and
each step costs 100 yuan a request more: the plain reading of “每增加一档，收费标准提高100元/件”.
"""

from aggregates.requests.words_lists import FeeScale

FREE_REQUESTS, FIRST_STEP_ENDS, STEP, STEP_PRICE = 10, 30, 10, 100
_PAGE_PRICES = ((30, 0), (100, 10), (200, 20))
"""Up to so many pages, so many yuan a page."""
_FURTHER_PAGES = 40


def request_price(number: int) -> int:
    """The price of one applicant's ``number``-th request of a calendar month, in yuan."""
    if number <= FREE_REQUESTS:
        return 0
    if number <= FIRST_STEP_ENDS:
        return STEP_PRICE
    steps = (number - FIRST_STEP_ENDS - 1) // STEP
    return STEP_PRICE * (2 + steps)


def requests_price(count: int) -> int:
    """The price of one applicant's first ``count`` requests of a calendar month together, in yuan."""
    return sum(request_price(number) for number in range(1, count + 1))


def pages_price(pages: int) -> int:
    """The price of ``pages`` pages provided on one request, in yuan."""
    price, charged = 0, 0
    for until, each in _PAGE_PRICES:
        step = max(0, min(pages, until) - charged)
        price, charged = price + step * each, charged + step
    return price + (pages - charged) * _FURTHER_PAGES


def fee(scale: str, quantity: int) -> int:
    """The fee of one request by one scale: ``quantity`` is its number in the month, or its pages."""
    return request_price(quantity) if scale == FeeScale.PER_REQUEST else pages_price(quantity)
