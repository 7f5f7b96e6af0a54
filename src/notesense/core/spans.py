"""When two spans of a note are one statement, by the last section of the annotation guide."""


def same_span(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether (start, end) and (start, end) share half of the shorter one and a quarter of the longer one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter, longer = sorted((one[1] - one[0], other[1] - other[0]))
    return shared > 0 and 2 * shared >= shorter and 4 * shared >= longer
