"""globalban_bot: facts about Meta-Wiki's community global ban requests.

It counts; it never concludes.
"""

__version__ = '0.1.0'
