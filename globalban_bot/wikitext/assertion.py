"""Whether an expression of a side is taken by the writer, wished for, or spoken of.

Asked of the words before and behind it, in plain text.
"""

from __future__ import annotations

import re

_FIRST_PERSON = re.compile(r"\bI(?:\s+\w+ly|\s+also|\s+do|\s+am|\s+hereby|\s+still|['’]m|['’]d)*\s*\Z")
_SENTENCE_END = re.compile(r'(?:^|[.!?:;,–—-])\s*\Z')
_SENTENCE_STOP = re.compile(r'\s*(?:[.!;,]|\Z|-{1,2}|[–—]|\[\[)')
#: Behind an expression that ends a comment there is only its signature.
_COMMENT_END = re.compile(r'\s*[.!]?\s*(?:-{2,}|[–—~]|\Z)')
#: Words which tell that an expression is spoken of, not taken.
_OF_ANOTHER = re.compile(
    r'\b(?:this|that|the|an?|your|his|her|their|its|to|of|or|not|no)\s*\Z', re.IGNORECASE
)
_FROM, _TO = re.compile(r'\bfrom\s*\Z', re.IGNORECASE), re.compile(r'\bto\s*\Z', re.IGNORECASE)
_LATER = re.compile(r'\b(?:will|would|could|might|may|if|unless|when|once|had)\b', re.IGNORECASE)
_NEGATED = re.compile(r"(?:\b(?:not|never|cannot)|n['’]t)\s*(?:\w+\s*)?\Z", re.IGNORECASE)
_ELSE = re.compile(r'\b(?:else|otherwise)\b', re.IGNORECASE)
_OBJECT = re.compile(r'\s+(?:to\s+|of\s+)?(?:the|this|that|these|those)\s+(\w+)(?:\s+(\w+))?', re.IGNORECASE)
#: Objects that are the question itself, not a part of it.
_WHOLE = frozenset(
    'ban bans global request proposal rfc nomination motion change idea above whole block lock user'.split()
)


def stands_alone(before: str, behind: str, *, bare: bool = True) -> bool:
    """Tell whether an expression is asserted: after "I", or as a sentence of its own.

    :param bare: it may also be the last word of the comment, as a template may
    """
    if _FIRST_PERSON.search(before):
        return True
    if _SENTENCE_END.search(before):
        return bool(_SENTENCE_STOP.match(behind))
    return bare and bool(_COMMENT_END.match(behind)) and not _OF_ANOTHER.search(before)


def is_tentative(before: str, behind: str) -> bool:
    """Tell whether an expression is a wish or negated: "I will {{support}} if", "I don't {{support}}"."""
    near = ' '.join(before.split()[-6:])
    if _ELSE.search(near):
        return False
    return bool(_LATER.search(near) or _NEGATED.search(near) or _LATER.search(' '.join(behind.split()[:4])))


def names_a_part(behind: str) -> bool:
    """Tell whether the text goes on with an object that is not the question: "the card"."""
    named = _OBJECT.match(behind)
    return named is not None and _WHOLE.isdisjoint(word.lower() for word in named.groups() if word)


def is_change(before: str, between: str) -> bool:
    """Tell whether two expressions are one change: ``changing from {{O}} to {{S}}``."""
    return bool(_FROM.search(before)) and bool(_TO.search(between))
